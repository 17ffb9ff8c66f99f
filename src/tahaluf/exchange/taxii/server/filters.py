"""The filters of a request: parsed once, strictly, and the same words again in its `next`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tahaluf.exchange.taxii.server.message import Refusal
from tahaluf.exchange.taxii.server.ports import Wanted
from tahaluf.exchange.taxii.times import parse_timestamp

MATCHES = ("id", "type", "version", "spec_version")
WORDS = ("first", "last", "all")
MOST_LETTERS = 20_000
MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Versions:
    """Which versions of an object: the first, the last, all, or those of these times."""

    first: bool = False
    last: bool = True
    all: bool = False
    at: frozenset[datetime] = frozenset()


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for. `spec_versions` of None is the newest that there is of each object."""

    added_after: datetime | None = None
    wanted: Wanted = field(default_factory=Wanted)
    versions: Versions = field(default_factory=Versions)
    spec_versions: frozenset[str] | None = None
    limit: int | None = None
    following: str | None = None
    asked: tuple[tuple[str, str], ...] = ()


def parse_filters(query: Sequence[tuple[str, str]], matches: Sequence[str] = MATCHES) -> Filters:
    """The filters of a query; Refusal 400 for what is malformed, unknown, twice or too much.

    `matches` are those that the resource knows; the others of the standard are passed over, as the standard's server
    does. Parameters of other names are not looked at.
    """
    values = collect(query)
    after = values.get("added_after")
    found = {name: split(values[f"match[{name}]"]) for name in matches if f"match[{name}]" in values}
    return Filters(
        added_after=None if after is None else parse_time(after),
        wanted=Wanted(types=found.get("type"), ids=found.get("id")),
        versions=parse_versions(found["version"]) if "version" in found else Versions(),
        spec_versions=found.get("spec_version"),
        limit=parse_limit(values["limit"]) if "limit" in values else None,
        following=values.get("next"),
        asked=tuple(sorted((name, value) for name, value in values.items() if name not in ("limit", "next"))),
    )


def collect(query: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The parameters that are ours, each once."""
    values: dict[str, str] = {}
    for name, value in query:
        if name.startswith("match[") and name not in {f"match[{known}]" for known in MATCHES}:
            raise bad("A filter that is not known here: match[…] takes id, type, version and spec_version.")
        if name in ("added_after", "limit", "next") or name.startswith("match["):
            if name in values:
                raise bad("A parameter stands twice; several values are joined by commas.")
            values[name] = value
    if sum(map(len, values.values())) > MOST_LETTERS:
        raise bad(f"The filters have more than {MOST_LETTERS} letters.")
    return values


def split(value: str) -> frozenset[str]:
    items = frozenset(item.strip() for item in value.split(","))
    if "" in items or len(items) > MOST_VALUES:
        raise bad(f"A filter has 1 to {MOST_VALUES} values, joined by commas.")
    return items


def parse_versions(items: frozenset[str]) -> Versions:
    times = frozenset(parse_time(item) for item in items if item not in WORDS)
    return Versions(first="first" in items, last="last" in items, all="all" in items, at=times)


def parse_time(text: str) -> datetime:
    try:
        return parse_timestamp(text)
    except ValueError:
        raise bad("A time is written as 2026-11-20T09:30:00.000000Z.") from None


def parse_limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise bad("The limit is a number over 0.")
    return int(text)


def bad(description: str) -> Refusal:
    return Refusal(400, "filter", description)
