"""A POST that is sent twice is done once: the header `Idempotency-Key`, remembered for a day.

    return once(request, lambda: (201, work()))

The same key with another request is refused; one whose first request is still worked on is asked to come again. A
request that is refused is not remembered: it may be mended and sent again.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.models import RememberedRequest

KEPT = timedelta(days=1)
GIVEN_UP = timedelta(minutes=10)
SHORTEST, LONGEST = 8, 100
PURGED = 200

Work = Callable[[], tuple[int, Any]]


def once(request: HttpRequest, caller: Caller, work: Work, content: bytes = b"") -> HttpResponse:
    """The answer of `work`, or the one that was given to this key before. `content` stands for a body that is no
    JSON."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        status, value = work()
        return _answer(status, orjson.dumps(value))
    if not SHORTEST <= len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        raise Refused(422, "api.value", field="Idempotency-Key", expected=f"{SHORTEST}–{LONGEST} ASCII", found=key[:40])
    digest = hashlib.sha256(
        f"{request.method} {request.get_full_path()}\n".encode() + (content or request.body)
    ).hexdigest()
    remembered = _begin(caller.token.pk, key, digest)
    if remembered.status:
        return _answer(remembered.status, remembered.body.encode(), replayed=True)
    try:
        # Killed before both are there, neither is: whoever asks again has it done.
        with transaction.atomic():
            status, value = work()
            body = orjson.dumps(value)
            kept = RememberedRequest.objects.filter(pk=remembered.pk).update(status=status, body=body.decode())
            if not kept:
                # It took so long that somebody else has begun it anew.
                raise Refused(409, "api.key_running", field="Idempotency-Key", headers={"Retry-After": "2"})
    except BaseException:
        remembered.delete()
        raise
    return _answer(status, body)


def _begin(token: int, key: str, digest: str) -> RememberedRequest:
    """The new request of this key, or the one that was answered."""
    now = timezone.now()
    old = RememberedRequest.objects.filter(made_at__lt=now - KEPT).values_list("pk", flat=True)[:PURGED]
    RememberedRequest.objects.filter(pk__in=list(old)).delete()
    RememberedRequest.objects.filter(token=token, key=key, status=0, made_at__lt=now - GIVEN_UP).delete()
    try:
        with transaction.atomic():
            return RememberedRequest.objects.create(token=token, key=key, digest=digest, made_at=now)
    except IntegrityError:
        known = RememberedRequest.objects.filter(token=token, key=key).first()
    if known is not None and known.digest != digest:
        raise Refused(409, "api.key_reused", field="Idempotency-Key")
    if known is None or not known.status:
        raise Refused(409, "api.key_running", field="Idempotency-Key", headers={"Retry-After": "2"})
    return known


def _answer(status: int, body: bytes, *, replayed: bool = False) -> HttpResponse:
    headers = {"Idempotent-Replayed": "true"} if replayed else None
    return HttpResponse(body, "application/json", status, headers=headers)
