"""What the pages of lists and listings show, gathered."""

from collections.abc import Sequence
from typing import NamedTuple

from tahaluf.domain import Alias, Listing, Script
from tahaluf.lists.diff import Change, compare_listings
from tahaluf.names.fold import script_of
from tahaluf.web.catalogue.changes import Detailed, Line
from tahaluf.web.catalogue.models import ListingState, ListVersion
from tahaluf.web.catalogue.queries import linked_elsewhere, linked_states
from tahaluf.web.catalogue.showing import Shown, field_label, show, show_alias, show_all
from tahaluf.web.catalogue.stored import from_plain

SCRIPTS = (Script.ARABIC, Script.LATIN, Script.CYRILLIC, Script.OTHER)
FACTS = (
    "birth_dates", "birth_places", "death_dates", "nationalities", "residences", "gender", "titles", "positions",
    "documents", "addresses", "remarks", "delisted_on",
)  # fmt: skip


class Field(NamedTuple):
    """A field's label and values."""

    name: str
    label: str
    values: list[Shown]


class Amended(NamedTuple):
    """A field before and after."""

    label: str
    before: list[Shown]
    after: list[Shown]


class Row(NamedTuple):
    """A line of a page of changes."""

    line: Line
    kind: str
    amended: list[Amended]


class Happening(NamedTuple):
    """A version in which a listing came, changed or went."""

    what: str
    version: ListVersion
    amended: list[Amended]


class Names(NamedTuple):
    """The names in one script."""

    script: Script
    names: list[Shown]


def rows_of(details: Sequence[Detailed]) -> list[Row]:
    return [Row(each.line, each.listing.kind.value, amended_of(each.changes)) for each in details]


def amended_of(changes: Sequence[Change]) -> list[Amended]:
    return [
        Amended(field_label(each.field), show_all(each.field, each.removed), show_all(each.field, each.added))
        for each in changes
    ]


def names_by_script(names: Sequence[Alias]) -> list[Names]:
    groups = {script: [show_alias(name) for name in names if script_of(name.text) is script] for script in SCRIPTS}
    return [Names(script, group) for script, group in groups.items() if group]


def facts_of(listing: Listing) -> list[Field]:
    """All that a listing says but for names, designations, links and what has no field of its own."""
    fields = []
    for name in FACTS:
        value = getattr(listing, name)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        if values:
            fields.append(Field(name, field_label(name), show_all(name, values)))
    return fields


def links_of(listing: Listing) -> list[tuple[Shown, ListingState | None]]:
    """Ties to other listings, and the listings themselves where the list, or else another that is kept, has them."""
    others = linked_states(listing.dataset, listing.links)
    missing = [link for link in listing.links if link.target and link.target not in others]
    others = {**linked_elsewhere(listing.dataset, missing), **others}
    return [(show("links", link), others.get(link.target or link.text)) for link in listing.links]


def events_of(states: Sequence[ListingState]) -> list[Happening]:
    """The history of a listing, the newest first; `states` likewise."""
    events: list[Happening] = []
    later: ListingState | None = None
    for state in states:
        ended = state.until if state.until and state.until.ready else None
        if ended and (later is None or later.since_id != ended.pk):
            events.append(Happening("removed", ended, []))
        elif later is not None:
            changes = compare_listings(from_plain(state.content), from_plain(later.content))
            events.append(Happening("amended", later.since, amended_of(changes)))
        if not _follows(state, states):
            events.append(Happening("added", state.since, []))
        later = state
    return events


def _follows(state: ListingState, states: Sequence[ListingState]) -> bool:
    return any(other.until_id == state.since_id for other in states)
