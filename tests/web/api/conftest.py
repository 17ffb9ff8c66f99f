"""Programs and their tokens; the embedded sample list, compiled."""

from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from tahaluf.lists.ftm.write import write_entities
from tahaluf.screening import Screener
from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.accounts.services import forget_tokens, make_token
from tahaluf.web.api.limits import BUCKETS
from tahaluf.web.api.match import datasets, entities, purposes, recording
from tahaluf.web.catalogue import compiling
from tahaluf.web.catalogue.files import INDEXES, data_path
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.review.purposes.services import ensure_defaults
from tests.web.api.rich import LEADS, ONE, OTHER

Program = Callable[..., Client]


@pytest.fixture(autouse=True)
def _nothing_is_remembered(settings: Any) -> Iterator[None]:
    settings.API_RECORD_SECONDS = 0
    yield
    for forget in (
        datasets.forget, purposes.purposes_soon.clear, entities.KEPT.clear, recording.COUNTS.clear, BUCKETS.clear,
        forget_tokens,
    ):  # fmt: skip
        forget()


COMPILED: dict[object, Screener] = {}


def rebuild_as_before(lists: str) -> Edition:
    """`default` compiled and made current; lists that stand as they stood for an earlier test are not compiled
    again."""

    def compile_once(pins: list[compiling.Pin]) -> Screener:
        key = lists, *((pin.slug, pin.number, pin.complete) for pin in pins)
        made = COMPILED.get(key)
        if made is None or not data_path(f"{INDEXES}/{made.index_id}").exists():
            made = COMPILED[key] = compile_pins(pins)
        return made

    compile_pins = compiling.compile_pins
    with mock.patch.object(compiling, "compile_pins", compile_once):
        return rebuild(ensure_default())


@pytest.fixture
def sample(db: None) -> Edition:
    """The embedded list as the current edition of `default`, and the purposes of a new desk."""
    ensure_defaults()
    with resources.as_file(resources.files("tahaluf.cli").joinpath("samples", "list.ftm.json")) as path:
        import_file(path, file_name="list.ftm.json", by=None)
    return rebuild_as_before("sample")


@pytest.fixture
def rich(sample: Edition, tmp_path: Path) -> None:
    """A second list, `rich`, beside the embedded one."""
    path = tmp_path / "rich.ftm.json"
    with path.open("wb") as stream:
        write_entities([ONE, OTHER, LEADS], stream)
    import_file(path, file_name="rich.ftm.json", by=None, slug="rich")
    rebuild_as_before("sample and rich")


@pytest.fixture
def program(db: None) -> Program:
    """A client that carries a token of this person: for payments, and where a request says so for the other two."""

    def sign(
        owner: User, *scopes: str, purpose: str = "payment", others: Sequence[str] = ("border", "vetting"),
        scheme: str = "Bearer",
    ) -> Client:  # fmt: skip
        ensure_defaults()
        told = {"purpose": purpose, "other_purposes": others}
        _, secret = make_token(owner, "a program", scopes or Scope.values, 30, **told)
        return Client(headers={"Authorization": f"{scheme} {secret}"})

    return sign
