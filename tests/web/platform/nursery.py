"""Run by `test_killed.py` in a process of its own: workers that are killed or held up, again and again, over one job.

Prints how often a worker was struck and how the job stands. The job stores rows in pieces; how far it came stands in a
table, in the transaction of the rows. It waits for the strikes: none comes too late, however fast the machine.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection, connections, transaction  # noqa: E402

from tahaluf.web.common.jobs import leasing, process, queue, running, sweeping, working  # noqa: E402
from tahaluf.web.common.jobs.running import Running  # noqa: E402
from tahaluf.web.common.jobs.scheduling import SCHEDULES  # noqa: E402
from tahaluf.web.common.jobs.services import enqueue, register  # noqa: E402

PIECE, WORKERS = 20, 2
# Longer than a lease: whoever wakes up has lost it.
HELD_UP_SECONDS = 1.6


def execute(statement: str, *values: object) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def store(job: Running) -> dict[str, int]:
    """Rows 0 … total, a piece in a transaction."""
    total, strikes = job.payload["total"], job.payload["strikes"]
    while (done := execute("SELECT done FROM kill_progress")[0][0]) < total:
        job.step(done, total)
        struck = execute("SELECT struck FROM kill_strikes")[0][0]
        if done >= total * (struck + 1) // (strikes + 1):
            time.sleep(0.02)
            continue
        # Most strikes fall here, where a worker knows how far the work is and has not stored yet.
        time.sleep(random.uniform(0, 0.02))
        with transaction.atomic():
            job.hold()
            # What another worker stored meanwhile would be stored again, were the job not ours alone.
            for number in range(done, min(done + PIECE, total)):
                execute("INSERT INTO kill_rows (number) VALUES (%s)", number)
            execute("UPDATE kill_progress SET done = %s, worker = %s", min(done + PIECE, total), os.getpid())
    return {"rows": total}


def hurry() -> None:
    """Leases of a second, so that the test need not wait for half a minute."""
    for module in (running, leasing, working, sweeping):
        module.LEASE = timedelta(seconds=1)  # type: ignore[attr-defined]
    leasing.MOST_ATTEMPTS = 1_000
    process.TICK_SECONDS, queue.POLL_SECONDS = 0.2, 0.05


def fork_worker() -> int:
    connections.close_all()
    if (pid := os.fork()) == 0:
        random.seed(os.getpid())
        process.work()
        os._exit(0)
    return pid


def choose(workers: list[int], chance: random.Random) -> int:
    """The worker that stored last, mostly; else any."""
    busy = execute("SELECT worker FROM kill_progress")[0][0]
    return workers.index(busy) if busy in workers and chance.random() < 0.8 else chance.randrange(WORKERS)


def strike(workers: list[int], victim: int, *, hold_up: bool) -> None:
    """Kill a worker, and put another in its place; or hold it up for longer than its lease."""
    if hold_up:
        os.kill(workers[victim], signal.SIGSTOP)
        time.sleep(HELD_UP_SECONDS)
        os.kill(workers[victim], signal.SIGCONT)
    else:
        os.kill(workers[victim], signal.SIGKILL)
        os.waitpid(workers[victim], 0)
        workers[victim] = fork_worker()


def main(total: int, strikes: int, seed: int) -> None:
    hurry()
    SCHEDULES.clear()
    register("test.kill", store)
    execute("CREATE TABLE kill_rows (number INTEGER)")
    execute("CREATE TABLE kill_progress (done INTEGER, worker INTEGER)")
    execute("CREATE TABLE kill_strikes (struck INTEGER)")
    execute("INSERT INTO kill_progress VALUES (0, 0)")
    execute("INSERT INTO kill_strikes VALUES (0)")
    job = enqueue("test.kill", {"total": total, "strikes": strikes})
    chance = random.Random(seed)
    workers = [fork_worker() for _ in range(WORKERS)]
    struck, before = 0, 0
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline and not job.is_over:
        time.sleep(chance.uniform(0.02, 0.3) if struck < strikes else 0.2)
        # A strike hits somebody who works: since the last one a piece has been stored.
        if struck < strikes and (done := execute("SELECT done FROM kill_progress")[0][0]) > before:
            strike(workers, choose(workers, chance), hold_up=struck % 2 == 1)
            struck, before = struck + 1, done
            execute("UPDATE kill_strikes SET struck = %s", struck)
        job.refresh_from_db()
    for worker in workers:
        os.kill(worker, signal.SIGTERM)
        os.waitpid(worker, 0)
    sys.stdout.write(f"{struck} {job.state}\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
