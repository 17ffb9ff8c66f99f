"""What FollowTheMoney has no property for (spans of dates, qualities, parts and notes of names), kept beside the
properties.

It stands under the key `tahaluf` of an entity: FollowTheMoney carries unknown keys along, and other readers may
ignore it.
Reading never trusts it blindly: what does not fit is passed over, and the properties count.
"""

from dataclasses import asdict, replace
from typing import Any

from tahaluf.domain import (
    Alias,
    AliasKind,
    DateSpan,
    Document,
    Kind,
    Link,
    Listing,
    NameParts,
    PartialDate,
    Place,
    Quality,
)
from tahaluf.lists.dates import parse_date


def describe(listing: Listing) -> dict[str, Any]:
    """The part of a listing that its properties cannot say; empty for most."""
    context: dict[str, Any] = {}
    if any(span.end or span.start.circa for span in listing.birth_dates):
        context["birthDates"] = [describe_span(span) for span in listing.birth_dates]
    if any(is_special(alias) for alias in listing.names) or len({alias.text for alias in listing.names}) != len(
        listing.names
    ):
        context["names"] = [describe_alias(alias) for alias in listing.names]
    if any(place.country for place in listing.birth_places) and len(listing.birth_places) > 1:
        context["birthPlaces"] = [[place.text, place.country] for place in listing.birth_places]
    if links := [[link.text, link.relation] for link in listing.links if not link.target]:
        context["links"] = links
    if listing.extra:
        context["extra"] = [list(pair) for pair in listing.extra]
    if listing.reference:
        context["reference"] = listing.reference
    if listing.kind in (Kind.VESSEL, Kind.AIRPLANE) and listing.documents:
        context["documents"] = [[document.number, document.type] for document in listing.documents]
    if listing.delisted_on:
        context["delistedOn"] = listing.delisted_on.isoformat()
    return context


def note_of_link(link: Link) -> str:
    """A link to no known listing, in words."""
    return f"{link.relation}: {link.text}" if link.relation else link.text


def note_of_extra(label: str, value: str) -> str:
    """A value that has no property, in words."""
    return f"{label}: {value}"


def is_special(alias: Alias) -> bool:
    usual = Quality.LOW if alias.kind is AliasKind.WEAK else Quality.GOOD
    return alias.parts is not None or alias.note is not None or alias.quality is not usual


def describe_span(span: DateSpan) -> dict[str, Any]:
    ends = {"from": span.start.isoformat(), "to": span.end.isoformat() if span.end else None}
    return {name: text for name, text in ends.items() if text} | ({"circa": True} if span.start.circa else {})


def describe_alias(alias: Alias) -> dict[str, Any]:
    parts = {name: text for name, text in asdict(alias.parts).items() if text} if alias.parts else None
    fields = {
        "text": alias.text,
        "kind": alias.kind.value,
        "quality": alias.quality.value,
        "parts": parts,
        "note": alias.note,
    }
    return {name: value for name, value in fields.items() if value}


def restore(listing: Listing, context: Any) -> Listing:
    """The listing with what `describe` had kept."""
    if not isinstance(context, dict):
        return listing
    dates = restore_spans(context.get("birthDates"))
    if dates and {span.start.isoformat() for span in dates} <= {span.start.isoformat() for span in listing.birth_dates}:
        listing = replace(listing, birth_dates=dates)
    names = restore_names(context.get("names"))
    if names and {alias.text for alias in names} == {alias.text for alias in listing.names}:
        listing = replace(listing, names=names)
    return restore_rest(listing, context)


def restore_rest(listing: Listing, context: dict[str, Any]) -> Listing:
    """Pairs and links that the properties hold in words, as they were; the words then go from the remarks."""
    links = tuple(Link(text=text, relation=relation) for text, relation in read_pairs(context.get("links")) if text)
    extra = tuple((label, value) for label, value in read_pairs(context.get("extra")) if label is not None and value)
    words = {note_of_link(link) for link in links} | {note_of_extra(*pair) for pair in extra}
    places = tuple(Place(text, code) for text, code in read_pairs(context.get("birthPlaces")) if text)
    documents = tuple(
        Document(number, kind) for number, kind in read_pairs(context.get("documents")) if number and kind
    )
    reference = context.get("reference")
    return replace(
        listing, links=(*links, *listing.links), extra=extra,
        reference=reference if isinstance(reference, str) else listing.reference,
        remarks=tuple(remark for remark in listing.remarks if remark not in words),
        birth_places=places or listing.birth_places, documents=documents or listing.documents,
        delisted_on=parse_date(str(context.get("delistedOn", ""))),
    )  # fmt: skip


def read_pairs(raw: Any) -> list[tuple[Any, Any]]:
    """Pairs of texts (the second may be none); nothing where the value has another form."""
    if not isinstance(raw, list):
        return []
    return [
        (pair[0], pair[1]) for pair in raw
        if isinstance(pair, list) and len(pair) == 2 and all(part is None or isinstance(part, str) for part in pair)
    ]  # fmt: skip


def restore_spans(raw: Any) -> tuple[DateSpan, ...]:
    try:
        return tuple(DateSpan(required(item["from"], item), parse_end(item)) for item in raw or ())
    except (KeyError, TypeError, AttributeError, ValueError):
        return ()


def required(text: str, item: dict[str, Any]) -> PartialDate:
    date = parse_date(text, circa=bool(item.get("circa")))
    if date is None:
        raise ValueError(text)
    return date


def parse_end(item: dict[str, Any]) -> PartialDate | None:
    return required(item["to"], item) if item.get("to") else None


def restore_names(raw: Any) -> tuple[Alias, ...]:
    try:
        return tuple(
            Alias(
                text=str(item["text"]), kind=AliasKind(item.get("kind", "alias")),
                quality=Quality(item.get("quality", "good")),
                parts=NameParts(**item["parts"]) if item.get("parts") else None, note=item.get("note"),
            )
            for item in raw or ()
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError):
        return ()
