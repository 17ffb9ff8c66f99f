"""The updating of one list: fetch, check, and only then replace.

A download is refused where it is of another format or incomplete, and, unless a person accepts it, where it is
implausible (see `check`). The current file is compared with the manifest first: what was damaged since is put back.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from tahaluf.domain import FetchError, Problem, Where
from tahaluf.lists import Reading
from tahaluf.lists.update.check import find_implausible, make_problem, read_whole
from tahaluf.lists.update.fetch import Fetched, Policy, Stamp, fetch
from tahaluf.lists.update.sources import Source
from tahaluf.lists.update.store import Store, Version, hash_file

KEEP = 10


@dataclass(frozen=True, slots=True)
class Update:
    """What became of one source: `changed` or not, its current version and file, and the problems of reading it."""

    source: str
    changed: bool
    version: Version
    path: Path
    problems: tuple[Problem, ...] = ()


def update(
    source: Source, store: Store, policy: Policy | None = None, *, keep: int = KEEP, accept: bool = False
) -> Update:
    """Brings one list up to date; FetchError where that fails, the last good version being left as it is.

    With `accept` a whole list is taken however implausible it is, and the result says so.
    """
    policy = policy or Policy()
    versions = store.versions(source.name)
    last = versions[-1] if versions else None
    damaged = last is not None and not store.is_whole(source.name, last)
    restored = last is not None and damaged and store.restore(source.name, last)
    said = (tell_restored(store, source, f"versions/{last.file}"),) if last and restored else ()
    lost = damaged and not restored
    try:
        result = bring(source, store, policy, None if lost else last, last, keep=keep, accept=accept)
    except FetchError as error:
        if not lost:
            raise
        where = Where(file=str(store.current(source.name)), item=source.name)
        raise FetchError(Problem("lists.update.damaged", where, "the file fetched", error.problem.code)) from error
    if lost:
        said = (tell_restored(store, source, source.url),)
    return replace(result, problems=(*said, *result.problems))


def tell_restored(store: Store, source: Source, origin: str) -> Problem:
    where = Where(file=str(store.current(source.name)), item=source.name)
    return Problem("lists.update.restored", where, "the file fetched", origin)


def bring(
    source: Source, store: Store, policy: Policy, have: Version | None, last: Version | None, *, keep: int, accept: bool
) -> Update:
    """One download: `have` is the version that is there whole, `last` what a new one is compared with."""
    stamp = Stamp(have.etag, have.last_modified) if have and have.url == source.url else Stamp()
    with store.scratch(source.name) as stream:
        fetched = fetch(source, stream, stamp, policy)
        stream.flush()
        download = Path(stream.name)
        digest = hash_file(download) if fetched.changed else ""
        if have and (not fetched.changed or digest == have.sha256):
            return leave(source, store, have, fetched)
        if not fetched.changed:
            raise FetchError(make_problem(source, "lists.fetch.status", "200", "304"))
        reading = read_whole(source, download)
        doubt = find_implausible(source, reading, last, policy)
        if doubt and not accept:
            raise FetchError(doubt)
        version = describe(source, fetched, reading, digest)
        store.keep(source.name, download, version, keep)
    accepted = (replace(doubt, code="lists.update.accepted"),) if doubt else ()
    changed = last is None or last.sha256 != digest
    return Update(source.name, changed, version, store.current(source.name), (*accepted, *reading.problems))


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
