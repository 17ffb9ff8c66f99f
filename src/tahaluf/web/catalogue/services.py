"""What is done to lists: imported, compiled, described, switched on and off.

    version = import_file(path, file_name="consolidated.xml", by=user)
    edition = rebuild(ensure_default())

Nothing here runs in a transaction of its caller: an import writes in many small ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.compiling import rebuild
from tahaluf.web.catalogue.importing.importing import Asked, Imported, import_once
from tahaluf.web.catalogue.importing.reading import Progress, Silent
from tahaluf.web.catalogue.models import Collection, ListSource, ListVersion
from tahaluf.web.catalogue.sources import ensure_default
from tahaluf.web.common.audit import services as audit
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.common.uploads import Kept

__all__ = ["ensure_default", "import_file", "import_or_find", "rebuild"]


def import_file(
    path: Path, *, file_name: str, by: User | None, slug: str | None = None, title: str = "", accept: bool = False,
    progress: Progress | None = None,
) -> ListVersion:  # fmt: skip
    """A file, or a folder of OFAC's, becomes the next version of its list; the current version where that has the same
    content. InputError where it is no list, or may not replace the version before unless a person says so
    (`accept`): cut, older, or without many of the listings."""
    return import_or_find(path, file_name=file_name, by=by, slug=slug, title=title, accept=accept, progress=progress)[0]


def import_or_find(
    path: Path, *, file_name: str, by: User | None, slug: str | None = None, title: str = "", accept: bool = False,
    progress: Progress | None = None,
) -> Imported:  # fmt: skip
    """As `import_file`; tells besides whether the content was known."""
    return import_once(Asked(path, file_name, by, slug, title, accept), progress or Silent())


def ask_import(kept: Kept, *, by: User, slug: str = "", accept: bool = False) -> Job:
    """The import of a file that was sent, in the background."""
    told = {
        "path": str(kept.path.relative_to(settings.DATA)), "file_name": kept.name, "digest": kept.digest, "by": by.pk,
        "slug": slug, "accept": accept,
    }  # fmt: skip
    return _ask("catalogue.import", told, by, "list.import_asked", file=kept.name, digest=kept.digest, accept=accept)


def ask_again(job: Job, *, by: User) -> Job:
    """The import of the same file, accepted whatever speaks against it."""
    told = {**job.payload, "accept": True, "by": by.pk}
    details = {"file": told["file_name"], "digest": told["digest"], "accept": True}
    return _ask("catalogue.import", told, by, "list.import_asked", **details)


def ask_update(source: ListSource, *, by: User) -> Job:
    """The list fetched from its publisher now."""
    return _ask("catalogue.update", {"list": source.slug}, by, "list.update_asked", list=source.slug)


def ask_rebuild(collection: str, *, by: User | None) -> Job:
    """A collection compiled anew, or all of them."""
    told = {"collection": collection, "by": by.pk if by else None}
    return _ask("catalogue.rebuild", told, by, "collection.compile_asked", collection=collection)


def save_source(source: ListSource, changed: Sequence[str], *, by: User) -> None:
    """What a person says of a list; whether it is screened against holds once the collections are compiled."""
    with transaction.atomic():
        source.save(update_fields=[*changed] if changed else ["title"])
        told = {name: getattr(source, name) for name in changed}
        audit.record(by, "list.described", ("list", source.slug), **told)
        if "active" in changed:
            ask_rebuild("", by=by)


def save_collection(collection: Collection, sources: Iterable[ListSource], *, by: User) -> None:
    """A collection with these lists; compiled afterwards."""
    with transaction.atomic():
        collection.save()
        collection.sources.set(sources)
        slugs = sorted(source.slug for source in sources)
        audit.record(by, "collection.saved", ("collection", collection.slug), lists=slugs)
        ask_rebuild(collection.slug, by=by)


def _ask(kind: str, told: Mapping[str, Any], by: User | None, action: str, **details: Any) -> Job:
    with transaction.atomic():
        job = enqueue(kind, told, by=by.get_username() if by else "")
        audit.record(by, action, ("job", job.pk), **details)
    return job
