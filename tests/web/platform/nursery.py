"""Run by `test_killed.py` in a process of its own: workers that are killed, again and again, over one job's work.

Prints how often a worker was killed and how the job stands. The job stores rows in pieces; how far it came stands in a
table, in the transaction of the rows.
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


def execute(statement: str, *values: object) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def store(job: Running) -> dict[str, int]:
    """Rows 0 … total, a piece in a transaction."""
    total = job.payload["total"]
    while (done := execute("SELECT done FROM kill_progress")[0][0]) < total:
        job.step(done, total)
        with transaction.atomic():
            job.hold()
            # What another worker stored meanwhile would be stored again, were the job not ours alone.
            for number in range(done, min(done + PIECE, total)):
                execute("INSERT INTO kill_rows (number) VALUES (%s)", number)
            execute("UPDATE kill_progress SET done = %s", min(done + PIECE, total))
        time.sleep(random.uniform(0, 0.02))
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


def main(total: int, kills: int, seed: int) -> None:
    hurry()
    SCHEDULES.clear()
    register("test.kill", store)
    execute("CREATE TABLE kill_rows (number INTEGER)")
    execute("CREATE TABLE kill_progress (done INTEGER)")
    execute("INSERT INTO kill_progress VALUES (0)")
    job = enqueue("test.kill", {"total": total})
    chance = random.Random(seed)
    workers = [fork_worker() for _ in range(WORKERS)]
    killed = 0
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        time.sleep(chance.uniform(0.02, 0.7) if killed < kills else 0.2)
        job.refresh_from_db()
        if job.is_over:
            break
        if killed < kills:
            victim = chance.randrange(WORKERS)
            os.kill(workers[victim], signal.SIGKILL)
            os.waitpid(workers[victim], 0)
            killed += 1
            workers[victim] = fork_worker()
    for worker in workers:
        os.kill(worker, signal.SIGTERM)
        os.waitpid(worker, 0)
    sys.stdout.write(f"{killed} {job.state}\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
