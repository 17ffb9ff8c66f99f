"""Programs and their tokens; the embedded sample list, compiled."""

from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest
from django.test import Client

from tahaluf.web.accounts.models import Scope, User
from tahaluf.web.accounts.services import forget_tokens, make_token
from tahaluf.web.api.limits import BUCKETS
from tahaluf.web.api.match import datasets, entities, purposes, recording
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.review.purposes.services import ensure_defaults

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


@pytest.fixture
def sample(db: None) -> Edition:
    """The embedded list as the current edition of `default`, and the purposes of a new desk."""
    ensure_defaults()
    with resources.as_file(resources.files("tahaluf.cli").joinpath("samples", "list.ftm.json")) as path:
        import_file(path, file_name="list.ftm.json", by=None)
    return rebuild(ensure_default())


@pytest.fixture
def program(db: None) -> Program:
    """A client that carries a token of this person."""

    def sign(owner: User, *scopes: str, name: str = "payment", scheme: str = "Bearer") -> Client:
        _, secret = make_token(owner, name, scopes or Scope.values, 30)
        return Client(headers={"Authorization": f"{scheme} {secret}"})

    return sign
