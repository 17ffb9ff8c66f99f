"""A file of subjects into a register, as a job: any format that can be screened can be watched."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from tahaluf.domain import InputError, Problem
from tahaluf.messages import RejectSink, read_batches, subjects_of
from tahaluf.web.accounts.models import User
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.common.uploads import discard_upload
from tahaluf.web.monitoring.services import Watched, watch
from tahaluf.web.review.tables.purposes import Purpose

JOB = "monitoring.import"
BATCH = 500


def ask_import(by: User, register: str, purpose: Purpose, path: Path) -> Job:
    """Watch the subjects of a file that is kept in the data folder."""
    payload = {"register": register, "purpose": purpose.pk, "path": str(path), "by": by.pk}
    return enqueue(JOB, payload, by=by.get_username())


def import_subjects(running: Running) -> Mapping[str, Any]:
    """The job. Done again after a kill, it finds what it stored already as it stands."""
    register, path = str(running.payload["register"]), Path(str(running.payload["path"]))
    purpose = Purpose.objects.get(pk=running.payload["purpose"])
    by = User.objects.get(pk=running.payload["by"])
    total, rows, sink, rejected = Watched(), 0, RejectSink(), 0
    if not path.exists():
        # An earlier run of this job got as far as removing its file.
        return {**total._asdict(), "rejected": rejected}
    for batch in read_batches(path, batch_size=BATCH, rejects=sink):
        rows += batch.num_rows
        if rows > settings.ENVIRONMENT.upload_rows:
            most = settings.ENVIRONMENT.upload_rows
            raise InputError(Problem("web.upload.rows", expected=str(most), found=f"{most}+"))
        done = watch(by, register, purpose, subjects_of(batch))
        total = Watched(*(a + b for a, b in zip(total, done, strict=True)))
        rejected += len({found.concerns for found in sink.take() if not found.screened})
        running.step(rows)
    rejected += len({found.concerns for found in sink.take() if not found.screened})
    discard_upload(path)
    return {**total._asdict(), "rejected": rejected}
