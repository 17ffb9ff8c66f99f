"""The demo fills a desk that nobody has used, and no other."""

import pytest
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.services import create_person, first_administrator
from tahaluf.web.config import demo

pytestmark = pytest.mark.django_db


class Begun(Exception):
    """It would have been filled."""


@pytest.fixture(autouse=True)
def nobody_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(*_told: object, **_named: object) -> User:
        raise Begun

    monkeypatch.setattr(demo, "_person", begin)


def test_a_desk_whose_first_administrator_has_not_come_yet_is_filled() -> None:
    first_administrator()
    with pytest.raises(Begun):
        demo.fill()


def test_a_desk_in_which_anyone_works_is_left_alone() -> None:
    first_administrator()
    User.objects.update(last_login=timezone.now())
    assert demo.fill() is None
    User.objects.update(last_login=None)
    create_person("hind.tazi", by=None, roles=["analyst"])
    assert demo.fill() is None
