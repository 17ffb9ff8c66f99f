"""What machines are told of the desk, and what they are not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.common.health import checks
from tahaluf.web.common.jobs.models import Worker
from tahaluf.web.common.jobs.services import enqueue

STRANGER = {"REMOTE_ADDR": "203.0.113.5"}


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(checks.CHECKS, "index", lambda: checks.OK)
    yield


@pytest.fixture
def worker(db: None) -> Worker:
    return Worker.objects.create(name="one", seen_at=timezone.now())


def test_all_is_well(client: Client, worker: Worker) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_a_silent_worker_is_said_and_no_reason_to_send_nobody_here(client: Client, worker: Worker) -> None:
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "checks": {"database": "ok", "worker": "silent", "index": "ok"}}


def test_without_a_database_nobody_is_sent_here(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def down() -> str:
        raise OperationalError("secret-host refused")

    monkeypatch.setitem(checks.CHECKS, "database", down)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "error")
    assert b"secret-host" not in answer.content


def test_a_check_with_a_fault_is_told_and_breaks_nothing(
    client: Client, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(checks.CHECKS, "index", lambda: 1 / 0)
    assert client.get("/healthz").json()["checks"]["index"] == "fault"


@pytest.mark.parametrize(
    "extra",
    [STRANGER, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, {"HTTP_FORWARDED": "for=127.0.0.1"},
     {"HTTP_X_FORWARDED_PROTO": "http"}, {"HTTP_X_FORWARDED_HOST": "localhost"}],
)  # fmt: skip
def test_strangers_learn_no_details(client: Client, worker: Worker, extra: dict[str, str]) -> None:
    assert client.get("/healthz", **extra).json() == {"status": "ok"}
    assert client.get("/metrics", **extra).status_code == 403


def test_behind_a_proxy_nobody_is_taken_for_this_machine(
    client: Client, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/metrics").status_code == 200
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, https=True))
    assert client.get("/metrics").status_code == 403


@pytest.mark.parametrize(
    ("token", "shown", "status"),
    [("abc", "Bearer abc", 200), ("abc", "Bearer abd", 403), ("", "Bearer ", 403), ("", "", 403), ("abc", "abc", 403),
     ("abc", "Bearer é", 403)],
)  # fmt: skip
def test_a_monitor_from_elsewhere_shows_the_token(
    client: Client, worker: Worker, monkeypatch: pytest.MonkeyPatch, token: str, shown: str, status: int
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, metrics_token=token))
    assert client.get("/metrics", HTTP_AUTHORIZATION=shown, **STRANGER).status_code == status


def test_metrics_tell_requests_jobs_alerts_and_ages(client: Client, worker: Worker) -> None:
    enqueue("test.waiting", {})
    client.get("/nothing/here/نور")
    text = client.get("/metrics").content.decode()
    for line in ('tahaluf_jobs{state="queued"} 1.0', "tahaluf_workers 1.0", "tahaluf_open_alerts 0.0"):
        assert line in text
    assert 'tahaluf_requests_total{method="GET",status="404",view="nothing"}' in text
    assert "tahaluf_oldest_job_seconds" in text
    assert "نور" not in text


def test_nobody_invents_methods_for_metrics(client: Client, db: None) -> None:
    client.generic("BREW", "/healthz")
    assert "BREW" not in client.get("/metrics").content.decode()


def test_an_answer_bears_the_id_of_its_request(client: Client, browse: Callable[[User], Client], analyst: User) -> None:
    assert client.get("/healthz", HTTP_X_REQUEST_ID="from-proxy-1").headers["X-Request-ID"] == "from-proxy-1"
    made = browse(analyst).get("/", HTTP_X_REQUEST_ID="<script>alert(1)</script>").headers["X-Request-ID"]
    assert len(made) == 32
