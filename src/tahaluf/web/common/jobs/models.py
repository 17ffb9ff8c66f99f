"""A job is asked for once, may be begun several times (its worker may be killed), and ends once."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Job(models.Model):
    """`kind` names the handler; `payload` is what it is given. `lease` names the worker that runs it, until
    `leased_until`, which it moves on with a heartbeat; after that any worker may take it. `attempts` counts those since
    the job last came further than `furthest`. `done` of `total` units are finished. `problem` holds code, expected,
    found, where of what ended it. `task` is the entry in the queue that will run it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    key = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    task = models.CharField(max_length=36, blank=True)
    lease = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    furthest = models.BigIntegerField(default=0)
    problem = models.JSONField(null=True)
    result = models.JSONField(null=True)
    asked_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        indexes = (
            models.Index(fields=["state", "leased_until"]),
            models.Index(fields=["kind", "-created_at"]),
        )
        constraints = (
            # Of jobs with a key only one waits or runs at a time.
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["queued", "running"]) & ~models.Q(key=""),
                name="one_live_job_of_a_key",
            ),
        )

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


TURN = "schedule:"


def is_turn(job: Job) -> bool:
    """Whether the job was asked for by a schedule and not by a person."""
    return job.key.startswith(TURN)


class Worker(models.Model):
    """A process that runs jobs, and when it last said that it lives."""

    name = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker")
