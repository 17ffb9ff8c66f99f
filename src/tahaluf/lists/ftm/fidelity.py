"""What FollowTheMoney has no property for (spans of dates, qualities, parts and notes of names), kept beside the properties.

It stands under the key `tahaluf` of an entity: FollowTheMoney carries unknown keys along, and other readers may ignore it.
Reading never trusts it blindly: what does not fit is passed over, and the properties count.
"""

from dataclasses import asdict, replace
from typing import Any

from tahaluf.domain import Alias, AliasKind, DateSpan, Listing, NameParts, PartialDate, Quality
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
    return context


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
    return listing


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
                text=str(item["text"]), kind=AliasKind(item.get("kind", "alias")), quality=Quality(item.get("quality", "good")),
                parts=NameParts(**item["parts"]) if item.get("parts") else None, note=item.get("note"),
            )
            for item in raw or ()
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, ValueError):
        return ()
