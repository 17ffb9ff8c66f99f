"""Reading jobs, for whoever asked for them."""

from uuid import UUID

from tahaluf.web.common.jobs.models import Job


def job_of(key: UUID, asked_by: str) -> Job | None:
    """The job of this key, if this person asked for it, by their name for signing in."""
    return Job.objects.filter(pk=key, asked_by=asked_by).first()
