"""Readers of all kinds, and a template to try."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.preferences import Preferences, preferring
from tests.web.ui.furnishing import furnish


@pytest.fixture
def reading() -> Callable[..., Any]:
    """`with reading("ar", "SY"):` — within, the reader is one of that language and region."""

    def prefer(language: str, region: str = "MA", digits: bool = False, zone: str = "UTC") -> Any:
        return preferring(Preferences(language, region, digits, zone))

    return prefer


@pytest.fixture
def draw() -> Callable[..., str]:
    """Renders a piece of a template."""

    def render(text: str, **context: Any) -> str:
        return Template(text).render(Context(context))

    return render


@pytest.fixture
def furnished(person: Callable[..., User], edition: Edition, work_off: Callable[..., Any]) -> User:
    """A person with every role, in a desk that was worked in."""
    user = person(*Role, name="everyone")
    furnish(user, work_off)
    return user
