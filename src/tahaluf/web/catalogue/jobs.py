"""The catalogue's work in the background: imports, compiling, updates from publishers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.compiling import rebuild
from tahaluf.web.catalogue.files import data_path, remove_upload
from tahaluf.web.catalogue.importing.importing import Asked, Imported, find_version, import_once
from tahaluf.web.catalogue.models import Collection, ListSource
from tahaluf.web.catalogue.sources import ensure_default
from tahaluf.web.catalogue.updating import due_sources, update_source
from tahaluf.web.common.jobs import scheduling, services
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running

IMPORT, REBUILD, UPDATE = "catalogue.import", "catalogue.rebuild", "catalogue.update"
DUE, SWEEP = "catalogue.due", "catalogue.sweep"
KEPT_DAYS = 7

# What a person may accept all the same (importing/checking.py).
ACCEPTABLE = frozenset({"web.list.incomplete", "web.list.older", "web.list.lost"})


def register_all() -> None:
    """Called once, when the desk starts."""
    services.register(IMPORT, import_upload)
    services.register(SWEEP, sweep_uploads)
    scheduling.schedule(SWEEP, timedelta(days=1))
    services.register(REBUILD, rebuild_collection)
    services.register(UPDATE, update_list)
    services.register(DUE, enqueue_updates)
    if settings.ENVIRONMENT.updates:
        scheduling.schedule(DUE, timedelta(hours=1))


def import_upload(running: Running) -> Mapping[str, Any]:
    """Payload: `path` relative to the data folder, `file_name`, `digest`, `by`, `slug`, `accept`."""
    told = running.payload
    path, slug = data_path(str(told["path"])), str(told.get("slug") or "") or None
    by = _asker(running)
    there = find_version(str(told.get("digest", "")), slug)
    if there and not path.exists():
        # An earlier run of this job got as far as removing its file.
        imported = Imported(there, True)
    else:
        imported = import_once(Asked(path, str(told["file_name"]), by, slug, "", bool(told.get("accept"))), running)
    _compile_with(imported.version.source, by)
    remove_upload(path)
    version = imported.version
    # What an earlier run of this job imported is not what was there before.
    known = imported.known and version.imported_at < running.job.created_at
    return {"list": version.source.slug, "version": version.number, "known": known}


def rebuild_collection(running: Running) -> Mapping[str, Any]:
    """Payload: `collection`, the short name of one; of all where it is empty."""
    slug = str(running.payload.get("collection") or "")
    by = _asker(running)
    every = Collection.objects.filter(slug=slug) if slug else Collection.objects.order_by("slug")
    made = {}
    for number, collection in enumerate(list(every)):
        running.step(number, len(every))
        made[collection.slug] = str(rebuild(collection, by).pk)
    return made


def update_list(running: Running) -> Mapping[str, Any]:
    """Payload: `list`, the short name of one."""
    source = ListSource.objects.get(slug=running.payload["list"])
    running.step(0)
    imported = update_source(source, running)
    if imported is None:
        return {"list": source.slug, "changed": False}
    _compile_with(imported.version.source, None)
    return {"list": source.slug, "changed": not imported.known, "version": imported.version.number}


def enqueue_updates(running: Running) -> Mapping[str, Any]:
    """Asks for the updates whose time has come."""
    slugs = [source.slug for source in due_sources()]
    for slug in slugs:
        services.enqueue(UPDATE, {"list": slug}, key=slug)
    return {"lists": slugs}


def sweep_uploads(running: Running) -> Mapping[str, Any]:
    """Removes the files of imports that ended without taking them, once nobody will accept them any more."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    over = Job.objects.filter(kind=IMPORT, state__in=("failed", "cancelled"), finished_at__lt=before)
    paths = [data_path(str(payload["path"])) for payload in over.values_list("payload", flat=True)]
    left = [path for path in paths if path.exists()]
    for path in left:
        remove_upload(path)
    return {"removed": len(left)}


def _compile_with(source: ListSource, by: User | None) -> None:
    """Compiles the collections that hold the list. The version is seen by now: what asks the job to stop comes too
    late, so nobody is asked."""
    ensure_default()
    for collection in Collection.objects.filter(slug="default").union(Collection.objects.filter(sources=source)):
        rebuild(collection, by)


def _asker(running: Running) -> User | None:
    key = running.payload.get("by")
    return User.objects.filter(pk=key).first() if isinstance(key, int) else None
