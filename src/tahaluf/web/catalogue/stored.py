"""Listings as plain values and back, exactly: what the database keeps of them, and the digest that tells two apart.

`to_plain` leaves out what a field has by default. Dates are ISO 8601 with `~` before one that is about right, spans
`start/end`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import orjson

from tahaluf.domain import DateSpan, Listing, PartialDate

Turn = Callable[[Any], Any]
Plain = dict[str, Any]


class Codec(NamedTuple):
    """How a value is written and read; None where it is plain already."""

    write: Turn | None
    read: Turn | None


class Field(NamedTuple):
    """A field of a dataclass: its default, which is not written, and its codec."""

    name: str
    default: Any
    codec: Codec


def to_plain(listing: Listing) -> Plain:
    """The listing as JSON values."""
    return write_record(listing)


def from_plain(plain: Mapping[str, Any]) -> Listing:
    """The listing that `to_plain` wrote; KeyError, TypeError or ValueError for anything else."""
    listing: Listing = read_record(Listing, plain)
    return listing


def digest_of(plain: Mapping[str, Any]) -> str:
    """The SHA-256, in hex, of the canonical JSON."""
    return hashlib.sha256(canonical(plain)).hexdigest()


def canonical(plain: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys; half a surrogate pair is written as one would escape it."""
    try:
        return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return orjson.dumps(_escaped(plain), option=orjson.OPT_SORT_KEYS)


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, Mapping):
        return {key: _escaped(item) for key, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def write_record(record: Any) -> Plain:
    plain = {}
    for name, default, codec in _plan(record.__class__):
        value = getattr(record, name)
        if value != default:
            plain[name] = codec.write(value) if codec.write else value
    return plain


def read_record(kind: Any, plain: Mapping[str, Any]) -> Any:
    read = {}
    for name, default, codec in _plan(kind):
        if name in plain:
            read[name] = codec.read(plain[name]) if codec.read else plain[name]
        elif default is MISSING:
            raise KeyError(name)
    return kind(**read)


@cache
def _plan(kind: Any) -> tuple[Field, ...]:
    hints = get_type_hints(kind)
    return tuple(Field(item.name, item.default, _codec(hints[item.name])) for item in fields(kind))


@cache
def _codec(hint: Any) -> Codec:
    if isinstance(hint, UnionType):
        return _codec(next(item for item in get_args(hint) if item is not type(None)))
    if get_origin(hint) is tuple:
        return _sequence(get_args(hint))
    if hint in DATES:
        return DATES[hint]
    if issubclass(hint, Enum):
        return Codec(lambda value: value.value, hint)
    if is_dataclass(hint):
        return Codec(write_record, lambda plain: read_record(hint, plain))
    return Codec(None, None)


def _sequence(items: tuple[Any, ...]) -> Codec:
    """A tuple of one kind, of any length; pairs are tuples of plain values."""
    write, read = _codec(items[0]) if items[-1] is Ellipsis else (None, None)
    return Codec(
        lambda values: [write(value) for value in values] if write else list(values),
        lambda values: tuple(read(value) for value in values) if read else tuple(values),
    )


def _write_date(date: PartialDate) -> str:
    return f"~{date.isoformat()}" if date.circa else date.isoformat()


def _read_date(text: str) -> PartialDate:
    return PartialDate.from_iso(text.removeprefix("~"), circa=text.startswith("~"))


def _write_span(span: DateSpan) -> str:
    return _write_date(span.start) if span.end is None else f"{_write_date(span.start)}/{_write_date(span.end)}"


def _read_span(text: str) -> DateSpan:
    start, slash, end = text.partition("/")
    return DateSpan(_read_date(start), _read_date(end) if slash else None)


DATES = {PartialDate: Codec(_write_date, _read_date), DateSpan: Codec(_write_span, _read_span)}
