"""Logs as JSON lines: time, level, where from, what, which request; no personal data, no secrets.

Our own messages are constants, with values in `extra` under names that are known here. Of others' messages only the
template is told, never what is filled in: paths, headers and values may hold names of people or keys. Of an exception
its kind and its place in the code are told, never what it says.
"""

import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

EXTRAS = (
    "kind", "job", "outcome", "attempt", "seconds", "check", "problem", "view", "method", "status", "list", "webhook",
    "count", "bytes", "rows", "uploads", "halves",
)  # fmt: skip
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
FRAMES = 12


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "text": _storable(_text(record)),
        }
        if request := REQUEST_ID.get():
            told["request"] = request
        told |= {name: _storable(getattr(record, name)) for name in EXTRAS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            told |= {"exception": _kinds(record.exc_info[1]), "at_code": _places(record.exc_info[2])}
        return orjson.dumps(told, default=lambda value: type(value).__name__).decode()


def _text(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == "tahaluf":
        return record.getMessage()
    if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])  # the reason phrase; the path comes second
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    # Some put their values into the message beforehand; theirs are known by the logger.
    return record.name.rpartition(".")[2] if record.name.startswith("django.security.") else record.msg


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _kinds(error: BaseException) -> list[str]:
    """The exception and those that it came from, by kind."""
    kinds: list[str] = []
    following: BaseException | None = error
    while following is not None and len(kinds) < 5:
        kinds.append(f"{type(following).__module__}.{type(following).__qualname__}")
        following = following.__cause__ or following.__context__
    return kinds


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in frames]
