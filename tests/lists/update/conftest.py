"""A publisher on this machine, its list as a source, and a place to keep it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tahaluf.lists import Format
from tahaluf.lists.update import Policy, Source, Store
from tests.lists.update.server import Publisher, serve


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with serve() as running:
        yield running


@pytest.fixture
def source(publisher: Publisher) -> Source:
    return Source("un", publisher.url, Format.UN_XML, "un_sc", ("127.0.0.1",))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "lists")


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def policy(pauses: list[float]) -> Policy:
    return Policy(loopback_http=True, sleep=pauses.append, read_seconds=5, tries=3, today=lambda: date(2030, 6, 7))
