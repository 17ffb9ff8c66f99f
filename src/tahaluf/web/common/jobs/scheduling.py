"""Jobs that come again and again.

    schedule("catalogue.check", timedelta(minutes=15))     # once, in AppConfig.ready, beside register

Every worker's timer looks; the job of a turn has an id made of its kind, payload and turn, so that it is asked for
once, however many workers there are. A turn that finds the one before still running waits for it.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import orjson
from django.utils import timezone

from tahaluf.web.common.jobs.models import TURN, Job
from tahaluf.web.common.jobs.services import enqueue

_TURNS = uuid.UUID("6b0e5a7e-6d0f-5f52-9d0b-3f6f2f1f8a10")


class Schedule(NamedTuple):
    """A job of this kind and payload, every so often."""

    kind: str
    every: timedelta
    payload: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.kind} {orjson.dumps(dict(self.payload), option=orjson.OPT_SORT_KEYS).decode()}"


SCHEDULES: dict[str, Schedule] = {}


def schedule(kind: str, every: timedelta, payload: Mapping[str, Any] | None = None) -> None:
    """Ask for a job every so often; turns are counted from the epoch (a day's begins at midnight UTC)."""
    made = Schedule(kind, every, payload or {})
    SCHEDULES[made.name] = made


def enqueue_due() -> list[Job]:
    """Ask for the jobs whose turn it is; those asked for already are among them."""
    return [_enqueue_turn(each) for each in SCHEDULES.values()]


def _enqueue_turn(due: Schedule) -> Job:
    turn = int(timezone.now().timestamp() // due.every.total_seconds())
    key = f"{TURN}{uuid.uuid5(_TURNS, due.name)}"
    return enqueue(due.kind, due.payload, key=key, pk=uuid.uuid5(_TURNS, f"{due.name} {turn}"))
