"""What a handler sees of its job while it runs."""

from tahaluf.web.common.jobs.models import Job


class JobCancelled(Exception):
    """Someone asked the job to stop."""


class LeaseLost(Exception):
    """Another worker has taken the job over: stop at once, store nothing more."""


class Running:
    """A job that this worker holds. Call `step` between pieces of work, and often: it keeps the lease alive and shows
    progress; it raises JobCancelled or LeaseLost. Within the transaction that stores a piece, call `hold` first."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.payload: dict[str, object] = dict(job.payload)

    def step(self, done: int, total: int | None = None) -> None:
        """`done` units (of `total`, where known) are finished."""
        raise NotImplementedError

    def hold(self) -> None:
        """Locks the job's row and makes sure that it is still ours, so that two workers never store the same piece."""
        raise NotImplementedError
