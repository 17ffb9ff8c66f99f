"""The desk as the server calls it: `tahaluf.web.config.front.desk:application` (ASGI)."""

import logging

from django.conf import settings

from tahaluf.web.config.front.application import Front, Limits
from tahaluf.web.config.front.lines import allow_descriptors
from tahaluf.web.config.front.memory import give_back
from tahaluf.web.config.wsgi import application as desk

# Of a form around a file (`common/uploads.py` has the same).
FORM_BYTES = 1 << 20

_LOG = logging.getLogger("tahaluf.requests")


def _count(method: str, status: int) -> None:
    """As `common/middleware.py` does of what gets further."""
    from tahaluf.web.common.health.metrics import REQUESTS  # noqa: PLC0415 (models come after the setup)
    from tahaluf.web.common.middleware import METHODS  # noqa: PLC0415

    method = method if method in METHODS else "OTHER"
    REQUESTS.labels("front", method, str(status)).inc()
    _LOG.info("request", extra={"view": "front", "method": method, "status": status})


allow_descriptors()
application = Front(
    desk,
    Limits(
        float(settings.ENVIRONMENT.patience),
        settings.ENVIRONMENT.upload_bytes + FORM_BYTES,
        settings.ENVIRONMENT.waiting_bytes,
        settings.DATA,
    ),
    _count,
)
give_back()
