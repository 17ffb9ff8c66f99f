"""A run that is killed is gone on with by another: whatever the point, the result is that of an unbroken run."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job, JobState
from tahaluf.web.common.jobs.running import LeaseLost, Running
from tahaluf.web.common.jobs.working import run_here
from tahaluf.web.review.screenings import reading, running, storing
from tahaluf.web.review.screenings.results import ResultFiles
from tahaluf.web.review.screenings.services import open_file, start
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening

CONTENT = (
    "name,birth date,nationality\n"
    + "Abdelkader Salem Benzeroual,14/03/1979,dz\n=1+1,,\nAmina Dramé,soon,\n" * 3
    + "Yusuf Idris al-Marwani al-Hadrami,,\n,,\n" * 2
    + "Karim Sow,1980,sn\n"
)
COUNTS = (
    "state", "done_batches", "done_rows", "total_rows", "result_bytes", "rejects_bytes", "hits", "flagged",
    "alerts_made", "exempted", "rejected", "noted", "scores", "warnings", "columns",
)  # fmt: skip


class Killed(BaseException):
    """What no handler can catch by mistake."""


class Killer:
    """Counts the points that a run passes and ends it at one of them."""

    def __init__(self) -> None:
        self.passed = 0
        self.at: int | None = None

    def point(self) -> None:
        self.passed += 1
        if self.passed - 1 == self.at:
            raise Killed

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call with a point before and one behind it."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.point()
            result = call(*args, **kwargs)
            self.point()
            return result

        return wrapped


@pytest.fixture
def killer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Killer]:
    made = Killer()
    monkeypatch.setattr(reading, "PIECE", 3)
    for place, name in (
        (ResultFiles, "write"), (storing, "raise_alerts"), (storing.Storing, "store"), (Running, "hold"),
        (running, "_begin"), (running, "_count"), (running, "_finish"), (running, "record"),
    ):  # fmt: skip
        monkeypatch.setattr(place, name, made.around(getattr(place, name)))
    return made


@pytest.fixture
def begun(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile]
) -> Callable[[], Screening]:
    return lambda: start(open_file(analyst, purpose, uploaded(CONTENT)), analyst)


def run(screening: Screening) -> None:
    """One process's try; a killed one is found by the sweep and lined up again."""
    with suppress(Killed):
        run_here(str(screening.job_id))
    Job.objects.filter(pk=screening.job_id, state=JobState.RUNNING).update(state=JobState.QUEUED, lease="")


def result_of(screening: Screening) -> dict[str, Any]:
    """All that must be equal."""
    screening.refresh_from_db()
    alerts = [
        (alert.row, alert.caption, alert.score, alert.place, [(hit.listing_id, hit.score) for hit in alert.hits.all()])
        for alert in screening.alerts.order_by("row").prefetch_related("hits")
    ]
    files = [(settings.DATA / name).read_bytes() for name in (screening.hits_file, screening.rejects_file)]
    return {"alerts": alerts, "files": files, **{name: getattr(screening, name) for name in COUNTS}}


def test_killed_once_at_any_point_it_ends_as_if_never_killed(begun: Callable[[], Screening], killer: Killer) -> None:
    whole = begun()
    run(whole)
    expected = result_of(whole)
    assert (expected["state"], expected["alerts_made"], expected["rejected"]) == ("done", 5, 5)
    points = killer.passed
    assert points >= 40
    for at in range(points):
        screening = begun()
        killer.passed, killer.at = 0, at
        run(screening)
        killer.at = None
        run(screening)
        assert result_of(screening) == expected, f"killed at point {at} of {points}"


@pytest.mark.parametrize("every", [14, 17, 22])
def test_killed_over_and_over_it_ends_all_the_same(every: int, begun: Callable[[], Screening], killer: Killer) -> None:
    whole = begun()
    run(whole)
    expected = result_of(whole)
    screening, tries = begun(), 0
    while result_or_state(screening) != "done":
        killer.passed, killer.at = 0, every
        run(screening)
        tries += 1
        assert tries < 30
    assert tries > 1
    assert result_of(screening) == expected


def result_or_state(screening: Screening) -> str:
    screening.refresh_from_db()
    return screening.state


def test_what_another_worker_has_taken_over_is_not_stored(begun: Callable[[], Screening], killer: Killer) -> None:
    screening = begun()
    killer.passed, killer.at = 0, 20
    with suppress(Killed):
        run_here(str(screening.job_id))
    job = Job.objects.get(pk=screening.job_id)
    mine = Running(job)
    Job.objects.filter(pk=job.pk).update(lease="another’s")
    before = result_or_rows(screening)
    killer.at = None
    with pytest.raises(LeaseLost):
        running.screen_file(mine)
    assert result_or_rows(screening) == before


def result_or_rows(screening: Screening) -> tuple[int, int]:
    screening.refresh_from_db()
    return screening.done_rows, screening.alerts.count()


def test_files_that_are_shorter_than_what_is_stored_stop_the_run(
    begun: Callable[[], Screening], killer: Killer
) -> None:
    screening = begun()
    killer.passed, killer.at = 0, 30
    run(screening)
    screening.refresh_from_db()
    assert screening.result_bytes > 0
    (settings.DATA / screening.hits_file).write_bytes(b"")
    killer.at = None
    run(screening)
    screening.refresh_from_db()
    assert screening.state == "failed"
    assert screening.problem is not None
    assert screening.problem["code"] == "web.screening.files_lost"
