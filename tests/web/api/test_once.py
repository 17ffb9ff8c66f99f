"""What a program's request leaves when it is cut short, and who may carry results away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.api.models import RememberedRequest
from tahaluf.web.api.v1 import idempotency
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.tables.screenings import Screening
from tests.web.api.conftest import Program

V1 = "/api/v1"


def upload(client: Client, key: str = "a-key-of-mine") -> Any:
    file = SimpleUploadedFile("travelers.csv", b"name\nAbdelkader Salem Benzeroual\n", "text/csv")
    return client.post(f"{V1}/screenings", {"file": file, "purpose": "border"}, headers={"Idempotency-Key": key})


@pytest.fixture
def desk(program: Program, analyst: User, sample: Edition) -> Client:
    client = program(analyst)
    client.raise_request_exception = False
    return client


def test_what_is_cut_short_before_it_is_remembered_was_not_done(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_value: Any) -> bytes:
        raise OSError("cut short")

    with monkeypatch.context() as patched:
        patched.setattr(idempotency.orjson, "dumps", fail)
        assert upload(desk).status_code == 500
    assert (
        Screening.objects.count(),
        Job.objects.filter(kind="review.screening").count(),
        RememberedRequest.objects.count(),
    ) == (0, 0, 0)
    assert upload(desk).status_code == 201
    assert Screening.objects.count() == 1


def test_what_was_begun_anew_by_another_is_not_done_twice(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    dumps = idempotency.orjson.dumps

    def lose(value: Any) -> bytes:
        RememberedRequest.objects.all().delete()
        return dumps(value)

    with monkeypatch.context() as patched:
        patched.setattr(idempotency.orjson, "dumps", lose)
        answer = upload(desk)
    assert answer.status_code == 409
    assert Screening.objects.count() == 0


def test_whoever_may_not_carry_results_away_gets_none_by_a_token(
    program: Program, analyst: User, person: Callable[..., User], sample: Edition, work_off: Callable[..., Any]
) -> None:
    path = f"{V1}/screenings/{upload(program(analyst)).json()['id']}"
    work_off()
    other = program(person(Role.PROGRAMME_MANAGER))
    assert other.get(path).status_code == 200
    for what in ("hits", "rejects"):
        assert other.get(f"{path}/{what}").status_code == 403
        taken = program(analyst).get(f"{path}/{what}")
        assert (taken.status_code, bool(b"".join(taken))) == (200, what == "hits")
