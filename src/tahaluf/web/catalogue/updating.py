"""Lists fetched from their publishers, where the operator allows it (TAHALUF_UPDATES) and a list asks for it.

Whatever goes wrong is noted at the list, and the last good version stays.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from tahaluf.domain import InputError, Problem, TahalufError, Where
from tahaluf.web.catalogue.files import FETCHED, data_path
from tahaluf.web.catalogue.importing.importing import Asked, Imported, import_once
from tahaluf.web.catalogue.importing.reading import Progress
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.common.audit import services as audit
from tahaluf.web.common.jobs.running import JobCancelled, JobInterrupted, LeaseLost
from tahaluf.web.common.plain import plain_problem

if TYPE_CHECKING:
    from tahaluf.lists.update import Policy, Update

# The work goes on elsewhere or later, or somebody stopped it: nothing is wrong with the list.
PASSING = (JobCancelled, JobInterrupted, LeaseLost, OperationalError, InterfaceError)


def due_sources() -> list[ListSource]:
    """Lists whose time to be fetched has come; none where the desk may not fetch."""
    if not settings.ENVIRONMENT.updates:
        return []
    now = timezone.now()
    fetched = ListSource.objects.exclude(source="").filter(every_hours__isnull=False, active=True)
    return [item for item in fetched if not item.checked_at or item.checked_at + _every(item) <= now]


def update_source(source: ListSource, progress: Progress, policy: "Policy | None" = None) -> Imported | None:
    """Fetches a list and imports what is new; None where nothing is. The problem is noted, and raised again, where
    that fails."""
    try:
        imported = _fetch(source, progress, policy)
    except PASSING:
        raise
    except TahalufError as error:
        _note(source, error.problem)
        raise
    except Exception as fault:
        _note(source, Problem("web.job.fault", Where(item=source.slug), found=name_of(fault)))
        raise
    ListSource.objects.filter(pk=source.pk).update(checked_at=timezone.now(), problem=None)
    return imported


def name_of(fault: Exception) -> str:
    """What may be told of a fault: what the system says of a file, without its name; else no more than its kind."""
    return (isinstance(fault, OSError) and fault.strerror) or type(fault).__name__


def _note(source: ListSource, problem: Problem) -> None:
    with transaction.atomic():
        told = {"checked_at": timezone.now(), "problem": plain_problem(problem)}
        ListSource.objects.filter(pk=source.pk).update(**told)
        audit.record(None, "list.update_failed", ("list", source.slug), code=problem.code)


def _fetch(source: ListSource, progress: Progress, policy: "Policy | None") -> Imported | None:
    if not settings.ENVIRONMENT.updates:
        raise InputError(Problem("web.list.updates_off", Where(item=source.slug)))
    from tahaluf.lists.update import Store, load_sources, update  # noqa: PLC0415 (6 MB that a web server has no use for)

    known = load_sources()
    if source.source not in known:
        raise InputError(Problem("web.list.unknown_source", Where(item=source.slug), ", ".join(known), source.source))
    update_ = update(known[source.source], Store(data_path(FETCHED)), policy)
    source.refresh_from_db()
    if not update_.changed and source.current and source.current.imported_at >= _fetched_at(update_):
        return None
    # It may have been fetched before and never imported: the disk was full, the process killed.
    # The publisher's own checks have been made (lists.update.check).
    asked = Asked(update_.path, update_.version.file, None, source.slug, "", False)
    return import_once(asked, progress)


def _fetched_at(update_: "Update") -> datetime:
    return datetime.fromisoformat(update_.version.fetched_at)


def _every(source: ListSource) -> timedelta:
    # Turns come by the hour: one that comes a minute early counts.
    return timedelta(hours=source.every_hours or 0) - timedelta(minutes=5)
