"""The demo fills a desk that nobody has used, and no other."""

import pytest
from django.utils import timezone

from tahaluf.cli.node import serve
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


def test_what_a_desk_holds_that_is_not_filled_is_told() -> None:
    create_person("hind.tazi", by=None, roles=["analyst"])
    assert demo.found() == demo.Found(people=1, lists=0, alerts=0, is_demo=False)
    for name, *_rest in demo.PEOPLE:
        create_person(name, by=None, roles=["analyst"])
    assert demo.found() == demo.Found(people=1 + len(demo.PEOPLE), lists=0, alerts=0, is_demo=True)


@pytest.mark.parametrize("is_demo", [False, True])
def test_a_second_demo_says_what_it_found_and_that_nothing_changed(
    is_demo: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [person[0] for person in demo.PEOPLE] if is_demo else ["hind.tazi"]:
        create_person(name, by=None, roles=["analyst"])
    assert not serve._fill()
    said = capsys.readouterr()
    assert "Filling" not in said.err and "Nothing was changed" in said.err and said.out == ""
    assert f"people {User.objects.count()}, lists 0, alerts 0" in said.err
    assert ("keep the password" in said.err) is is_demo


@pytest.mark.parametrize(
    ("filled", "words"), [(True, "To work as the first administrator instead"), (False, "First sign-in, once")]
)
def test_the_link_of_the_first_administrator_says_what_it_is_for(
    filled: bool, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_fill", lambda: filled)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    serve._welcome("http://localhost:8000", True)
    said = capsys.readouterr().out
    assert said.startswith(words) and said.count("/invitation/") == 1
