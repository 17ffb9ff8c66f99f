"""The composite elements of a Security Council entry: addresses, birth dates and places, documents."""

import re
from dataclasses import dataclass, field

from hijridate import Hijri

from tahaluf.domain import Address, Alias, DateSpan, Document, PartialDate, Place
from tahaluf.lists.dates import MONTHS, parse_date, parse_span
from tahaluf.lists.fields import EXPIRES, clean, find_country, is_given, join_parts
from tahaluf.lists.leaves import Element, local_name, read_fields
from tahaluf.lists.reading import Ledger

HIJRI = re.compile(r"(\d{1,2})/(\d{1,2})/(1[34]\d\d)\s*\(Hijri.*\)")
NUMBER = re.compile(
    r"(?:\bno\b\.?|\bnumber\b|:|\bn°|\bSSN\b|\bpassport\b|\bcard\b)[\s:]*([A-Z]{0,4}[\s-]?[A-Z0-9/.-]*\d[A-Z0-9/.-]*)",
    re.IGNORECASE,
)
PLAIN_NUMBER = re.compile(r"[\w./-]+(?: [\w./-]+)?")
KNOWN_KINDS = re.compile(
    r"|passport|num[eé]ro de passeport|n[uú]mero de pasaporte|national identification number", re.I
)
LEADING_NUMBER = re.compile(r"[A-Z]{0,4}\d[\dA-Z/.-]{3,}\b")
APPROXIMATE = re.compile(r"approx(?:\.|imately|imate)?\.?", re.IGNORECASE)
PASSPORT = re.compile(r"pass?e?por|pasaporte|laissez", re.IGNORECASE)


@dataclass
class Entry:
    """What was read so far of one entry."""

    ledger: Ledger
    line: int
    item: str | None = None
    single: dict[str, str] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    birth_dates: list[DateSpan] = field(default_factory=list)
    birth_places: list[Place] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)

    def values(self, tag: str) -> list[str]:
        return [text for name, text in self.texts if name == tag and is_given(text)]

    def report(self, code: str, expected: str, found: str, name: str) -> None:
        item = self.item or self.single.get("REFERENCE_NUMBER") or self.single.get("DATAID")
        self.ledger.report(code, expected, found, line=self.line, item=item, field=name)

    def keep(self, label: str, text: str) -> None:
        """Keeps words that have no field, and says so where they should have had one."""
        self.extra.append((label, text))
        if is_given(text):
            self.report("lists.field.unread", "a known value", text, label)

    def date(self, tag: str) -> PartialDate | None:
        text = self.single.get(tag, "")
        date = parse_date(text)
        if date is None and text:
            self.keep(tag, text)
        return date

    def country(self, label: str, text: str) -> str | None:
        code = find_country(text)
        if code is None and is_given(text):
            self.keep(label, text)
        return code

    def read_alias_birth(self, fields: dict[str, str]) -> None:
        """Birth dates and places that stand within an alias."""
        text = fields.get("DATE_OF_BIRTH", "")
        span = parse_span(text)
        if span:
            self.birth_dates.append(span)
        elif text:
            self.keep("ALIAS DATE_OF_BIRTH", text)
        city, country = fields.get("CITY_OF_BIRTH", ""), fields.get("COUNTRY_OF_BIRTH", "")
        if city or country:
            code = self.country("ALIAS COUNTRY_OF_BIRTH", country)
            self.birth_places.append(Place(join_parts(city, country), code))


def read_address(entry: Entry, element: Element) -> None:
    known = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
    fields = read_fields(element, known, entry.extra, local_name(element))
    if not fields:
        return
    country, note = fields.get("COUNTRY", ""), fields.get("NOTE", "")
    text = join_parts(*(fields.get(name, "") for name in known[:-1]))
    entry.addresses.append(Address(
        text=text or note, street=fields.get("STREET"), city=fields.get("CITY"), region=fields.get("STATE_PROVINCE"),
        postal_code=fields.get("ZIP_CODE"), country=entry.country("ADDRESS COUNTRY", country), note=note or None,
    ))  # fmt: skip


def read_birth_place(entry: Entry, element: Element) -> None:
    known = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE")
    fields = read_fields(element, known, entry.extra, local_name(element))
    if not fields:
        return
    country, note = fields.get("COUNTRY", ""), fields.get("NOTE", "")
    place = join_parts(*(fields.get(name, "") for name in known[:-1])) or note
    entry.birth_places.append(Place(place, entry.country("BIRTH COUNTRY", country)))
    if note and note != place:
        entry.extra.append(("BIRTH PLACE NOTE", f"{place}: {note}"))


