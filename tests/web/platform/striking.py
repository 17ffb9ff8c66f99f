"""Run by `test_struck.py` in a process of its own: real work of the desk, done by workers of which one after another is
killed (SIGKILL) at a point of the work, until nobody is struck any more and the work is over.

usage: striking.py screening|import STRIKES

A worker is struck once it has begun with a job, where something has just been stored for good, or is about to be:
before and after the end of each transaction, and each move or removal of a file. Each strike falls a point later than
the one before, and then from the beginning again, so that every kind of point is met and the work gets on. No clock is
asked: that a lease ends is said instead of waited for. Prints the strikes, how many of them fell when the work had come
further than at the one before, and how jobs ended.
"""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from tahaluf.web.accounts.services import create_person  # noqa: E402
from tahaluf.web.catalogue.importing import comparing  # noqa: E402
from tahaluf.web.catalogue.models import ListingState, ListVersion  # noqa: E402
from tahaluf.web.catalogue.services import ask_import, ensure_default, import_file, rebuild  # noqa: E402
from tahaluf.web.common.jobs import leasing, process, services, sweeping  # noqa: E402
from tahaluf.web.common.jobs.models import Job, JobState  # noqa: E402
from tahaluf.web.common.jobs.running import Running  # noqa: E402
from tahaluf.web.common.jobs.scheduling import SCHEDULES  # noqa: E402
from tahaluf.web.common.uploads import keep_upload  # noqa: E402
from tahaluf.web.review.purposes.services import ensure_defaults  # noqa: E402
from tahaluf.web.review.screenings import reading as pieces  # noqa: E402
from tahaluf.web.review.screenings.services import open_file, start  # noqa: E402
from tahaluf.web.review.tables.screenings import Screening  # noqa: E402

LATEST = 6
LISTED, BEFORE, ROWS, EVERY = 60, 50, 240, 4


def name_of(number: int) -> str:
    """An invented name of two words that no other number's resembles."""
    first, last = "bdfgklmnrstz", "aeiou"
    word = [first[number // n % 12] + last[number // n % 5] + first[(number * 7 + n) % 12] for n in (1, 5, 12)]
    return f"{word[0]}ar{word[1]} {word[2]}o{word[0]}in".title()


def entity(number: int, more: str = "") -> bytes:
    names = [name_of(number), more] if more else [name_of(number)]
    told = {"id": f"L-{number}", "schema": "Person", "datasets": ["watch"], "properties": {"name": names}}
    return json.dumps(told).encode() + b"\n"


def prepare() -> Any:
    """A list that is screened against, and who asks for work."""
    ensure_defaults()
    SCHEDULES.clear()
    leasing.MOST_ATTEMPTS = 10_000
    setattr(comparing.pieces, "__defaults__", (5,))  # noqa: B010 (of a function)
    pieces.PIECE = ROWS // 20
    path = Path(settings.DATA) / "first.json"
    path.write_bytes(b"".join(entity(number) for number in range(BEFORE)))
    import_file(path, file_name=path.name, by=None)
    rebuild(ensure_default())
    return create_person("salma.idrissi", by=None, roles=["administrator"])


def ask_screening(by: Any) -> None:
    """A file in which every fourth row bears a listed name; the last piece has rows that are rejected, too."""
    purpose = ensure_defaults()[0]
    rows = ["id,name"]
    for row in range(1, ROWS + 1):
        rows.append(f"{row},{name_of(row % BEFORE) if row % EVERY == 0 else f'Qwx{row}p Vjh{row}y'}")
    rows += [f"{ROWS + 1},", f"{ROWS + 2},"]
    file = SimpleUploadedFile("people.csv", "\n".join(rows).encode())
    start(open_file(by, purpose, file), by)


def ask_list(by: Any) -> None:
    """The list's next version: five are gone, five say something else, fifteen have come."""
    changed = [entity(number, "Qadir Hamzavi" if number < 10 else "") for number in range(5, LISTED + 5)]
    ask_import(keep_upload(SimpleUploadedFile("second.json", b"".join(changed))), by=by)


class Strike:
    """Kills this process at its `at`-th point."""

    def __init__(self, at: int) -> None:
        self._left, self._begun = at, False
        for kind, handler in list(services.HANDLERS.items()):
            services.HANDLERS[kind] = self._beginning(handler)
        self._around(transaction.Atomic, "__exit__", lambda: not connection.savepoint_ids)
        for name in ("rename", "unlink"):
            self._around(Path, name, lambda: True)

    def _beginning(self, handler: services.Handler) -> services.Handler:
        def begun(running: Running) -> Any:
            self._begun = True
            return handler(running)

        return begun

    def _around(self, owner: Any, name: str, matters: Callable[[], bool]) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def struck(*values: Any, **named: Any) -> Any:
            here = self._begun and matters()
            self._count(here)
            result = real(*values, **named)
            self._count(here)
            return result

        setattr(owner, name, struck)

    def _count(self, here: bool) -> None:
        self._left -= here
        if here and self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def work(at: int) -> bool:
    """A worker, struck at its `at`-th point, or never (0); whether it was."""
    connections.close_all()
    if (pid := os.fork()) == 0:
        if at:
            Strike(at)
        process.work(once=True)
        os._exit(0)
    _pid, status = os.waitpid(pid, 0)
    if status and not os.WIFSIGNALED(status):
        raise SystemExit(f"a worker ended by itself: {status}")
    return os.WIFSIGNALED(status)


def let_leases_end() -> None:
    """What the half a minute after a kill does."""
    long_ago = timezone.now() - timedelta(minutes=2)
    Job.objects.filter(state=JobState.RUNNING).update(leased_until=long_ago)
    Job.objects.filter(state=JobState.QUEUED).update(created_at=long_ago)
    sweeping.sweep()


def stage() -> tuple[int, ...]:
    """How far the work is: pieces of a file, states of a list, versions, jobs that are done."""
    done = Job.objects.filter(state=JobState.DONE).count()
    pieces_done = sum(Screening.objects.values_list("done_batches", flat=True))
    ended = ListingState.objects.exclude(until=None).count()
    return done, pieces_done, ListingState.objects.count(), ended, ListVersion.objects.filter(ready=True).count()


def main(kind: str, most: int) -> None:
    by = prepare()
    work(0)
    {"screening": ask_screening, "import": ask_list}[kind](by)
    struck, further, before = 0, 0, stage()
    while struck < most and work(struck % LATEST + 1):
        struck += 1
        further, before = further + (stage() != before), stage()
        let_leases_end()
    while Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).exists():
        let_leases_end()
        work(0)
    ended = Counter(f"{job.kind} {job.state}" for job in Job.objects.all())
    sys.stdout.write(json.dumps({"struck": struck, "further": further, "jobs": ended}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
