"""The first page: what waits for whom, how old the lists are, and what to do where there is nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.catalogue.models import Edition, ListSource
from tahaluf.web.config import home
from tahaluf.web.review.tables.alerts import Alert

Browse = Callable[[User], Client]


def text_of(browse: Browse, user: User) -> str:
    return browse(user).get("/").content.decode()


def test_who_has_no_role_is_told_whom_to_ask(browse: Browse, db: None) -> None:
    user = User.objects.create_user("new.comer", password="a long enough phrase")
    html = text_of(browse, user)
    assert "You have no role yet" in html and "quick-name" not in html


def test_without_a_list_the_way_to_one_depends_on_the_role(browse: Browse, person: Callable[..., User]) -> None:
    assert "/lists/#import" in text_of(browse, person(Role.ADMINISTRATOR))
    html = text_of(browse, person(Role.ANALYST))
    assert "#import" not in html and "An information officer or an administrator imports lists." in html


def test_what_waits_is_counted_for_who_may_take_it_up(browse: Browse, furnished: User, analyst: User) -> None:
    Alert.objects.filter(state="open").update(due_at=timezone.now() + timedelta(hours=1))
    first = Alert.objects.filter(state="open")[0]
    Alert.objects.filter(pk=first.pk).update(assigned_to=analyst, due_at=timezone.now() - timedelta(hours=1))
    waiting = {each.address: each for each in home.waiting_for(analyst)}
    unassigned = Alert.objects.filter(state="open", assigned_to=None).count()
    assert waiting["/alerts/?overdue=1"].number == 1 and waiting["/alerts/?overdue=1"].urgent
    assert waiting["/alerts/?held=mine"].number == 1
    assert waiting["/alerts/?held=unassigned"].number == unassigned > 3
    assert not any("proposed" in address for address in waiting)
    for address, each in waiting.items():
        assert browse(analyst).get(address).content.decode().count("/alerts/") >= each.number


def test_who_proposed_does_not_count_it_as_a_second_review(furnished: User, reviewer: User) -> None:
    first = Alert.objects.filter(state="open")[0]
    Alert.objects.filter(pk=first.pk).update(state="proposed", first_by=reviewer)
    second = next(each for each in home.waiting_for(reviewer) if "proposed" in each.address)
    assert second.number == 0
    Alert.objects.filter(pk=first.pk).update(first_by=furnished)
    second = next(each for each in home.waiting_for(reviewer) if "proposed" in each.address)
    assert second.number == 1


def test_beyond_a_thousand_nothing_is_counted(monkeypatch: Any, furnished: User) -> None:
    monkeypatch.setattr(home, "MOST", 2)
    waiting = next(each for each in home.waiting_for(furnished) if "unassigned" in each.address)
    assert (waiting.number, waiting.many) == (2, True)


def test_an_old_list_is_marked(browse: Browse, analyst: User, edition: Edition) -> None:
    assert [old for _, old in home.list_rows()] == [False]
    source = ListSource.objects.get()
    assert source.current is not None
    source.current.imported_at = timezone.now() - timedelta(days=8)
    source.current.save()
    ListSource.objects.update(checked_at=None)
    assert [old for _, old in home.list_rows()] == [True]
    assert "badge--warn" in text_of(browse, analyst)


def test_the_page_costs_as_much_with_many_lists(
    browse: Browse, analyst: User, edition: Edition, django_assert_max_num_queries: Any
) -> None:
    client = browse(analyst)
    current = ListSource.objects.get().current
    ListSource.objects.bulk_create(ListSource(slug=f"l{n}", title=f"L{n}", current=current) for n in range(40))
    with django_assert_max_num_queries(20):
        assert client.get("/").content.decode().count("/lists/l") >= 40
