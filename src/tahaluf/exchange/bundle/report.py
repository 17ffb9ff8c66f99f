"""What came of reading a bundle: by origin which numbers were taken, and what is to be asked for again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tahaluf.exchange.bundle.ranges import Ranges, range_fields, write_request
from tahaluf.exchange.canonical import write_canonical

MOST_REFUSALS = 1_000


class Refusals:
    """Codes with the names of files, each once; the first thousand, and how many more there were."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], None] = {}
        self.more = 0

    def add(self, code: str, where: str) -> None:
        if (code, where) in self.seen:
            return
        if len(self.seen) < MOST_REFUSALS:
            self.seen[code, where] = None
        else:
            self.more += 1

    def codes(self) -> set[str]:
        return {code for code, _ in self.seen}


@dataclass(frozen=True, slots=True)
class Report:
    """By origin: `taken`, `known` already, `erased` (as the bundle says: it is not signed), `withheld` (to be had by
    another way), and `missing`: damaged or absent. `skipped`: bytes that were no file. `cut`: it has no end.
    """

    taken: Mapping[str, Ranges] = field(default_factory=dict)
    known: Mapping[str, Ranges] = field(default_factory=dict)
    erased: Mapping[str, Ranges] = field(default_factory=dict)
    withheld: Mapping[str, Ranges] = field(default_factory=dict)
    missing: Mapping[str, Ranges] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()
    more_refused: int = 0
    skipped: int = 0
    cut: bool = False

    def request(self) -> bytes:
        """What to send back: the next bundle holds the tiles of these numbers."""
        return write_request(self.missing)

    def canonical(self) -> bytes:
        """The report as canonical JSON."""
        return write_canonical(
            {
                "cut": self.cut,
                "erased": range_fields(self.erased),
                "format_version": 1,
                "known": range_fields(self.known),
                "missing": range_fields(self.missing),
                "more_refused": self.more_refused,
                "refused": [{"code": code, "file": where} for code, where in self.refused],
                "skipped": self.skipped,
                "taken": range_fields(self.taken),
                "withheld": range_fields(self.withheld),
            }
        )
