"""Delivering events to webhooks: signed, tried again, once each.

A message is a POST of JSON with the header `Tahaluf-Signature: t=<seconds>,v1=<hex>`, where the hex digits are the
HMAC-SHA256 of `<seconds>.<body>` by the webhook's secret; `Tahaluf-Event` is the event's id, by which a receiver tells
a message that comes twice. Redirects are not followed. An answer of 2xx takes it.
"""

import hashlib
import hmac
import time
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Protocol

import orjson
from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.jobs.running import Running
from tahaluf.web.common.sealing import Unsealable, unseal
from tahaluf.web.monitoring.events import DELIVER, body_of
from tahaluf.web.monitoring.models import Delivery, DeliveryState

JOB = DELIVER
# What is new is sent at once; every minute, what is to be tried again.
EVERY = timedelta(minutes=1)
FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(hours=3)
GIVE_UP_AFTER = timedelta(days=1)
SECONDS = 10.0
# Longer than an address may take to answer: what was claimed by a process that was killed is due again after it.
CLAIMED = timedelta(minutes=2)


class Post(Protocol):
    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer; an exception where there is none."""


def sign(secret: str, body: bytes, at: int) -> str:
    """The value of the signature header."""
    digest = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Undelivered(Exception):
    """Nobody took it; why, in one word."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Send it; of the answer only the status is read."""
    import urllib3  # noqa: PLC0415 (6 MB that a web server has no use for)

    with urllib3.PoolManager(timeout=urllib3.Timeout(total=SECONDS), retries=False) as pool:
        try:
            answer = pool.request("POST", url, body=body, headers=dict(headers), redirect=False, preload_content=False)
            answer.release_conn()
        except urllib3.exceptions.HTTPError as failed:
            raise Undelivered(type(failed).__name__) from failed
        return answer.status


def deliver_due(running: Running, send: Post = post) -> Mapping[str, Any]:
    """The job: what is due, oldest first, until nothing is. No transaction is open while an address answers. A webhook
    that did not take a message is left alone until the next run, so that it holds up no other."""
    tried = taken = 0
    failing: set[int] = set()
    while (delivery := _claim(failing)) is not None:
        running.step(tried)
        status, problem = _try(delivery, send)
        with transaction.atomic():
            running.hold()
            _note(delivery, status, problem)
        tried += 1
        if delivery.state == DeliveryState.DELIVERED:
            taken += 1
        else:
            failing.add(delivery.webhook_id)
    return {"tried": tried, "taken": taken}


def _claim(failing: Collection[int]) -> Delivery | None:
    """The next that is due, ours for `CLAIMED`: of two runs at the same time one sends it."""
    while True:
        now = timezone.now()
        due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=now, webhook__active=True)
        due = due.exclude(webhook__in=failing).select_related("webhook", "event")
        delivery = due.order_by("next_at", "pk").first()
        if delivery is None:
            return None
        free = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, next_at=delivery.next_at)
        if free.update(next_at=now + CLAIMED):
            return delivery


def _try(delivery: Delivery, send: Post) -> tuple[int | None, str]:
    body = orjson.dumps(body_of(delivery.event))
    try:
        secret = unseal(delivery.webhook.sealed_secret)
    except Unsealable:
        return None, "TAHALUF_FORMER_KEYS"
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "tahaluf",
        "Tahaluf-Event": str(delivery.event.uid),
        "Tahaluf-Signature": sign(secret, body, int(time.time())),
    }
    try:
        return send(delivery.webhook.url, body, headers), ""
    except Undelivered as failed:
        return None, str(failed)
    except OSError as failed:
        return None, type(failed).__name__


def _note(delivery: Delivery, status: int | None, problem: str) -> None:
    now = timezone.now()
    delivery.attempts += 1
    delivery.status, delivery.problem = status, problem
    if status is not None and 200 <= status < 300:
        delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, now
    elif now - delivery.event.at > GIVE_UP_AFTER:
        delivery.state = DeliveryState.GIVEN_UP
    else:
        delivery.next_at = now + min(FIRST_WAIT * 2 ** (delivery.attempts - 1), LONGEST_WAIT)
    delivery.save(update_fields=["attempts", "status", "problem", "state", "delivered_at", "next_at"])
