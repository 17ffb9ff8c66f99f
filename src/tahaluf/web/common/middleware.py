"""Around every request: its id, how long it took and how it ended, for metrics and logs.

What is told of a request is the view's name, method, status and time: no address, no query, no person.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from tahaluf.web.common.health.metrics import REQUESTS, SECONDS
from tahaluf.web.common.logs import REQUEST_ID

GetResponse = Callable[[HttpRequest], HttpResponse]
LOG = logging.getLogger("tahaluf.requests")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# A proxy's own id is kept where it can be nothing else.
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Called every few seconds by machines, or for every page.
QUIET = {"common:healthz", "common:metrics", "static", "nothing"}


class Observed:
    """Counts requests, and names each in the logs and in the answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if _ID.fullmatch(given) else uuid.uuid4().hex
        token = REQUEST_ID.set(name)
        began = time.perf_counter()
        try:
            response = self._get_response(request)
            _tell(request, response.status_code, time.perf_counter() - began)
        finally:
            REQUEST_ID.reset(token)
        response.headers["X-Request-ID"] = name
        return response


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    view = view_name(request)
    method = request.method if request.method in METHODS else "OTHER"
    requests, times = _counted(view, method, status)
    requests.inc()
    times.observe(seconds)
    if view not in QUIET:
        LOG.info(
            "request", extra={"view": view, "method": method, "status": status, "seconds": round(seconds, 4)}
        )  # fmt: skip


@lru_cache(maxsize=1024)
def _counted(view: str, method: str | None, status: int) -> tuple[Counter, Histogram]:
    """What counts such requests; looking it up costs more than counting."""
    return REQUESTS.labels(view, method, str(status)), SECONDS.labels(view, method)


def view_name(request: HttpRequest) -> str:
    """The route's name; one word for files, and one for whatever leads nowhere."""
    if (match := request.resolver_match) is not None:
        return match.view_name or match.route or "unnamed"
    return "static" if request.path_info.startswith("/static/") else "nothing"
