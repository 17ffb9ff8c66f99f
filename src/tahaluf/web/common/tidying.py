"""Files that nobody needs any more, taken away once a day: what a killed process left of an upload, what was kept for a
job that is over.

An app whose tables name uploads says which they are: `KEEPERS.append(kept_files)`, in `AppConfig.ready`.
"""

import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.running import Running

_LOG = logging.getLogger("tahaluf.tidying")
JOB = "common.tidy"
EVERY = timedelta(days=1)
# Between the keeping of a file and the row that names it no request takes so long.
OLD_SECONDS = 24 * 3600
# What is being received, exported, saved: a killed process leaves it.
HALVES = ("*.upload*", "export-*", "backup-*")
# Whoever sees a job fail may want to try again.
FAILED_KEPT = timedelta(days=7)
KEEPERS: list[Callable[[], Iterable[str]]] = []


def tidy(_running: Running | None = None) -> Mapping[str, Any]:
    """The job: removes old uploads that no table and no job names, and what a killed process was still receiving."""
    # First what is there, then what is needed: what comes between is in neither.
    uploads = list(_old(settings.DATA / "uploads", "*"))
    halves = [path for pattern in HALVES for path in _old(settings.DATA, pattern)]
    needed = {Path(path).parent.name for keeper in (_named_by_jobs, *KEEPERS) for path in keeper()}
    gone = [folder for folder in uploads if folder.name not in needed]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    for half in halves:
        if half.is_dir():
            shutil.rmtree(half, ignore_errors=True)
        else:
            half.unlink(missing_ok=True)
    if gone or halves:
        _LOG.info("files removed", extra={"uploads": len(gone), "halves": len(halves)})
    return {"uploads": len(gone), "halves": len(halves)}


def _old(folder: Path, pattern: str) -> Iterator[Path]:
    before = time.time() - OLD_SECONDS
    for path in folder.glob(pattern):
        try:
            if path.stat().st_mtime < before:
                yield path
        except FileNotFoundError:
            continue


def _named_by_jobs() -> Iterator[str]:
    live = Q(state__in=(JobState.QUEUED, JobState.RUNNING))
    failed = Q(state__in=(JobState.FAILED, JobState.CANCELLED), finished_at__gt=timezone.now() - FAILED_KEPT)
    for payload in Job.objects.filter(live | failed).values_list("payload", flat=True).iterator():
        if path := payload.get("path"):
            yield str(path)
