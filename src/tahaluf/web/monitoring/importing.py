"""A file of subjects into a register, as a job: any format that gives each subject an identifier of its owner's.

What became of a file, and which of its rows were not taken and why, stays on its page (`RegisterFile`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tahaluf.domain import InputError, Problem, Subject, Where
from tahaluf.messages import Rejection, RejectSink, read_batches, render_rejects, subjects_of
from tahaluf.prose.problems import describe_found
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.common.reading import in_time
from tahaluf.web.common.uploads import Kept, discard_upload
from tahaluf.web.monitoring.models import RegisterFile
from tahaluf.web.monitoring.services import LONGEST_ID, Watched, external_id, watch
from tahaluf.web.review.screenings.reading import rows_of
from tahaluf.web.review.tables.purposes import Purpose

JOB = "monitoring.import"
BATCH = 500
MOST_REJECTS = 5000


def ask_import(by: User, register: str, purpose: Purpose, kept: Kept) -> RegisterFile:
    """Watch the subjects of a file that is kept in the data folder."""
    with transaction.atomic():
        payload = {"register": register, "purpose": purpose.pk, "path": str(kept.path), "by": by.pk}
        made = RegisterFile.objects.create(
            register=register, name=kept.name, by_name=by.get_username(),
            job=enqueue(JOB, payload, by=by.get_username()),
            delete_on=timezone.localdate() + timedelta(days=purpose.keep_days),
        )  # fmt: skip
        record(by, "subjects.uploaded", ("register", register), digest=kept.digest)
    return made


def import_subjects(running: Running) -> Mapping[str, Any]:
    """The job. Done again after a kill, it finds what it stored already as it stands."""
    register, path = str(running.payload["register"]), Path(str(running.payload["path"]))
    purpose = Purpose.objects.get(pk=running.payload["purpose"])
    by = User.objects.get(pk=running.payload["by"])
    if not path.exists():
        # An earlier run of this job got as far as removing its file.
        return {}
    total, rows, taking = Watched(), 0, _Taking()
    for batch in in_time(read_batches(path, batch_size=BATCH, rejects=taking.sink), rows_of):
        rows += batch.num_rows
        if rows > settings.ENVIRONMENT.upload_rows:
            most = settings.ENVIRONMENT.upload_rows
            raise InputError(Problem("web.upload.rows", expected=str(most), found=f"{most}+"))
        done = watch(by, register, purpose, taking.of(batch))
        total = Watched(*(a + b for a, b in zip(total, done, strict=True)))
        running.step(rows)
    taking.look()
    told = {**total._asdict(), "rejected": taking.rejected}
    with transaction.atomic():
        running.hold()
        RegisterFile.objects.filter(job=running.job).update(counts=told, rejects=taking.text)
    discard_upload(path)
    return told


def ended(job: Job) -> None:
    """The job is over, whatever ended it: the file's page says so."""
    RegisterFile.objects.filter(job=job).update(problem=job.problem, finished_at=timezone.now())


class _Taking:
    """Takes a file's subjects that have an identifier of their own, and gathers what is not taken, as the lines of a
    rejects file; of those at most `MOST_REJECTS`."""

    def __init__(self) -> None:
        self.sink = RejectSink()
        self.rejected = 0
        self.text = ""
        self._seen: dict[str, int] = {}
        self._lines = 0

    def of(self, batch: pa.RecordBatch) -> list[Subject]:
        """The subjects of a batch that are taken. InputError where the file identifies nobody: its rows' numbers would
        stand for other people in the next file."""
        columns = self.sink.columns
        if self.sink.units or (columns is not None and "id" not in columns.roles):
            raise InputError(Problem("web.watch.no_identifiers"))
        lines = batch.column("line").to_pylist()
        taken = list(self._choose(subjects_of(batch), lines))
        self.look()
        return taken

    def _choose(self, subjects: Iterable[Subject], lines: Sequence[int | None]) -> Iterator[Subject]:
        for subject, line in zip(subjects, lines, strict=True):
            known_as, where = external_id(subject.id), Where(line=line)
            if not known_as or known_as == f"line-{line}":
                found = subject.id[:LONGEST_ID] if not known_as else ""
                self.sink.reject(Problem("web.watch.identifier", where, str(LONGEST_ID), found), "")
            elif known_as in self._seen:
                first = str(self._seen[known_as])
                self.sink.reject(Problem("web.watch.duplicate", where, first, known_as), "")
            else:
                self._seen[known_as] = line or 0
                yield subject

    def look(self) -> None:
        """Keep what the sink has gathered; what was left out of a row that is watched all the same is no reject."""
        turned_away: list[Rejection] = [found for found in self.sink.take() if not found.screened]
        own = [found for found in turned_away if found.problem.code != "messages.table.duplicate_id"]
        self.rejected += len({found.concerns for found in own})
        room = MOST_REJECTS - self._lines
        self.text += render_rejects(own[:room], heading=not self.text, sentence=describe_found)
        self._lines += len(own[:room])
