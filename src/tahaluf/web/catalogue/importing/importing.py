"""One import from beginning to end; `services.import_file` is its door."""

from pathlib import Path
from typing import NamedTuple

from django.db.models import F, QuerySet

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.files import content_digest, keep_file
from tahaluf.web.catalogue.importing.checking import check
from tahaluf.web.catalogue.importing.comparing import compare
from tahaluf.web.catalogue.importing.reading import Draft, Progress, read_draft
from tahaluf.web.catalogue.importing.storing import begin, show, write
from tahaluf.web.catalogue.models import ListSource, ListVersion
from tahaluf.web.catalogue.sources import source_of


class Imported(NamedTuple):
    """A version, and whether it was its list's current one before."""

    version: ListVersion
    known: bool


class Asked(NamedTuple):
    """What is asked for; see `services.import_file`."""

    path: Path
    file_name: str
    by: User | None
    slug: str | None
    title: str
    accept: bool


def import_once(asked: Asked, progress: Progress) -> Imported:
    """Imports a file, unless its content is what its list holds now."""
    if not asked.path.exists():
        raise InputError(Problem("lists.file.missing", Where(file=asked.file_name)))
    digest = content_digest(asked.path)
    if known := find_current(digest, asked.slug):
        return Imported(known, True)
    draft = read_draft(asked.path, asked.file_name, asked.slug, progress)
    with draft.spool:
        return Imported(_store(asked, digest, draft, progress), False)


def find_current(digest: str, slug: str | None) -> ListVersion | None:
    """The version of that content that is current in its list: in one list, or in any."""
    return find_versions(digest, slug).filter(source__current=F("pk")).first()


def find_versions(digest: str, slug: str | None) -> QuerySet[ListVersion]:
    """All versions of that content, the newest first: of one list, or of any."""
    found = ListVersion.objects.filter(digest=digest, ready=True).select_related("source").order_by("-imported_at")
    return found.filter(source__slug=slug) if slug else found


def _store(asked: Asked, digest: str, draft: Draft, progress: Progress) -> ListVersion:
    source = ListSource.objects.select_related("current").filter(slug=draft.slug).first()
    base = source.current if source else None
    changes = compare(draft, source, base)
    check(draft, base, changes, asked.file_name, accept=asked.accept)
    source = source or source_of(draft.slug, asked.title)
    version = begin(
        source, base, draft, digest=digest, file=keep_file(asked.path, source.slug, digest, asked.file_name),
        file_name=asked.file_name[-255:], imported_by=asked.by.get_username() if asked.by else "",
    )  # fmt: skip
    write(version, draft, changes, progress)
    show(version, base, changes, asked.by)
    return version
