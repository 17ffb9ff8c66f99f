"""What a reader hands back: listings as they come, and what was found wrong on the way.

`Reading` is walked once. Its `problems`, `count`, `dataset`, `published_on` and `complete` grow with the walk and
are final when it ends. `complete` is False when the file was cut or given up, or when an entry, row or line of it
could not be read; then a problem says where. A file that is not a list at all raises InputError instead.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from tahaluf.domain import InputError, Listing, PartialDate, Problem, Where

MAX_PROBLEMS = 10_000
LOSSES = frozenset({
    "lists.count.differs", "lists.entry.skipped", "lists.entry.too-large", "lists.file.cut", "lists.gzip.broken",
    "lists.line.malformed", "lists.ofac.orphan", "lists.ofac.part-missing", "lists.ofac.part-short",
    "lists.row.malformed", "lists.xml.malformed",
})  # fmt: skip


@dataclass
class Ledger:
    """What readers write into while they read: the file's name, its facts, and the problems met."""

    file: str
    dataset: str
    published_on: PartialDate | None = None
    complete: bool = True
    problems: list[Problem] = field(default_factory=list)
    unlisted: Counter[str] = field(default_factory=Counter)
    suppressed: int = 0

    def report(
        self, code: str, expected: str = "", found: str = "", *, line: int | None = None, item: str | None = None,
        field: str | None = None,
    ) -> None:  # fmt: skip
        """Notes a problem at a place of the file; past the first ten thousand they are only counted. One of `LOSSES`
        makes the reading incomplete."""
        if code in LOSSES:
            self.complete = False
        if len(self.problems) >= MAX_PROBLEMS:
            self.suppressed += 1
            return
        where = Where(file=self.file, line=line, field=field, item=item)
        self.problems.append(Problem(code, where, expected, found[:200]))

    def refuse(self, code: str, expected: str = "", found: str = "", *, line: int | None = None) -> InputError:
        """The error for a file that cannot be read at all."""
        return InputError(Problem(code, Where(file=self.file, line=line), expected, found[:200]))

    def close(self) -> None:
        if self.suppressed:
            place = Where(file=self.file)
            self.problems.append(Problem("lists.problems.more", place, f"{MAX_PROBLEMS}", f"{self.suppressed}"))


class Ids:
    """Keeps ids apart: an id that a file gives twice is reported, and the second entry kept under a name of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seen: set[str] = set()
        self._repeats: Counter[str] = Counter()

    def settle(self, listing: Listing, line: int | None = None) -> Listing:
        if listing.id not in self._seen:
            self._seen.add(listing.id)
            return listing
        self._repeats[listing.id] += 1
        times = self._repeats[listing.id] + 1
        self._ledger.report("lists.entry.duplicate", "one entry per id", listing.caption, line=line, item=listing.id)
        return replace(listing, id=f"{listing.id}-{times}")


class Reading:
    """Listings of one file, streaming; see the module for what grows as it is walked."""

    def __init__(
        self, source_format: str, ledger: Ledger, parse: Callable[[Ledger], Iterator[Listing]],
        dataset: str | None = None,
    ) -> None:  # fmt: skip
        self.format = source_format
        self._dataset = dataset
        self.count = 0
        self._ledger = ledger
        self._listings = self._walk(parse)

    def __iter__(self) -> Iterator[Listing]:
        return self._listings

    def _walk(self, parse: Callable[[Ledger], Iterator[Listing]]) -> Iterator[Listing]:
        for listing in parse(self._ledger):
            self.count += 1
            yield replace(listing, dataset=self._dataset) if self._dataset is not None else listing
        if not self.count and not self._ledger.problems:
            self._ledger.report("lists.empty", "listings", "none")
        self._ledger.close()

    @property
    def dataset(self) -> str:
        return self._ledger.dataset

    @property
    def published_on(self) -> PartialDate | None:
        return self._ledger.published_on

    @property
    def complete(self) -> bool:
        return self._ledger.complete

    @property
    def problems(self) -> list[Problem]:
        return self._ledger.problems

    @property
    def unlisted(self) -> Counter[str]:
        """What the file holds besides listings (payments, positions, contracts …), counted by kind."""
        return self._ledger.unlisted
