"""Old indexes go from the disk once nobody needs them; that they were stays in the database."""

import shutil
import time
from pathlib import Path

from tahaluf.web.catalogue import ports
from tahaluf.web.catalogue.files import INDEXES, data_path
from tahaluf.web.catalogue.models import Collection, Edition

KEPT = 3
ABANDONED_SECONDS = 86_400
# Ours, and those in which an index is written (screening/index/store.py).
ASIDE = (".new-*", ".old-*", ".index-*")


def prune(collection: Collection) -> None:
    """Empties all but the newest editions of a collection, the current one, and those that are needed."""
    with_folder = Edition.objects.exclude(folder="")
    newest = with_folder.filter(collection=collection).order_by("-compiled_at")[:KEPT].values_list("pk", flat=True)
    needed = {*newest, *ports.needed_editions(), collection.current_id}
    old = list(with_folder.filter(collection=collection).exclude(pk__in=needed))
    for edition in old:
        folder, edition.folder = edition.folder, ""
        edition.save(update_fields=["folder"])
        # Another collection may have the same content.
        if not with_folder.filter(folder=folder).exists():
            shutil.rmtree(data_path(folder), ignore_errors=True)
    _sweep(data_path(INDEXES))


def _sweep(indexes: Path) -> None:
    """What killed runs left."""
    for path in (each for pattern in ASIDE for each in indexes.glob(pattern)):
        try:
            abandoned = path.stat().st_mtime < time.time() - ABANDONED_SECONDS
        except OSError:
            continue
        if abandoned:
            shutil.rmtree(path, ignore_errors=True)
