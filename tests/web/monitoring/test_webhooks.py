"""Whoever asked is told: signed, once each, again where it was not taken; and the feed."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tahaluf.domain import InputError
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.monitoring import webhooks
from tahaluf.web.monitoring.events import enqueue_deliveries
from tahaluf.web.monitoring.models import Delivery, DeliveryState, Notice, Webhook
from tahaluf.web.monitoring.services import add_webhook, remove_webhook, set_webhook
from tests.web.monitoring.test_following import Alone
from tests.web.monitoring.test_watch import listed_name


class Message(NamedTuple):
    body: bytes
    headers: dict[str, str]


class Receiver:
    """A real server that answers what it is told to, and keeps what it was sent."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.messages: list[Message] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.messages.append(Message(body, dict(self.headers)))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_told: Any) -> None:
                """Silent."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


class Told(NamedTuple):
    webhook: Webhook
    secret: str


@pytest.fixture
def told(receiver: Receiver, administrator: User) -> Told:
    return Told(*add_webhook(administrator, receiver.url, []))


@pytest.fixture
def happen(edition: Edition, watch_names: Callable[..., Any], work_off: Callable[..., list[Job]]) -> Callable[[], None]:
    """Somebody who is listed is watched."""

    def watch_listed() -> None:
        watch_names([listed_name(edition)])
        work_off()

    return watch_listed


def make_due() -> None:
    Delivery.objects.filter(state=DeliveryState.WAITING).update(next_at=timezone.now())


def deliver(work_off: Callable[..., list[Job]]) -> None:
    make_due()
    enqueue_deliveries()
    work_off()


def is_ours(secret: str, header: str, body: bytes) -> bool:
    """As docs/how-to/watch-subjects.md tells receivers to check."""
    parts = dict(part.split("=", 1) for part in header.split(","))
    wanted = hmac.new(secret.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, parts["v1"])


def test_what_is_found_is_told_at_once_signed_and_without_names(
    told: Told, receiver: Receiver, happen: Callable[[], None], edition: Edition
) -> None:
    happen()
    (message,) = receiver.messages
    assert is_ours(told.secret, message.headers["Tahaluf-Signature"], message.body)
    assert not is_ours("another secret", message.headers["Tahaluf-Signature"], message.body)
    assert not is_ours(told.secret, message.headers["Tahaluf-Signature"], message.body + b" ")
    notice = Notice.objects.get()
    body = json.loads(message.body)
    assert (body["id"], body["kind"], body["subject"]) == (str(notice.uid), "hit.new", "0")
    assert message.headers["Tahaluf-Event"] == str(notice.uid)
    assert listed_name(edition) not in message.body.decode()
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


@pytest.mark.parametrize("refusal", [500, 404, 302, 429])
def test_what_is_not_taken_comes_again_later_each_time_until_it_is(
    refusal: int, told: Told, receiver: Receiver, happen: Callable[[], None], work_off: Callable[..., list[Job]]
) -> None:
    receiver.answers = [refusal, refusal, 204]
    happen()
    waits = []
    for _ in range(2):
        waiting = Delivery.objects.get()
        assert (waiting.state, waiting.status) == (DeliveryState.WAITING, refusal)
        waits.append((waiting.next_at - timezone.now()).total_seconds())
        deliver(work_off)
    assert 10 < waits[0] <= 20 < waits[1] <= 40
    taken = Delivery.objects.get()
    assert (taken.state, taken.attempts, taken.status) == (DeliveryState.DELIVERED, 3, 204)
    assert len({message.headers["Tahaluf-Event"] for message in receiver.messages}) == 1
    deliver(work_off)
    assert len(receiver.messages) == 3


def test_a_message_that_is_not_due_yet_is_not_sent(
    told: Told, receiver: Receiver, happen: Callable[[], None], work_off: Callable[..., list[Job]]
) -> None:
    receiver.answers = [503]
    happen()
    enqueue_deliveries()
    work_off()
    assert len(receiver.messages) == 1


def test_after_a_day_it_is_given_up_and_the_webhook_s_page_says_so(
    told: Told, receiver: Receiver, happen: Callable[[], None], work_off: Callable[..., list[Job]],
    administrator: User, browse: Callable[[User], Client],
) -> None:  # fmt: skip
    receiver.answers = [500, 500]
    happen()
    Notice.objects.update(at=timezone.now() - timedelta(days=1, minutes=1))
    deliver(work_off)
    given_up = Delivery.objects.get()
    assert (given_up.state, given_up.attempts) == (DeliveryState.GIVEN_UP, 2)
    deliver(work_off)
    assert len(receiver.messages) == 2
    assert "given up" in browse(administrator).get(f"/webhooks/{told.webhook.pk}/").text


def test_an_address_where_nobody_answers_holds_up_no_other(
    told: Told, receiver: Receiver, happen: Callable[[], None], administrator: User
) -> None:
    dead, _ = add_webhook(administrator, "http://127.0.0.1:9/dead", [])
    happen()
    states = dict(Delivery.objects.values_list("webhook_id", "state"))
    assert states == {told.webhook.pk: DeliveryState.DELIVERED, dead.pk: DeliveryState.WAITING}
    assert Delivery.objects.get(webhook=dead).problem != ""


def test_an_address_that_fails_is_left_alone_for_the_rest_of_the_run_and_all_others_are_told_everything(
    told: Told, receiver: Receiver, happen: Callable[[], None], administrator: User, work_off: Callable[..., list[Job]]
) -> None:
    happen()
    receiver.messages.clear()
    dead, _ = add_webhook(administrator, "http://127.0.0.1:9/dead", [])
    events = Notice.objects.bulk_create(Notice(kind="hit.new", payload={}) for _ in range(230))
    now = timezone.now()
    for webhook in (dead, told.webhook):
        Delivery.objects.bulk_create(Delivery(webhook=webhook, event=event, next_at=now) for event in events)
    deliver(work_off)
    assert len(receiver.messages) == 230
    assert Delivery.objects.filter(webhook=dead, attempts__gt=0).count() == 1


def test_of_two_runs_at_the_same_time_one_sends_a_message(
    told: Told, happen: Callable[[], None], receiver: Receiver
) -> None:
    receiver.answers = [500]
    happen()
    make_due()
    sent: list[str] = []

    def send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
        sent.append(url)
        if len(sent) == 1:
            # The other run comes while the address is answering.
            webhooks.deliver_due(Alone(), send)
        return 200

    webhooks.deliver_due(Alone(), send)
    assert len(sent) == 1
    assert Delivery.objects.get().state == DeliveryState.DELIVERED


def test_only_the_kinds_that_were_asked_for_are_told(
    receiver: Receiver, administrator: User, happen: Callable[[], None]
) -> None:
    add_webhook(administrator, receiver.url, ["hit.withdrawn"])
    happen()
    assert Notice.objects.count() == 1
    assert receiver.messages == []


def test_a_webhook_that_is_stopped_is_told_what_it_missed_when_it_goes_on(
    told: Told, receiver: Receiver, happen: Callable[[], None], administrator: User,
    work_off: Callable[..., list[Job]],
) -> None:  # fmt: skip
    receiver.answers = [500]
    happen()
    set_webhook(administrator, told.webhook, active=False)
    deliver(work_off)
    assert len(receiver.messages) == 1
    set_webhook(administrator, told.webhook, active=True)
    deliver(work_off)
    assert len(receiver.messages) == 2


def test_the_secret_is_shown_once_and_lies_sealed(administrator: User, browse: Callable[[User], Client]) -> None:
    client = browse(administrator)
    page = client.post("/webhooks/", {"url": "https://example.org/hook", "kinds": ["hit.new"], "description": "x"}).text
    shown = page.split('id="secret"')[1].split('value="')[1].split('"')[0]
    assert len(shown) == 43
    assert shown not in client.get("/webhooks/").text
    assert shown not in str(Webhook.objects.values())


@pytest.mark.parametrize(
    "address", ["http://example.org/", "ftp://example.org/", "https://", "https://a:b@example.org/", "file:///etc/x"]
)
def test_an_address_that_is_not_safe_is_refused(address: str, administrator: User) -> None:
    with pytest.raises(InputError) as refused:
        add_webhook(administrator, address, [])
    assert refused.value.problem.code == "web.webhook.address"
    assert not Webhook.objects.exists()


def test_only_an_administrator_adds_stops_and_removes(told: Told, analyst: User, administrator: User) -> None:
    for act in (
        lambda: add_webhook(analyst, "https://example.org/", []),
        lambda: set_webhook(analyst, told.webhook, active=False),
        lambda: remove_webhook(analyst, told.webhook),
    ):
        with pytest.raises(PermissionDenied):
            act()
    remove_webhook(administrator, told.webhook)
    assert not Webhook.objects.exists()


def test_the_feed_gives_every_event_once_in_its_order(
    happen: Callable[[], None], watch_names: Callable[..., Any], work_off: Callable[..., list[Job]],
    analyst: User, browse: Callable[[User], Client],
) -> None:  # fmt: skip
    happen()
    client = browse(analyst)
    first = client.get("/monitoring/feed.json?after=0").json()
    assert [event["kind"] for event in first["items"]] == ["hit.new"]
    watch_names(["Jean-Baptiste Moreau"])
    work_off()
    second = client.get(f"/monitoring/feed.json?after={first['next']}").json()
    assert [(event["kind"], event["because"]) for event in second["items"]] == [("hit.withdrawn", "under_threshold")]
    assert client.get(f"/monitoring/feed.json?after={second['next']}").json() == {"items": [], "next": second["next"]}


def test_what_was_not_taken_stands_first_with_its_attempts_and_the_last_answer(
    told: Told, receiver: Receiver, happen: Callable[[], None], browse: Callable[..., Client], administrator: User
) -> None:
    receiver.answers = [503]
    happen()
    failing, notice = Delivery.objects.get(), Notice.objects.get()
    for number in range(60):
        later = Notice.objects.create(kind=notice.kind, payload=notice.payload)
        Delivery.objects.create(
            webhook=told.webhook, event=later, state=DeliveryState.DELIVERED, attempts=1, status=200,
            next_at=timezone.now() - timedelta(minutes=number),
        )  # fmt: skip
    client = browse(administrator)
    page = client.get(f"/webhooks/{told.webhook.pk}/")
    first = page.context["page"][0]
    assert (first.pk, first.attempts, first.status) == (failing.pk, 1, 503)
    assert "to be sent again" in page.text and "503" in page.text
    assert len(client.get(f"/webhooks/{told.webhook.pk}/?page=2").context["page"]) == 11
    listed = client.get("/webhooks/").context["webhooks"][0]
    assert (listed.repeated, listed.waiting, listed.next_at) == (1, 1, failing.next_at)
