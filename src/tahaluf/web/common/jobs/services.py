"""Asking for jobs, and what a handler may do with the one it runs.

    register("review.screening", screen_file)     # once, in AppConfig.ready
    enqueue("review.screening", {"screening": str(id)}, by=user.get_username())

A handler is called with a `Running` and must be able to be called again with the same payload after it was killed at
any point: it keeps how far it came in its own tables, in the transaction of what it stores.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running

Handler = Callable[[Running], Mapping[str, Any] | None]
HANDLERS: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Names the function that does jobs of a kind; it returns the job's result, plain JSON values, or nothing."""
    HANDLERS[kind] = handler


def enqueue(kind: str, payload: Mapping[str, Any], *, by: str = "", key: str = "") -> Job:
    """Ask for a job, once the transaction around it is committed. With a `key`, one that waits or runs already is
    returned instead."""
    raise NotImplementedError


def cancel(job: Job) -> None:
    """Ask the job to stop; a waiting one is over at once, a running one at its next step."""
    raise NotImplementedError
