"""Transfers split over several messages (S010, `01:C` … `03:F`): parts that are missing, twice there, out of order."""

from dataclasses import dataclass, field

from tahaluf.domain import Problem, Where
from tahaluf.messages.edifact.intake import Intake
from tahaluf.messages.edifact.message import Header, Interchange

_MOST_TRANSFERS = 10_000
_MOST_PARTS = 10_000
Key = tuple[str, str, str]


@dataclass(slots=True)
class _Transfer:
    where: Where
    parts: set[int] = field(default_factory=set)
    last: int = 0
    final: int | None = None


class Transfers:
    """What parts of transfers a file held; `close` tells at its end what is missing."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._open: dict[Key, _Transfer] = {}

    def add(self, header: Header, interchange: Interchange, where: Where) -> None:
        """One more message; one that is no part of anything needs nothing."""
        if header.part is None or not 0 < header.part <= _MOST_PARTS:
            return
        key = (interchange.sender, header.type, header.access)
        transfer = self._open.get(key)
        if transfer is None:
            if len(self._open) >= _MOST_TRANSFERS:
                self.close()
            transfer = self._open[key] = _Transfer(where)
        if header.part in transfer.parts:
            self._warn("part_repeated", where, "", f"{header.part:02d}")
        elif header.part < transfer.last:
            self._warn("part_order", where, f"> {transfer.last:02d}", f"{header.part:02d}")
        transfer.parts.add(header.part)
        transfer.last = header.part
        if header.part_kind == "F":
            transfer.final = header.part
        if transfer.final and len(transfer.parts) == transfer.final:
            # Whole: the next message of the same reference begins a transfer of its own.
            transfer.parts = set()
            transfer.last, transfer.final = 0, None

    def close(self) -> None:
        """Tells what is missing of each transfer."""
        for transfer in self._open.values():
            if not transfer.parts:
                continue
            end = transfer.final or max(transfer.parts) + 1
            missing = [f"{number:02d}" for number in range(1, end) if number not in transfer.parts]
            if transfer.final is None:
                missing.append(f"{end:02d}:F")
            found = ",".join(f"{number:02d}" for number in sorted(transfer.parts)[:20])
            self._warn("part_missing", transfer.where, ",".join(missing[:20]), found)
        self._open.clear()

    def _warn(self, what: str, where: Where, expected: str, found: str) -> None:
        self._intake.warn(Problem(f"messages.edifact.{what}", where, expected, found))
