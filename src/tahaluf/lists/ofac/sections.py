"""The sections of OFAC's advanced XML that parties refer to: locations, documents, relationships, sanctions entries,
dates."""

from dataclasses import dataclass

from tahaluf.domain import Address, DateSpan, Designation, Document, PartialDate
from tahaluf.lists.fields import find_country, is_given, join_parts
from tahaluf.lists.leaves import Element
from tahaluf.lists.ofac.common import AUTHORITY
from tahaluf.lists.ofac.reference import Reference, child, children, text_at
from tahaluf.lists.ofac.remarks import document_type
from tahaluf.lists.reading import Ledger


def read_location(element: Element, reference: Reference) -> Address:
    """A location's parts in their order, and the country that it lies in."""
    parts: dict[str, list[str]] = {}
    for part in children(element, "LocationPart"):
        kind = reference.label("LocPartType", part.get("LocPartTypeID"))
        values = [text_at(value, "Value") for value in children(part, "LocationPartValue")]
        parts.setdefault(kind, []).extend(value for value in values if value)
    countries = [reference.label("Country", item.get("CountryID")) for item in children(element, "LocationCountry")]
    countries += [
        reference.attribute("AreaCode", item.get("AreaCodeID"), "Description")
        for item in children(element, "LocationAreaCode")
    ]
    country = next((text for text in countries if is_given(text)), "")
    street = join_parts(*(value for kind in ("ADDRESS1", "ADDRESS2", "ADDRESS3") for value in parts.pop(kind, [])))
    city, region = join_parts(*parts.pop("CITY", [])), join_parts(*parts.pop("STATE/PROVINCE", []))
    postal = join_parts(*parts.pop("POSTAL CODE", []))
    others = join_parts(*(value for values in parts.values() for value in values))
    text = join_parts(street, city, region, postal, others, country) or next(filter(None, countries), "undetermined")
    return Address(
        text, street or None, city or None, region or None, postal or None, find_country(country), others or None
    )


def read_document(element: Element, reference: Reference, addresses: dict[str, Address]) -> Document:
    """A document; its validity and authority are kept as its note."""
    dates: dict[str, PartialDate | None] = {}
    for item in children(element, "DocumentDate"):
        label = reference.label("IDRegDocDateType", item.get("IDRegDocDateTypeID"))
        span = next((read_period(period) for period in children(item, "DatePeriod")), None)
        dates[label] = span.start if span else None
    country_text = reference.label("Country", element.get("IssuedBy-CountryID"))
    place = addresses.get(element.get("IssuedIn-LocationID", ""))
    validity = reference.label("Validity", element.get("ValidityID"))
    note = join_parts(
        text_at(element, "IssuingAuthority"), validity if validity not in ("Valid", "") else "", text_at(element,
        "Comment"),
        f"issued in {place.text}" if place and place.text != country_text else "",
        country_text if country_text and find_country(country_text) is None else "",
    )  # fmt: skip
    return Document(
        number=text_at(element, "IDRegistrationNo"),
        type=document_type(reference.label("IDRegDocType", element.get("IDRegDocTypeID"))),
        country=find_country(country_text), issued_on=dates.get("Issue Date"), expires_on=dates.get("Expiration Date"),
        note=note or None,
    )  # fmt: skip


def read_point(element: Element | None) -> tuple[int, int, int] | None:
    if element is None:
        return None
    try:
        return int(text_at(element, "Year")), int(text_at(element, "Month") or 1), int(text_at(element, "Day") or 1)
    except ValueError:
        return None


def read_date(element: Element | None) -> PartialDate | None:
    point = read_point(element)
    try:
        return PartialDate(*point) if point else None
    except ValueError:
        return None


def read_period(element: Element) -> DateSpan | None:
    """A period as published: a day, a month or year (first to last day), or a span."""
    ends = []
    circa = False
    for name, inner in (("Start", "From"), ("End", "To")):
        bound = child(element, name)
        if bound is not None:
            circa = circa or bound.get("Approximate") == "true"
            ends.append(read_point(child(bound, inner)))
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        single = next((end for end in ends if end), None)
        return make_span(single, single, circa) if single else None
    return make_span(ends[0], ends[1], circa)


def make_span(start: tuple[int, int, int], end: tuple[int, int, int], circa: bool) -> DateSpan | None:
    """The shortest way to say from `start` to `end`: whole years and months are said as such."""
    try:
        if start == end:
            return DateSpan(PartialDate(*start, circa))
        whole_years = start[1:] == (1, 1) and end[1:] == (12, 31)
        if whole_years and start[0] == end[0]:
            return DateSpan(PartialDate(start[0], circa=circa))
        if whole_years:
            return DateSpan(PartialDate(start[0], circa=circa), PartialDate(end[0], circa=circa))
        if start[:2] == end[:2] and start[2] == 1 and end[2] >= 28:
            return DateSpan(PartialDate(start[0], start[1], circa=circa))
        return DateSpan(PartialDate(*start, circa), PartialDate(*end, circa))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class SanctionsEntry:
    """What one entry of the sanctions section says of a profile."""

    profile: str
    list_name: str
    designations: tuple[Designation, ...]
    measures: tuple[str, ...]


def read_sanctions_entry(element: Element, reference: Reference) -> SanctionsEntry:
    """Programs (the comments of its measures) with the legal bases and dates of its events."""
    programs, measures = [], []
    for measure in children(element, "SanctionsMeasure"):
        kind = reference.label("SanctionsType", measure.get("SanctionsTypeID"))
        comment = text_at(measure, "Comment")
        if kind == "Program" and comment:
            programs.append(comment)
        else:
            measures.append(join_parts(kind, comment))
    events = [read_event(event, reference) for event in children(element, "EntryEvent")]
    basis = "; ".join(dict.fromkeys(name for name, _ in events if name)) or None
    dates = sorted(date for _, date in events if date)
    list_name = reference.label("List", element.get("ListID"))
    designations = tuple(
        Designation(AUTHORITY, regime=program, basis=basis, listed_on=dates[0] if dates else None)
        for program in dict.fromkeys(programs or [list_name])
    )
    return SanctionsEntry(element.get("ProfileID", ""), list_name, designations, tuple(dict.fromkeys(measures)))


def read_event(element: Element, reference: Reference) -> tuple[str, PartialDate | None]:
    basis = reference.label("LegalBasis", element.get("LegalBasisID"))
    date = next((read_date(item) for item in children(element, "Date")), None)
    return ("" if basis == "Unknown" else basis), date


def check_ids(element: Element, ledger: Ledger, line: int, *names: str) -> bool:
    """Whether an element has the ids that it is found by; reported where it has not."""
    if all(element.get(name) for name in names):
        return True
    ledger.report("lists.entry.skipped", ", ".join(names), "nothing", line=line)
    return False
