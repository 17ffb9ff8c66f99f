"""Whatever happens, no name of a person reaches the log."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tahaluf.web.accounts.models import User
from tahaluf.web.common.logs import Lines

NAME = "Noureddine"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a desk would write, everything that is INFO or worse."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    loggers = [logging.getLogger(name) for name in ("", "django", "django_tasks")]
    for logger in loggers:
        logger.addHandler(handler)
    yield out
    for logger in loggers:
        logger.removeHandler(handler)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().removesuffix("\n").split("\n") if line]


def test_a_request_is_told_by_its_view_alone(log: io.StringIO, browse: Callable[[User], Client], analyst: User) -> None:
    client = browse(analyst)
    client.get(f"/?q={NAME}")
    client.get(f"/{NAME}")
    client.post("/account/login/", {"login": NAME, "password": NAME})
    client.get(f"/invitation/{NAME}/")
    client.get("/audit/")
    client.get("/", HTTP_HOST=f"{NAME}.example")
    assert NAME not in log.getvalue()
    assert analyst.username not in log.getvalue()
    home = next(line for line in lines(log) if line.get("view") == "home")
    assert (home["method"], home["status"], home["text"]) == ("GET", 200, "request")
    assert home["request"] and isinstance(home["seconds"], float)


def test_an_exception_is_told_by_kind_and_place(
    log: io.StringIO, browse: Callable[[User], Client], analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_given: object, **_more: object) -> None:
        try:
            raise KeyError(NAME)
        except KeyError as cause:
            raise ValueError(f"no {NAME}") from cause

    monkeypatch.setattr("tahaluf.web.config.home.render", fault)
    client = browse(analyst)
    client.raise_request_exception = False
    assert client.get(f"/?q={NAME}").status_code == 500
    assert NAME not in log.getvalue()
    told = next(line for line in lines(log) if "exception" in line)
    assert told["exception"] == ["builtins.ValueError", "builtins.KeyError"]
    assert "fault" in str(told["at_code"])


@pytest.mark.parametrize("message", ["%s of %s", "plain"])
def test_what_others_fill_in_is_left_out(log: io.StringIO, message: str) -> None:
    logging.getLogger("some.library").warning(message, *([NAME, 1] if "%" in message else []))
    assert [line["text"] for line in lines(log)] == [message]
    assert NAME not in log.getvalue()


def test_a_line_is_one_line() -> None:
    # Formatted here, not logged: a report of captured logs could not hold half a character.
    record = logging.LogRecord("some.library", logging.WARNING, "", 1, "one\ntwo \ud800 three", None, None)
    line = Lines().format(record)
    assert "\n" not in line
    assert json.loads(line)["text"] == "one\ntwo ? three"
