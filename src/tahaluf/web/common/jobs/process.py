"""A worker process: the queue's loop, with a timer beside it that sweeps, schedules and says that the worker lives.

On SIGTERM or SIGINT it ends at the job's next step; the job goes back to the queue. A second signal ends it at once.
"""

import gc
import logging
import os
import signal
import socket
import time
from datetime import timedelta
from threading import Event, Thread
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from tahaluf.web.common.jobs import queue, scheduling, sweeping
from tahaluf.web.common.jobs.models import Worker
from tahaluf.web.common.jobs.running import STOPPING

LOG = logging.getLogger("tahaluf.jobs")
TICK_SECONDS = 5.0
OUTAGE_SECONDS = 5.0
MANY_OBJECTS = 50_000
SEEN_WITHIN = timedelta(seconds=60)


def work(*, once: bool = False) -> None:
    """Run jobs until told to stop; `once`: until none is due."""
    collect_seldom()
    name = f"{socket.gethostname()[:40]}-{os.getpid()}"
    STOPPING.clear()
    if once:
        tick(name)
        try:
            queue.make_worker(name, once=True).run()
        finally:
            _say_goodbye(name)
        return
    over = Event()
    timer = Thread(target=_tick_on, args=(name, over), name="timer", daemon=True)
    timer.start()
    try:
        _loop(name)
    finally:
        over.set()
        timer.join()
        _say_goodbye(name)


def collect_seldom() -> None:
    """Jobs make many objects that live on for a while: looking for garbage among them as often as Python does by itself
    took a third of their time (benchmarks/desk_monitoring.py)."""
    gc.set_threshold(MANY_OBJECTS, 20, 20)


def tick(name: str) -> None:
    """What a worker does every few seconds, whatever else it is busy with."""
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
    sweeping.sweep()
    scheduling.enqueue_due()


def is_worker_alive() -> bool:
    """Whether any worker has said within the last minute that it lives."""
    return Worker.objects.filter(seen_at__gt=timezone.now() - SEEN_WITHIN).exists()


def _loop(name: str) -> None:
    worker = queue.make_worker(name, once=False)

    def stop(number: int, frame: FrameType | None) -> None:
        STOPPING.set()
        worker.shutdown(number, frame)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not STOPPING.is_set():
        try:
            worker.run()
        except (OperationalError, InterfaceError) as outage:
            LOG.error("no database", extra={"problem": type(outage).__name__})
            connection.close()
            STOPPING.wait(OUTAGE_SECONDS)
        except SystemExit:
            return


def _tick_on(name: str, over: Event) -> None:
    while True:
        began = time.monotonic()
        try:
            close_old_connections()
            tick(name)
        except Exception as failed:  # the timer outlives an outage and whatever one of its duties runs into
            LOG.error("timer failed", exc_info=failed)
            connection.close()
        if over.wait(max(0.1, TICK_SECONDS - (time.monotonic() - began))):
            connection.close()
            return


def _say_goodbye(name: str) -> None:
    try:
        Worker.objects.filter(name=name).delete()
    except (OperationalError, InterfaceError):
        LOG.error("no database", extra={"problem": "goodbye"})
