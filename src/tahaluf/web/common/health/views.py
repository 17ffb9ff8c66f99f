"""The two pages that machines look at. Strangers learn whether the desk is up and nothing else."""

import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from tahaluf.web.common.health.checks import OK, examine
from tahaluf.web.common.health.metrics import exposition
from tahaluf.web.common.marks import public

FORWARDED = (
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP",
    "HTTP_VIA",
)  # fmt: skip


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while requests can be served, 503 without a database; `degraded` where something else is wrong."""
    found = examine()
    down = found["database"] != OK
    status = "error" if down else "ok" if set(found.values()) == {OK} else "degraded"
    told: dict[str, object] = {"status": status}
    if is_trusted(request):
        told["checks"] = found
    return JsonResponse(told, status=503 if down else 200)


@public
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not is_trusted(request):
        return HttpResponse(status=403)
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def is_trusted(request: HttpRequest) -> bool:
    """Whether the sender shows the token, or sits on this machine and is not a proxy that speaks for another; where a
    proxy stands before the desk, whoever asks shows the token."""
    token = settings.ENVIRONMENT.metrics_token
    kind, _blank, shown = request.headers.get("Authorization", "").partition(" ")
    if token and kind.lower() == "bearer" and hmac.compare_digest(shown.encode(), token.encode()):
        return True
    if settings.ENVIRONMENT.https or any(header in request.META for header in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
