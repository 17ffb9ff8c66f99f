"""Two who do the same at the same moment: on PostgreSQL, where both really run."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from tahaluf.domain import InputError
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.accounts.services import accept_invitation, deactivate, first_administrator, invite, set_roles

Person = Callable[..., User]


@pytest.fixture(autouse=True)
def postgresql(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory lets one write at a time; set TAHALUF_TEST_DATABASE to try this")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each returned, or the code of what it was refused for."""
    barrier, ends = Barrier(len(acts)), [None] * len(acts)  # type: ignore[list-item]

    def run(number: int, act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            ends[number] = act()  # type: ignore[call-overload]
        except InputError as refused:
            ends[number] = refused.problem.code  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return list(ends)


def administrators() -> int:
    return User.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR).count()


@pytest.mark.parametrize("attempt", range(5))
def test_two_administrators_who_remove_each_other_leave_one(person: Person, attempt: int) -> None:
    one, two = person(Role.ADMINISTRATOR, name="one"), person(Role.ADMINISTRATOR, name="two")
    ends = at_once(lambda: deactivate(one, two), lambda: set_roles(two, [], one))
    assert sorted(map(str, ends)) == ["None", "web.last_administrator"]
    assert administrators() == 1


def test_a_link_that_is_sent_twice_at_once_sets_one_password(person: Person) -> None:
    analyst = person(Role.ANALYST)
    token = invite(analyst, None).rstrip("/").rpartition("/")[2]
    words = ["the first long phrase", "the second long phrase"]
    ends = at_once(*(lambda word=word: accept_invitation(token, word) for word in words))  # type: ignore[misc]
    assert sum(end == "web.invitation" for end in ends) == 1
    analyst.refresh_from_db()
    winner = words[next(i for i, end in enumerate(ends) if isinstance(end, User))]
    assert analyst.check_password(winner)


def test_several_processes_that_start_together_make_one_first_administrator() -> None:
    ends = at_once(*[first_administrator] * 4)
    assert User.objects.count() == 1 and administrators() == 1
    assert any(isinstance(end, str) and end.startswith("/invitation/") for end in ends)
