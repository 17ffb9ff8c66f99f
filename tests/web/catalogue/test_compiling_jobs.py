"""What was imported is compiled, whatever goes wrong on the way, and nobody is told that it is before it is."""

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import compiling, jobs
from tahaluf.web.catalogue.models import Collection, Edition, ListSource
from tahaluf.web.catalogue.pending import behind, is_late
from tahaluf.web.catalogue.queries import pending
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.common.jobs.leasing import claim
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.jobs.scheduling import SCHEDULES, enqueue_due
from tahaluf.web.common.jobs.services import enqueue
from tahaluf.web.common.jobs.working import due, run_here
from tahaluf.web.config.watching import check_index

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
MakeList = Callable[..., Path]
WorkOff = Callable[..., list[Job]]


def run_all_once() -> list[Job]:
    """Every job that waits and is due now, once."""
    ran = [run_here(str(job.pk)) for job in due()]
    return [job for job in ran if job is not None]


def send(client: Client, path: Path) -> Job:
    client.post(reverse("catalogue:upload"), {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    return Job.objects.filter(kind=jobs.IMPORT).latest("created_at")


def shown(client: Client, job: Job) -> tuple[int, str]:
    """What the page of an import asks for again and again: its status, and what it says."""
    response = client.get(reverse("catalogue:import", args=[job.pk]), headers={"HX-Request": "true"})
    return response.status_code, response.content.decode()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """No index can be written; called, it makes room again."""
    real = compiling.compile_pins

    def fail(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/some/where")

    monkeypatch.setattr(compiling, "compile_pins", fail)
    return lambda: monkeypatch.setattr(compiling, "compile_pins", real)


@pytest.fixture
def compiled(make_list: MakeList) -> Edition:
    import_file(make_list(a="Amal Nouri"), file_name="watch.json", by=None)
    return rebuild(ensure_default())


def test_a_compilation_that_fails_is_tried_again_and_the_import_is_done_all_the_same(
    browse: Browse, administrator: User, compiled: Edition, make_list: MakeList, work_off: WorkOff,
    full_disk: Callable[[], None],
) -> None:  # fmt: skip
    job = send(browse(administrator), make_list(a="Amal Nouri", b="Basel Qadri"))
    run_all_once()
    run_all_once()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"list": "watch", "version": 2, "known": False})
    compiling_ = Job.objects.get(kind=jobs.REBUILD)
    assert (compiling_.state, compiling_.attempts) == ("queued", 1)
    assert compiling_.problem is not None
    told = compiling_.problem["code"], compiling_.problem["found"]
    assert told == ("web.edition_not_made", "No space left on device")
    full_disk()
    work_off(ahead=timedelta(minutes=1))
    assert not pending()


def test_the_page_of_an_import_does_not_say_that_a_list_is_screened_against_before_it_is(
    browse: Browse, administrator: User, compiled: Edition, make_list: MakeList, work_off: WorkOff,
    full_disk: Callable[[], None],
) -> None:  # fmt: skip
    client = browse(administrator)
    job = send(client, make_list(a="Amal Nouri", b="Basel Qadri"))
    run_all_once()
    status, page = shown(client, job)
    assert "is being compiled" in page
    assert "from now on" not in page
    assert "as they were" not in page
    run_all_once()
    status, page = shown(client, job)
    assert "could not be compiled" in page
    assert "no space left on the disk" in page
    assert (status, "hx-get" in page) == (200, True)
    full_disk()
    work_off(ahead=timedelta(minutes=1))
    status, page = shown(client, job)
    assert "screened against it from now on" in page
    assert (status, "hx-get" in page) == (286, False)


def test_a_list_that_is_switched_off_is_imported_and_not_said_to_be_screened_against(
    browse: Browse, administrator: User, compiled: Edition, make_list: MakeList, work_off: WorkOff
) -> None:
    ListSource.objects.update(active=False)
    job = send(browse(administrator), make_list(a="Amal Nouri", b="Basel Qadri"))
    work_off()
    _status, page = shown(browse(administrator), job)
    assert "nobody is screened against it" in page
    assert "from now on" not in page


def test_a_schedule_compiles_what_was_left(
    compiled: Edition, make_list: MakeList, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tahaluf.web.common.jobs.scheduling.SCHEDULES",
        {name: each for name, each in SCHEDULES.items() if each.kind == jobs.PENDING},
    )
    import_file(make_list(a="Amal Nouri", b="Basel Qadri"), file_name="watch.json", by=None)
    assert [collection.slug for collection in behind()] == ["default"]
    assert enqueue_due()
    work_off()
    assert not behind()
    current = Collection.objects.get(slug="default").current
    assert current is not None
    assert current.versions == {"watch": 2}


def test_the_schedule_asks_once_and_only_for_what_is_behind(compiled: Edition, make_list: MakeList) -> None:
    other = Collection.objects.create(slug="ours", title="Ours")
    assert not behind()
    other.sources.set(ListSource.objects.all())
    for asked in (["ours"], []):
        turn = run_here(str(enqueue(jobs.PENDING, {}).pk))
        assert turn is not None
        assert turn.result == {"collections": asked}
    Edition.objects.update(engine="of another engine")
    assert [collection.slug for collection in behind()] == ["default", "ours"]


def test_a_job_that_was_killed_after_it_imported_goes_on_with_what_it_brought(
    browse: Browse, administrator: User, compiled: Edition, make_list: MakeList, work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    class Killed(Exception):
        pass

    def kill(*_args: Any) -> None:
        raise Killed

    job = claim(str(send(browse(administrator), make_list(a="Amal Nouri", b="Basel Qadri")).pk))
    assert job is not None
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "remove_upload", kill)
        with pytest.raises(Killed):
            jobs.import_upload(Running(job))
    import_file(make_list(a="Amal Nouri", b="Basel Qadri", c="Chadi Azzam"), file_name="watch.json", by=None)
    for _ in range(2):
        assert jobs.import_upload(Running(job)) == {"list": "watch", "version": 2, "known": False}
    source = ListSource.objects.select_related("current").get()
    assert source.current is not None
    assert source.current.number == 3
    work_off()
    assert not pending()


def test_health_tells_when_a_list_is_imported_and_not_compiled(
    compiled: Edition, make_list: MakeList, full_disk: Callable[[], None]
) -> None:
    assert check_index() == "ok"
    import_file(make_list(a="Amal Nouri", b="Basel Qadri"), file_name="watch.json", by=None)
    assert check_index() == "behind"
    work = enqueue(jobs.REBUILD, {"collection": "default"})
    assert check_index() == "ok"  # it is being seen to
    Job.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert is_late()
    Job.objects.update(created_at=timezone.now())
    run_here(str(work.pk))
    assert check_index() == "behind"  # it failed, and will be tried again
    ListSource.objects.update(active=False)
    assert not is_late()


def test_the_first_page_says_which_lists_are_not_compiled_yet(
    browse: Browse, analyst: User, compiled: Edition, make_list: MakeList
) -> None:
    assert "not yet compiled" not in browse(analyst).get("/").content.decode()
    import_file(make_list(a="Amal Nouri", b="Basel Qadri"), file_name="watch.json", by=None)
    assert "not yet compiled" in browse(analyst).get("/").content.decode()


def test_the_newest_work_on_lists_is_told_first_and_what_a_schedule_asks_is_not(
    browse: Browse, administrator: User, compiled: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [enqueue(jobs.REBUILD, {"collection": ""}) for _ in range(8)]
    for number, job in enumerate(made):
        Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=number))
    turn = enqueue(jobs.PENDING, {})
    page = browse(administrator).get(reverse("catalogue:lists")).content.decode()
    places = [page.find(str(job.pk)) for job in made]
    assert places[:5] == sorted(places[:5])
    assert min(places[:5]) > 0
    assert places[5:] == [-1, -1, -1]
    assert str(turn.pk) not in page
