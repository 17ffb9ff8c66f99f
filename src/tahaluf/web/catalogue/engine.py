"""The compiled index that everything is screened against now.

    edition, screener = current()

Cheap: one query; the index is opened once in a process and followed when another becomes current.
"""

import threading
from collections import OrderedDict
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from tahaluf.domain import IndexFileError, Problem, TahalufError, Where
from tahaluf.screening import Screener
from tahaluf.web.catalogue.files import data_path
from tahaluf.web.catalogue.models import Collection, Edition
from tahaluf.web.common.jobs import services as jobs
from tahaluf.web.common.jobs.models import Job

REBUILD = "catalogue.rebuild"
MENDED_EVERY = timedelta(minutes=10)
KEPT = 2


class NoEdition(TahalufError):
    """Nothing is compiled, or what is cannot be opened."""


class Opened(NamedTuple):
    """An edition and its index."""

    edition: Edition
    screener: Screener


_open: OrderedDict[str, Screener] = OrderedDict()
_lock = threading.Lock()


def current(collection: str = "default") -> Opened:
    """The current edition; NoEdition where there is none, where its index is damaged, or made by another engine: a
    rebuild is then asked for."""
    edition = Edition.objects.filter(current_of__slug=collection).first()
    # An index of no list at all would find nobody, and look like an answer.
    if edition is None or not edition.versions:
        raise NoEdition(Problem("web.no_edition", Where(item=collection)), permanent=False)
    return Opened(edition, opened(edition))


def is_current(edition: Edition) -> bool:
    """Whether the edition is the current one, and stays so until the transaction around this ends."""
    held = Collection.objects.select_for_update().filter(pk=edition.collection_id)
    return held.filter(current=edition).exists()


def opened(edition: Edition) -> Screener:
    """The index of an edition, whether or not it is current."""
    with _lock:
        if screener := _open.get(edition.folder):
            _open.move_to_end(edition.folder)
            return screener
        screener = _open_index(edition)
        _open[edition.folder] = screener
        while len(_open) > KEPT:
            _open.popitem(last=False)
        return screener


def _open_index(edition: Edition) -> Screener:
    try:
        screener = Screener.open(data_path(edition.folder))
    except (IndexFileError, OSError) as error:
        raise _refused(edition, error) from error
    if screener.index_id != edition.index_id:
        raise _refused(edition, None)
    return screener


def _mend(slug: str) -> None:
    """Asks for a new index; not again so soon, where that was asked for and failed: strangers' looks at the health page
    come this way, too."""
    soon = timezone.now() - MENDED_EVERY
    if not Job.objects.filter(kind=REBUILD, key=f"mend-{slug}", created_at__gt=soon).exists():
        jobs.enqueue(REBUILD, {"collection": slug}, key=f"mend-{slug}")


def _refused(edition: Edition, error: Exception | None) -> NoEdition:
    stale = isinstance(error, IndexFileError) and error.problem.code == "index.version"
    if edition.folder:
        _mend(edition.collection.slug)
    code = "web.edition_stale" if stale else "web.edition_damaged"
    return NoEdition(Problem(code, Where(item=edition.index_id)), permanent=False)
