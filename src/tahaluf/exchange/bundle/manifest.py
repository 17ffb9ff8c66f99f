"""`bundle.json`: what a bundle says of itself. It is not signed: it is shown, and tells a bundle for somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tahaluf.exchange.canonical import Json, parse_canonical, write_canonical
from tahaluf.exchange.checkpoint import MOST
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import is_member_id, split_origin
from tahaluf.exchange.times import parse_seconds, write_seconds

CODE = "exchange.bundle.form"
FIELDS = {"format_version", "made_at", "needs", "receiver", "sender", "sequence"}
MOST_BYTES = 4_194_304


@dataclass(frozen=True, slots=True)
class Manifest:
    """For whom, from whom, when, the how manieth; `needs`: by origin the number from which payloads are in it."""

    receiver: str
    sender: str
    made_at: datetime
    sequence: int
    needs: Mapping[str, int] = field(default_factory=dict)

    def canonical(self) -> bytes:
        return write_canonical(
            {
                "format_version": 1,
                "made_at": write_seconds(self.made_at),
                "needs": dict[str, Json](self.needs),
                "receiver": self.receiver,
                "sender": self.sender,
                "sequence": self.sequence,
            }
        )


def parse_manifest(data: bytes) -> Manifest:
    """The manifest; ExchangeError (`exchange.canonical`, `exchange.bundle.form`) for any other form."""
    value = parse_canonical(data, MOST_BYTES)
    if not isinstance(value, dict) or value.keys() != FIELDS or value["format_version"] is True:
        raise refuse(CODE, ", ".join(sorted(FIELDS)), value)
    if value["format_version"] != 1:
        raise refuse(CODE, "format version 1", value["format_version"], "format_version")
    needs = value["needs"]
    if not isinstance(needs, dict):
        raise refuse(CODE, "numbers by origin", needs, "needs")
    for origin in needs:
        split_origin(origin)
    return Manifest(
        _member(value["receiver"], "receiver"),
        _member(value["sender"], "sender"),
        parse_seconds(value["made_at"], CODE, "made_at"),
        _number(value["sequence"], "sequence"),
        {origin: _number(number, "needs") for origin, number in needs.items()},
    )


def _member(value: Json, name: str) -> str:
    if not isinstance(value, str) or not is_member_id(value):
        raise refuse(CODE, "a member id", value, name)
    return value


def _number(value: Json, name: str) -> int:
    if type(value) is not int or not 0 <= value <= MOST:
        raise refuse(CODE, "a number from 0 on", value, name)
    return value
