"""Collections whose index is not of the lists as they now stand: which they are, and asking for them to be compiled.

`ask_compiling` after whatever changed a list; `is_late` tells whether a version is seen that nobody is screened against
and that nothing is at work on.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.compiling import is_of, pinned
from tahaluf.web.catalogue.models import Collection
from tahaluf.web.catalogue.queries import pending
from tahaluf.web.catalogue.sources import ensure_default
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.services import LIVE, enqueue

KIND = "catalogue.rebuild"
# What ends with everything compiled, if it goes well.
WORK = ("catalogue.import", "catalogue.update", KIND)
PATIENCE = timedelta(minutes=10)


def behind() -> list[Collection]:
    """Collections that are to be compiled: a list of theirs has another version now, came, or went, or the engine is
    another. One that never held a list is not among them."""
    return [each for each in Collection.objects.select_related("current").order_by("slug") if _is_behind(each)]


def _is_behind(collection: Collection) -> bool:
    pins = pinned(collection)
    return bool(pins) if collection.current is None else not is_of(collection.current, pins)


def ask_compiling(by: User | None, unless: Iterable[str] = (JobState.QUEUED,)) -> list[str]:
    """Asks for each of them to be compiled, in a job of its own; not where such a job is in one of these states. One
    that waits will see the lists as they are then, one that runs may have looked before."""
    ensure_default()
    asked = []
    for slug in [collection.slug for collection in behind()]:
        those = Q(payload__collection=slug) | Q(payload__collection="")
        if not Job.objects.filter(those, kind=KIND, state__in=list(unless)).exists():
            told = {"collection": slug, "by": by.pk if by else None}
            enqueue(KIND, told, by=by.get_username() if by else "")
            asked.append(slug)
    return asked


def ask_what_was_left() -> list[str]:
    """The same where nothing is at work on it: what failed, or was never asked for because a process was killed."""
    return ask_compiling(None, LIVE)


def is_late() -> bool:
    """Whether a current version is not screened against, and no work that has not failed yet will see to it soon."""
    if not pending():
        return False
    lately = timezone.now() - PATIENCE
    at_work = Job.objects.filter(kind__in=WORK, state__in=LIVE, problem__isnull=True, created_at__gt=lately)
    return not at_work.exists()
