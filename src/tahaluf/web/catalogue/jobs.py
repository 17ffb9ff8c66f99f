"""The catalogue's work in the background: imports, compiling, updates from publishers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings

from tahaluf.domain import Problem, TahalufError, Where
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import pending
from tahaluf.web.catalogue.compiling import rebuild
from tahaluf.web.catalogue.files import data_path, remove_upload
from tahaluf.web.catalogue.importing.importing import Asked, Imported, find_versions, import_once
from tahaluf.web.catalogue.models import Collection, Edition, ListSource, ListVersion
from tahaluf.web.catalogue.updating import due_sources, name_of, update_source
from tahaluf.web.common.jobs import scheduling, services
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running

IMPORT, UPDATE, REBUILD = "catalogue.import", "catalogue.update", pending.KIND
DUE, PENDING = "catalogue.due", "catalogue.pending"
PENDING_EVERY = timedelta(minutes=5)

# What a person may accept all the same (importing/checking.py).
ACCEPTABLE = frozenset({"web.list.incomplete", "web.list.older", "web.list.lost"})


def register_all() -> None:
    """Called once, when the desk starts."""
    services.register(IMPORT, import_upload)
    services.register(REBUILD, rebuild_collection)
    services.register(PENDING, compile_pending)
    scheduling.schedule(PENDING, PENDING_EVERY)
    services.register(UPDATE, update_list)
    services.register(DUE, enqueue_updates)
    if settings.ENVIRONMENT.updates:
        scheduling.schedule(DUE, timedelta(hours=1))


def import_upload(running: Running) -> Mapping[str, Any]:
    """Payload: `path` relative to the data folder, `file_name`, `digest`, `by`, `slug`, `accept`. Compiling is asked
    for in jobs of its own: whatever becomes of them, the list is imported."""
    told = running.payload
    path, slug = data_path(str(told["path"])), str(told.get("slug") or "") or None
    by = _asker(running)
    if there := version_made_by(running.job):
        # An earlier run of this job got so far; the list may have gone on since.
        imported = Imported(there, False)
    else:
        imported = import_once(Asked(path, str(told["file_name"]), by, slug, "", bool(told.get("accept"))), running)
    pending.ask_compiling(by)
    remove_upload(path)
    return {"list": imported.version.source.slug, "version": imported.version.number, "known": imported.known}


def version_made_by(job: Job) -> ListVersion | None:
    """The version that an import has brought, whatever became of the job since."""
    slug, digest = str(job.payload.get("slug") or "") or None, str(job.payload.get("digest", ""))
    if job.kind != IMPORT or not digest:
        return None
    return find_versions(digest, slug).filter(imported_at__gte=job.created_at).first()


def rebuild_collection(running: Running) -> Mapping[str, Any]:
    """Payload: `collection`, the short name of one; of all where it is empty."""
    slug = str(running.payload.get("collection") or "")
    by = _asker(running)
    every = Collection.objects.filter(slug=slug) if slug else Collection.objects.order_by("slug")
    made = {}
    for number, collection in enumerate(list(every)):
        running.step(number, len(every))
        made[collection.slug] = str(_compile(collection, by).pk)
    return made


def compile_pending(running: Running) -> Mapping[str, Any]:
    """Asks for what is not compiled and nothing is at work on: no list waits for somebody to look."""
    return {"collections": pending.ask_what_was_left()}


def update_list(running: Running) -> Mapping[str, Any]:
    """Payload: `list`, the short name of one."""
    source = ListSource.objects.get(slug=running.payload["list"])
    running.step(0)
    imported = update_source(source, running)
    if imported is None:
        return {"list": source.slug, "changed": False}
    pending.ask_compiling(None)
    return {"list": source.slug, "changed": not imported.known, "version": imported.version.number}


def enqueue_updates(running: Running) -> Mapping[str, Any]:
    """Asks for the updates whose time has come."""
    slugs = [source.slug for source in due_sources()]
    for slug in slugs:
        services.enqueue(UPDATE, {"list": slug}, key=slug)
    return {"lists": slugs}


def _compile(collection: Collection, by: User | None) -> Edition:
    """A full disk may be less full in a while: the job is tried again."""
    try:
        return rebuild(collection, by)
    except OSError as fault:
        problem = Problem("web.edition_not_made", Where(item=collection.slug), found=name_of(fault))
        raise TahalufError(problem, permanent=False) from fault


def _asker(running: Running) -> User | None:
    key = running.payload.get("by")
    return User.objects.filter(pk=key).first() if isinstance(key, int) else None
