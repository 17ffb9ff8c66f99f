"""A file of 100,000 people through the desk: uploaded, counted, screened, stored, against the benchmark's longest list.

usage: desk_upload.py [--rows N] [--write]

Promised are 60 seconds for 100,000 rows on two cores, from the upload to the last alert in the database (SQLite, in a
folder that goes afterwards), with the job run as a worker runs it. People have a name and a birth date; some names have
words of listed names. How long another writer waits for the database meanwhile is told as well. A short form:
`--rows 2000`.
"""

import argparse
import csv
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

from measuring.machine import BENCH
from measuring.names import Travelers
from measuring.page import Figure, report, tell_figures
from measuring.programs import run_program

LIST = "list_alias.ftm.json.gz"
SLOWEST = 60.0
PROMISED_ROWS = 100_000
OFTEN = 0.05


def write_people(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "birth date"])
        for number, name in enumerate(Travelers(BENCH, 9).make(count)):
            writer.writerow([number, name, 1950 + number % 55])


class Beside:
    """Another writer, as a person's click is: how long each of its writes waits, in milliseconds."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self._over = Event()
        self._thread = Thread(target=self._write, daemon=True)

    def __enter__(self) -> "Beside":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _write(self) -> None:
        from django.db import connection  # noqa: PLC0415 (Django is set up only now)

        from tahaluf.web.common.audit.services import record  # noqa: PLC0415

        while not self._over.wait(OFTEN):
            begin = time.perf_counter()
            record(None, "bench.write")
            self.times.append((time.perf_counter() - begin) * 1000)
        connection.close()


def prepare() -> None:
    """A desk of its own, with the list compiled."""
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "tahaluf.web.config.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild  # noqa: PLC0415
    from tahaluf.web.common.jobs.process import collect_seldom  # noqa: PLC0415

    collect_seldom()
    call_command("migrate", verbosity=0)
    import_file(BENCH / LIST, file_name=LIST, by=None, title="Benchmark")
    rebuild(ensure_default())


def measure(count: int, work: Path) -> Iterator[Figure]:
    from django.core.files import File  # noqa: PLC0415
    from django.core.files.uploadedfile import UploadedFile  # noqa: PLC0415

    from tahaluf.web.accounts.models import RoleGrant, User  # noqa: PLC0415
    from tahaluf.web.common.jobs.working import run  # noqa: PLC0415
    from tahaluf.web.review.purposes.services import ensure_defaults  # noqa: PLC0415
    from tahaluf.web.review.screenings.services import open_file, start  # noqa: PLC0415
    from tahaluf.web.review.tables.alerts import Alert  # noqa: PLC0415

    user = User.objects.create_user("bench", password=None)
    RoleGrant.objects.create(user=user, role="analyst")
    purpose = ensure_defaults()[0]
    path = work / "people.csv"
    write_people(path, count)
    begin = time.perf_counter()
    with path.open("rb") as file:
        upload = UploadedFile(File(file), "people.csv", size=path.stat().st_size)
        screening = start(open_file(user, purpose, upload), user)
    taken_in = time.perf_counter() - begin
    with Beside() as beside:
        run(str(screening.job_id))
    seconds = time.perf_counter() - begin
    screening.refresh_from_db()
    if (screening.state, screening.done_rows) != ("done", count):
        raise SystemExit(f"{screening.state}: {screening.done_rows} of {count} rows, {screening.problem}")
    alerts = Alert.objects.filter(screening=screening).count()
    told = f"{count:,} rows, {alerts:,} alerts, {screening.hits:,} hits"
    promise = SLOWEST if count == PROMISED_ROWS else None
    yield Figure(f"A file uploaded, screened and stored ({told})", seconds, "s", promise)
    yield Figure("… of it, taking it in and looking into it", taken_in, "s")
    yield Figure("… rows a second, all together", count / seconds, "")
    ranked = sorted(beside.times) or [0.0]
    yield Figure("… another writer meanwhile waits, median", statistics.median(ranked), "ms")
    yield Figure("… 95 of 100 of its writes wait no longer than", ranked[int(0.95 * (len(ranked) - 1))], "ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=PROMISED_ROWS)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not BENCH.is_dir():
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return 0
    if not options.within:
        with tempfile.TemporaryDirectory() as folder:
            surroundings = {"TAHALUF_DATA": folder, "TAHALUF_DATABASE": f"sqlite:///{folder}/desk.sqlite3"}
            command = [sys.executable, __file__, "--within", "--rows", str(options.rows)]
            done = run_program(command, surroundings)
        text = f"{done.output}| … most memory held by the process | {done.peak / 1e6:,.0f} MB | | | |\n"
        report("desk_upload", f"List: `{LIST}`; SQLite.\n\n{text}", write=options.write)
        return 0
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        print(tell_figures(measure(options.rows, Path(folder))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
