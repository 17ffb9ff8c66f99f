"""What a download must be to replace the last good version: whole, of the right format, and plausible.

Plausible is what has as many listings as its source must have, has not lost many since the last version, and is dated
neither before it nor after tomorrow. A person may accept what is implausible, never what is broken.
"""

from datetime import timedelta
from pathlib import Path

from tahaluf.domain import FetchError, InputError, Problem, Where
from tahaluf.lists import Reading, read
from tahaluf.lists.update.fetch import Policy
from tahaluf.lists.update.sources import Source
from tahaluf.lists.update.store import Version

LEAST_SHARE = 0.8


def make_problem(source: Source, code: str, expected: str, found: str) -> Problem:
    return Problem(code, Where(file=source.url, item=source.name), expected, found)


def read_whole(source: Source, download: Path) -> Reading:
    """The download read to its end; FetchError where it is broken or no list of that format."""
    try:
        reading = read(download, dataset=source.dataset)
        if reading.format != source.format:
            raise FetchError(make_problem(source, "lists.update.format", source.format, reading.format))
        for _ in reading:
            pass
    except InputError as error:
        found = error.problem.found or error.problem.code
        raise FetchError(make_problem(source, "lists.update.format", source.format, found)) from error
    if not reading.complete:
        raise FetchError(make_problem(source, "lists.update.incomplete", "a whole list", f"{reading.count}"))
    return reading


def find_implausible(source: Source, reading: Reading, last: Version | None, policy: Policy) -> Problem | None:
    """What speaks against taking a whole list, or None."""
    published = reading.published_on.isoformat() if reading.published_on else ""
    tomorrow = (policy.today() + timedelta(days=1)).isoformat()
    before = last.published_on if last and last.published_on and last.published_on <= tomorrow else ""
    least = max(source.least, int(last.count * LEAST_SHARE) if last else 0)
    if reading.count < least:
        return make_problem(source, "lists.update.shrunk", f"{least}", f"{reading.count}")
    if published > tomorrow:
        return make_problem(source, "lists.update.future", tomorrow, published)
    if before and published < before:
        return make_problem(source, "lists.update.stale", before, published)
    return None
