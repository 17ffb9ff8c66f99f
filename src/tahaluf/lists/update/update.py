"""The updating of one list: fetch, check, and only then replace.

A download is refused where it is of another format, incomplete, much shorter than the last good version, or older
than it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tahaluf.domain import FetchError, InputError, Problem, Where
from tahaluf.lists import Reading, read
from tahaluf.lists.update.fetch import Fetched, Policy, Stamp, fetch
from tahaluf.lists.update.sources import Source
from tahaluf.lists.update.store import Store, Version, hash_file

LEAST_SHARE = 0.8
LEAST_COUNT = 1
KEEP = 10


@dataclass(frozen=True, slots=True)
class Update:
    """What became of one source: `changed` or not, its current version and file, and the problems of reading it."""

    source: str
    changed: bool
    version: Version
    path: Path
    problems: tuple[Problem, ...] = ()


def update(source: Source, store: Store, policy: Policy | None = None, *, keep: int = KEEP) -> Update:
    """Brings one list up to date; FetchError where that fails, the last good version being left as it is."""
    policy = policy or Policy()
    versions = store.versions(source.name)
    last = versions[-1] if versions and store.current(source.name).exists() else None
    stamp = Stamp(last.etag, last.last_modified) if last and last.url == source.url else Stamp()
    with store.scratch(source.name) as stream:
        fetched = fetch(source, stream, stamp, policy)
        stream.flush()
        download = Path(stream.name)
        digest = hash_file(download) if fetched.changed else ""
        if last and (not fetched.changed or digest == last.sha256):
            return leave(source, store, last, fetched)
        if not fetched.changed:
            raise refuse(source, "lists.fetch.status", "200", "304")
        reading = check(source, download, last)
        version = describe(source, fetched, reading, digest)
        store.keep(source.name, download, version, keep)
    return Update(source.name, True, version, store.current(source.name), tuple(reading.problems))


def leave(source: Source, store: Store, last: Version, fetched: Fetched) -> Update:
    """Nothing new; what the server said last is noted for the next time."""
    noted = replace(last, etag=fetched.stamp.etag, last_modified=fetched.stamp.last_modified)
    if noted != last:
        store.write_manifest(source.name, [*store.versions(source.name)[:-1], noted])
    return Update(source.name, False, noted, store.current(source.name))


def describe(source: Source, fetched: Fetched, reading: Reading, digest: str) -> Version:
    published = reading.published_on.isoformat() if reading.published_on else None
    return Version(
        file=f"{published or 'undated'}-{digest[:16]}.xml", sha256=digest, url=source.url, count=reading.count,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"), published_on=published, etag=fetched.stamp.etag,
        last_modified=fetched.stamp.last_modified,
    )  # fmt: skip


def refuse(source: Source, code: str, expected: str, found: str) -> FetchError:
    return FetchError(Problem(code, Where(file=source.url, item=source.name), expected, found))


def check(source: Source, download: Path, last: Version | None) -> Reading:
    """The download read to its end, where it is whole and plausible."""
    try:
        reading = read(download, dataset=source.dataset)
        if reading.format != source.format:
            raise refuse(source, "lists.update.format", source.format, reading.format)
        for _ in reading:
            pass
    except InputError as error:
        raise refuse(source, "lists.update.format", source.format, error.problem.found or error.problem.code) from error
    if not reading.complete:
        raise refuse(source, "lists.update.incomplete", "a whole list", f"{reading.count}")
    least = max(LEAST_COUNT, int(last.count * LEAST_SHARE) if last else LEAST_COUNT)
    if reading.count < least:
        raise refuse(source, "lists.update.shrunk", f"{least}", f"{reading.count}")
    published = reading.published_on.isoformat() if reading.published_on else None
    if last and last.published_on and (published is None or published < last.published_on):
        raise refuse(source, "lists.update.stale", last.published_on, published or "")
    return reading