def read_birth_date(entry: Entry, element: Element) -> None:
    """A day, a year, a span of years, or words in a note; what the date read does not say is kept in words."""
    known = ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
    fields = read_fields(element, known, entry.extra, local_name(element))
    note, kind = fields.get("NOTE", ""), fields.get("TYPE_OF_DATE", "")
    circa = kind.casefold() == "approximately" or "approx" in note.casefold()
    text, unused = choose_date(fields)
    span = parse_span(text, circa=circa) if text else parse_note(note, circa)
    if text and span and is_month(note) and span.start.month is None and span.end is None:
        span = DateSpan(PartialDate(span.start.year, MONTHS[note.rstrip(".").casefold()], None, circa))
    elif note and not (APPROXIMATE.fullmatch(note) and span):
        entry.extra.append(("BIRTH DATE NOTE", f"{text}: {note}" if text else note))
    if kind and kind.casefold() not in ("exact", "approximately", "between"):
        unused.append(("TYPE_OF_DATE", kind))
    entry.extra += [(f"BIRTH DATE {tag}", f"{text}: {value}" if text else value) for tag, value in unused]
    if span:
        entry.birth_dates.append(span)
    elif text:
        entry.keep("DATE_OF_BIRTH", text)


def choose_date(fields: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The text to read as a birth date, and the fields that it leaves out."""
    years = [fields[name] for name in ("FROM_YEAR", "TO_YEAR") if name in fields]
    text = " to ".join(years) or fields.get("DATE") or fields.get("YEAR", "")
    unused = [(name, fields[name]) for name in ("DATE", "YEAR") if fields.get(name, "") not in text]
    if len(years) == 1:
        unused += [(name, fields[name]) for name in ("FROM_YEAR", "TO_YEAR") if name in fields]
    return text, unused


def is_month(note: str) -> bool:
    return note.rstrip(".").casefold() in MONTHS


def parse_note(note: str, circa: bool) -> DateSpan | None:
    """A birth date in words, or by the Hijri calendar."""
    if not (match := HIJRI.fullmatch(note)):
        return parse_span(note, circa=circa)
    try:
        day = Hijri(int(match[3]), int(match[2]), int(match[1])).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return DateSpan(PartialDate(day.year, day.month, day.day, circa))


def read_document(entry: Entry, element: Element) -> None:
    known = (
        "TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE", "CITY_OF_ISSUE",
        "DATE_OF_ISSUE", "NOTE",
    )  # fmt: skip
    fields = read_fields(element, known, entry.extra, local_name(element))
    if not fields:
        return
    written, note = fields.get("NUMBER", ""), fields.get("NOTE", "")
    kind, detail = fields.get("TYPE_OF_DOCUMENT", ""), fields.get("TYPE_OF_DOCUMENT2", "")
    source = written or next((text for text in (detail, note) if has_digit(text)), "")
    number = find_number(source)
    if not number:
        entry.extra += [(f"DOCUMENT {tag}", text) for tag, text in fields.items()]
        return
    country = fields.get("ISSUING_COUNTRY") or fields.get("COUNTRY_OF_ISSUE", "") or leading_country(source)
    expires = EXPIRES.search(note)
    rest = [
        detail.rstrip(":").strip(), "" if KNOWN_KINDS.fullmatch(kind) else kind,
        written if written != number else "", note, *issue_place(fields, country),
    ]  # fmt: skip
    entry.documents.append(Document(
        number=number, type=read_type(kind, detail), country=entry.country("DOCUMENT COUNTRY", country),
        issued_on=read_issue_date(entry, fields), expires_on=parse_date(expires[1]) if expires else None,
        note="; ".join(dict.fromkeys(part for part in rest if part)) or None,
    ))  # fmt: skip


def read_issue_date(entry: Entry, fields: dict[str, str]) -> PartialDate | None:
    text = fields.get("DATE_OF_ISSUE", "")
    date = parse_date(text)
    if text and date is None:
        entry.keep("DOCUMENT DATE_OF_ISSUE", text)
    return date


def issue_place(fields: dict[str, str], country: str) -> list[str]:
    """Where a document was issued, as far as the document's country doesn't say it."""
    other = fields.get("COUNTRY_OF_ISSUE", "")
    place = join_parts(fields.get("CITY_OF_ISSUE", ""), other if other != country else "")
    return [f"issued in {place}"] if place else []


def has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def leading_country(text: str) -> str:
    """The first word where it names a country (`Jordan 654781`, `French identity card …`)."""
    word = text.partition(" ")[0]
    return word if len(word) > 3 and find_country(word) else ""


def find_number(text: str) -> str:
    """The number within a field that may hold words around it; the whole field where none stands out."""
    text = text.removeprefix(leading_country(text)).strip() or text
    if match := NUMBER.search(text):
        return match[1].strip()
    if PLAIN_NUMBER.fullmatch(text) or not text:
        return text
    leading = LEADING_NUMBER.search(text)
    return leading[0] if leading else text


def read_type(kind: str, detail: str) -> str:
    """`passport` or `national id`: the two that this list tells apart, whatever the language of the label."""
    if PASSPORT.search(kind):
        return "passport"
    return "national id" if kind else clean(detail) or "identification"
