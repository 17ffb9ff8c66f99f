"""A file of subjects into a register: what identifies nobody overwrites nobody, and what became of a file is told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.accounts.services import make_token
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.monitoring import importing
from tahaluf.web.monitoring.models import RegisterFile, WatchedSubject
from tahaluf.web.monitoring.services import watch
from tahaluf.web.review.tables.purposes import Purpose

Send = Callable[..., tuple[RegisterFile, str]]


@pytest.fixture
def send(analyst: User, purpose: Purpose, browse: Callable[[User], Client], work_off: Callable[..., Any]) -> Send:
    """Uploads a file on the page, has it read, and gives what is kept of it with its page."""

    def upload(text: str, name: str = "staff.csv") -> tuple[RegisterFile, str]:
        client = browse(analyst)
        form = {"register": "staff", "purpose": purpose.pk, "file": SimpleUploadedFile(name, text.encode())}
        address = client.post("/subjects/add/file/", form)["Location"]
        work_off()
        return RegisterFile.objects.latest("pk"), client.get(address).text

    return upload


def captions() -> dict[str, str]:
    return dict(WatchedSubject.objects.order_by("external_id").values_list("external_id", "caption"))


def test_a_file_without_identifiers_is_refused_and_replaces_nobody(edition: Any, send: Send) -> None:
    send("id,name\n2,Jean-Baptiste Moreau\n")
    file, page = send("name,birth_date\nAwa Traoré,1980\n")
    assert captions() == {"2": "Jean-Baptiste Moreau"}
    assert file.problem["code"] == "web.watch.no_identifiers"
    assert "no identifiers" in page


def test_a_message_that_numbers_its_travelers_is_refused_as_well(edition: Any, send: Send) -> None:
    lines = "UNB+UNOA:4+A+B+261125:0900+1'UNG+PAXLST+A+B+261125:0900+1+UN+D:02B'UNH+1+PAXLST:D:02B:UN:IATA'BGM+745'"
    lines += "TDT+20+AT100'LOC+125+CMN'DTM+189:2611250900:201'LOC+87+ORY'DTM+232:2611251300:201'"
    lines += "NAD+FL+++MOREAU:JEAN'ATT+2++M'DTM+329:800101'UNT+11+1'UNE+1+1'UNZ+1+1'"
    file, _ = send(lines, "flight.edi")
    assert file.problem["code"] == "web.watch.no_identifiers"
    assert captions() == {}


def test_a_second_row_of_one_identifier_and_a_row_without_one_go_to_the_rejects_with_the_reason(
    edition: Any, send: Send, analyst: User, browse: Callable[[User], Client]
) -> None:
    long = "9" * 121
    text = f"id,name\n1,Awa Traoré\n1,Jean-Baptiste Moreau\n,Khadija Bennani\n{long},Sekou Camara\n5,Omar Diop\n"
    file, page = send(text)
    assert captions() == {"1": "Awa Traoré", "5": "Omar Diop"}
    assert file.counts == {"added": 2, "changed": 0, "same": 0, "unusable": 0, "rejected": 3}
    assert f"/subjects/files/{file.pk}/rejects.csv" in page
    rejects = browse(analyst).get(f"/subjects/files/{file.pk}/rejects.csv").content.decode().splitlines()
    assert [line.split(",")[0] for line in rejects[1:]] == ["3", "4", "5"]
    assert ["web.watch.duplicate" in line for line in rejects[1:]] == [True, False, False]
    assert sum("web.watch.identifier" in line for line in rejects) == 2


def test_the_stop_at_the_most_rows_is_shown_on_the_file_s_page(edition: Any, send: Send, settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, upload_rows=1)
    file, page = send("id,name\n1,Awa Traoré\n2,Omar Diop\n")
    assert file.problem["code"] == "web.upload.rows"
    assert "more rows than are accepted" in page


def test_a_reader_that_drips_is_ended_in_time_and_the_page_says_how_far_it_came(
    edition: Any, send: Send, drip: Callable[..., None]
) -> None:
    drip(importing, seconds=10, most=25, batch_size=1)
    file, page = send("id,name\n1,Awa Traoré\n2,Omar Diop\n3,Amina Dramé\n4,Karim Sow\n")
    assert [file.problem[name] for name in ("code", "expected", "found")] == ["web.upload.time", "25", "2"]
    assert "at most 25 seconds; 2 rows or entries had been read until then" in page
    # As after too many rows, who was read until then is watched.
    assert captions() == {"1": "Awa Traoré", "2": "Omar Diop"}


def test_of_two_subjects_given_under_one_identifier_the_first_is_watched(analyst: User, purpose: Purpose) -> None:
    people = [Subject(" 1", ("Awa Traoré",), Kind.PERSON), Subject("1", ("Omar Diop",), Kind.PERSON)]
    assert watch(analyst, "staff", purpose, people)._asdict() == {"added": 1, "changed": 0, "same": 0, "unusable": 1}
    assert captions() == {"1": "Awa Traoré"}


def test_an_identifier_that_no_database_takes_is_cleaned_and_a_longer_one_than_there_is_room_for_is_refused(
    analyst: User, purpose: Purpose
) -> None:
    people = [Subject("7\0", ("Awa Traoré",), Kind.PERSON), Subject("8" * 121, ("Omar Diop",), Kind.PERSON)]
    assert watch(analyst, "staff", purpose, people).unusable == 1
    assert len(WatchedSubject.objects.get().external_id) == 2 and "\0" not in WatchedSubject.objects.get().external_id


def test_two_who_register_one_subject_at_the_same_moment_are_both_answered(
    analyst: User, purpose: Purpose, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tahaluf.web.monitoring import services

    looked, known = [], services._known

    def know_too_early(register: str, ids: Any) -> dict[str, WatchedSubject]:
        looked.append(register)
        # At the first look the other's row is not there yet.
        return {} if len(looked) == 2 else known(register, ids)

    monkeypatch.setattr(services, "_known", know_too_early)
    people = [Subject("1", ("Awa Traoré",), Kind.PERSON)]
    watch(analyst, "staff", purpose, people)
    assert watch(analyst, "staff", purpose, people).same == 1
    assert len(looked) == 3


def test_the_file_s_job_is_over_once(edition: Any, send: Send) -> None:
    file, page = send("id,name\n1,Awa Traoré\n")
    assert file.finished_at is not None and file.job is not None and Job.objects.get(pk=file.job.pk).is_over
    assert "Load this page again" not in page


def test_a_program_lets_go_of_a_subject_whose_identifier_holds_a_slash(analyst: User, purpose: Purpose) -> None:
    watch(analyst, "staff", purpose, [Subject("2026/17", ("Awa Traoré",), Kind.PERSON)])
    _, secret = make_token(analyst, "a program", Scope.values, 30, purpose=purpose.slug)
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.delete("/api/v1/registers/staff/subjects/2026/17").status_code == 204
    assert not WatchedSubject.objects.get().active
