"""A list's file read to its end, listing by listing as plain values that every database can hold.

What was read lies in a temporary file; of each listing only its digest and place are in memory.
"""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import orjson

from tahaluf import lists
from tahaluf.domain import InputError, Listing, Problem, TahalufError
from tahaluf.lists import Reading
from tahaluf.lists.reading import LOSSES
from tahaluf.web.catalogue.sources import slug_for
from tahaluf.web.catalogue.stored import Plain, canonical, digest_of, to_plain
from tahaluf.web.common.plain import plain_problem
from tahaluf.web.common.reading import in_time

MOST_PROBLEMS = 200
LONGEST_ID = 200
PIECE = 500


class Progress(Protocol):
    """Who is told how far an import is; a job's `Running` is one."""

    def step(self, done: int, total: int | None = None) -> None: ...

    def hold(self) -> None: ...


class Silent:
    """Nobody is told."""

    def step(self, done: int, total: int | None = None) -> None:
        return None

    def hold(self) -> None:
        return None


class Place(NamedTuple):
    """A listing that was read: the digest of its plain values, and where they lie."""

    digest: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read. `slug` is the list's short name; `first_loss` the first place where something was lost."""

    slug: str
    format: str
    published_on: str
    complete: bool
    problems: list[Problem]
    places: dict[str, Place]
    spool: Any

    @property
    def first_loss(self) -> Problem | None:
        return next((problem for problem in self.problems if problem.code in LOSSES), None)

    def plain(self, listing_id: str) -> Plain:
        """One listing."""
        _digest, start, size = self.places[listing_id]
        self.spool.seek(start)
        content: Plain = orjson.loads(self.spool.read(size))
        return content


def read_draft(path: Path, file_name: str, slug: str | None, progress: Progress) -> Draft:
    """Reads a file whole; InputError, placed by the name that its sender knows, where it is no list or takes too
    long."""
    try:
        named = slug or settle_slug(path, lists.read(path), file_name)
        reading = lists.read(path, dataset=None if slug is None else named)
        spool, places = _spool(reading, named, progress)
    except TahalufError as error:
        raise InputError(_placed(error.problem, file_name)) from error
    published = reading.published_on.isoformat() if reading.published_on else ""
    problems = [_placed(problem, file_name) for problem in reading.problems]
    return Draft(named, str(reading.format), published, reading.complete, problems, places, spool)


def settle_slug(path: Path, reading: Reading, file_name: str) -> str:
    """The short name of the list: the reader's, or what most of the first listings say, or the file's own name."""
    if reading.dataset:
        return slug_for(reading.dataset)
    said = Counter(listing.dataset for listing, _ in zip(in_time(reading), range(1000), strict=False))
    most = said.most_common(1)[0][0] if said else ""
    return slug_for(most, file_name.partition(".")[0], path.name)


def plain_problems(draft: Draft) -> list[dict[str, Any]]:
    """The first problems, as plain values."""
    return [plain_problem(problem) for problem in draft.problems[:MOST_PROBLEMS]]


def storable(listing: Listing) -> Plain:
    """The listing as every database can hold it: no NUL, no half surrogate pair, an id of bounded length."""
    if len(listing.id) > LONGEST_ID:
        digest = hashlib.sha256(listing.id.encode("utf-8", "replace")).hexdigest()
        listing = replace(listing, id=f"{listing.id[:150]}~{digest[:40]}")
    plain = to_plain(listing)
    try:
        # Only in what orjson wrote can a NUL be told from letters that look like its escape; both are rare.
        if b"\\u0000" not in orjson.dumps(plain):
            return plain
    except TypeError:
        pass
    mended: Plain = _mended(plain)
    return mended


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if isinstance(value, dict):
        return {key: _mended(item) for key, item in value.items()}
    return [_mended(item) for item in value] if isinstance(value, list) else value


def _spool(reading: Reading, slug: str, progress: Progress) -> tuple[Any, dict[str, Place]]:
    with ExitStack() as stack:
        spool = stack.enter_context(tempfile.TemporaryFile())
        places = _fill(spool, _plains(reading, slug), progress)
        # It lives as long as the draft.
        stack.pop_all()
    return spool, places


def _fill(spool: Any, plains: Iterator[Plain], progress: Progress) -> dict[str, Place]:
    places: dict[str, Place] = {}
    start = 0
    for number, plain in enumerate(plains, 1):
        content = canonical(plain)
        places[plain["id"]] = Place(digest_of(plain), start, spool.write(content))
        start += len(content)
        if number % PIECE == 0:
            progress.step(number)
    return places


def _plains(reading: Reading, slug: str) -> Iterator[Plain]:
    for listing in in_time(reading):
        said = listing.dataset
        # A file may gather several lists; it becomes one, and what each entry says of its own is kept.
        own = () if said in ("", slug) or slug_for(said) == slug else (("dataset", said),)
        yield storable(replace(listing, dataset=slug, extra=(*listing.extra, *own)))


def _placed(problem: Problem, file_name: str) -> Problem:
    """The problem by the file's own name, in text that every database can hold."""
    place = problem.where
    where = replace(place, file=file_name, field=_mended(place.field), item=_mended(place.item))
    return replace(problem, where=where, expected=_mended(problem.expected), found=_mended(problem.found))
