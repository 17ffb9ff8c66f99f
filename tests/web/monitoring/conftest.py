from collections.abc import Callable, Sequence

import pytest

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.monitoring.services import Watched, watch
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.tables.purposes import Purpose

Watch = Callable[..., Watched]


@pytest.fixture
def purpose(db: None) -> Purpose:
    ensure_defaults()
    return Purpose.objects.get(slug="border")


@pytest.fixture
def watch_names(analyst: User, purpose: Purpose) -> Watch:
    """Watches people of these names; their identifiers are their places."""

    def watch_all(names: Sequence[str], register: str = "staff") -> Watched:
        people = [Subject(str(number), (name,), Kind.PERSON) for number, name in enumerate(names)]
        return watch(analyst, register, purpose, people)

    return watch_all
