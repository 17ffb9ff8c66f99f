"""Settings as the environment gives them: TAHALUF_…, typed, each with what it is for.

Reach for `read_environment`. What cannot be understood is an InputError that names the variable.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

from tahaluf.domain import InputError, Problem, Where

T = TypeVar("T")
API_RATE, API_BURST = 500.0, 1000
YES, NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off", "")
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-32000;"
)


_RATE = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)


class Expected(ValueError):
    """A value that makes no sense; what would is the message."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What an operator decides. `data`: the folder of all that is kept beside the database; `database`: Django's
    settings of it; `former_keys`: secret keys of the past, under which something may still be signed or sealed;
    `hosts`: names under which the desk is reached; `https`: that it is reached so, by a proxy; `reading_seconds`: the
    longest that reading one file may take; `second_factor`: the roles that must use one; `metrics_token`: what a
    monitor from elsewhere must show; `api_rate`, `api_burst`: how many requests a token may send a second, and at
    once before that counts; `patience`: seconds of waiting for a client that gives or takes nothing; `waiting_bytes`:
    most that waits on disk for slow clients, in each web process."""

    data: Path
    database: dict[str, Any]
    secret_key: str
    former_keys: tuple[str, ...]
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    language: str
    region: str
    time_zone: str
    upload_bytes: int
    upload_rows: int
    reading_seconds: int
    second_factor: tuple[str, ...]
    updates: bool
    metrics_token: str
    api_rate: float
    api_burst: int
    patience: int
    waiting_bytes: int


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """The settings of this process; makes the data folder and, once, the secret key in it."""
    values = _Values(os.environ if given is None else given)
    data = values.read("TAHALUF_DATA", _path, Path.home() / ".local" / "share" / "tahaluf")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Environment(
        data=data,
        database=values.read("TAHALUF_DATABASE", parse_database, sqlite(data / "desk.sqlite3")),
        secret_key=values.read("TAHALUF_SECRET_KEY", str, "") or _kept_key(data / "secret-key"),
        former_keys=values.read("TAHALUF_FORMER_KEYS", _words, ()),
        hosts=values.read("TAHALUF_HOSTS", _words, ("localhost", "127.0.0.1", "[::1]")),
        https=values.read("TAHALUF_HTTPS", _truth, False),
        debug=values.read("TAHALUF_DEBUG", _truth, False),
        language=values.read("TAHALUF_LANGUAGE", _language, "en"),
        region=values.read("TAHALUF_REGION", _region, "MA"),
        time_zone=values.read("TAHALUF_TIME_ZONE", _zone, "UTC"),
        upload_bytes=values.read("TAHALUF_UPLOAD_BYTES", _count, 256 << 20),
        upload_rows=values.read("TAHALUF_UPLOAD_ROWS", _count, 2_000_000),
        reading_seconds=values.read("TAHALUF_READING_SECONDS", _count, 3600),
        second_factor=values.read("TAHALUF_SECOND_FACTOR", _words, ()),
        updates=values.read("TAHALUF_UPDATES", _truth, False),
        metrics_token=values.read("TAHALUF_METRICS_TOKEN", str, ""),
        api_rate=values.read("TAHALUF_API_RATE", _rate, API_RATE),
        api_burst=values.read("TAHALUF_API_BURST", _count, API_BURST),
        patience=values.read("TAHALUF_PATIENCE_SECONDS", _count, 20),
        waiting_bytes=values.read("TAHALUF_WAITING_BYTES", _count, 1 << 30),
    )


# What of a connection is decided in its address (PostgreSQL, "Parameter Key Words" of libpq).
CONNECTION = frozenset(
    {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "options"}
)


def sqlite(path: Path) -> dict[str, Any]:
    """An embedded database: a writer takes its lock at once, readers never wait (write-ahead log)."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "CONN_MAX_AGE": 60, "OPTIONS": options}


def parse_database(text: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name`, or `sqlite:///path`."""
    url = urlsplit(text)
    if url.scheme == "sqlite" and url.path:
        return sqlite(Path(unquote(url.path)))
    options = dict(parse_qsl(url.query, strict_parsing=True)) if url.query else {}
    if url.scheme not in ("postgresql", "postgres") or not url.path.strip("/") or not options.keys() <= CONNECTION:
        raise Expected(f"postgresql://USER@HOST/NAME?OPTION=…, sqlite:///PATH; OPTION: {', '.join(sorted(CONNECTION))}")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


class _Values:
    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def read(self, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        text = self._given.get(name)
        if text is None:
            return otherwise
        try:
            return parse(text.strip())
        except ValueError as wrong:
            # The value may hold a password: it is not repeated, as others' errors may do.
            expected = str(wrong) if isinstance(wrong, Expected) else ""
            raise InputError(Problem("web.setting", Where(field=name), expected, "")) from None


def _path(text: str) -> Path:
    return Path(text).expanduser().resolve()


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise Expected("1, 2, 3 …")
    return int(text)


def _rate(text: str) -> float:
    if not _RATE.fullmatch(text) or not (rate := float(text)):
        raise Expected("500, 0.5 …")
    return rate


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise Expected("Africa/Casablanca, UTC …")
    return text


def _region(text: str) -> str:
    if len(text) != 2 or not text.isascii() or not text.isalpha():
        raise Expected("MA, SY, FR …")
    return text.upper()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(",", " ").split() if word)


def _truth(text: str) -> bool:
    if text.lower() not in YES + NO:
        raise Expected("yes, no")
    return text.lower() in YES


def _language(text: str) -> str:
    if text not in ("ar", "fr", "en"):
        raise Expected("ar, fr, en")
    return text


def _kept_key(path: Path) -> str:
    if not path.exists():
        # Of several processes that start at once each makes its own; the first that is linked is that of all.
        made, name = tempfile.mkstemp(dir=path.parent, prefix="secret-key-")
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            Path(name).unlink(missing_ok=True)
    return path.read_text("utf-8").strip()
