"""Menus show what the reader may open, and where the reader is; errors say what to do."""

import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from tahaluf.web.accounts.models import User
from tahaluf.web.config.navigation import MENU, navigation
from tahaluf.web.ui import errors


def test_the_menu_is_what_the_roles_open(rf: RequestFactory, analyst: User, administrator: User) -> None:
    shown = {}
    for user in (analyst, administrator):
        request = rf.get("/")
        request.user = user
        shown[user] = {entry.icon for entry in navigation(request)["menu"]}
    allowed = {entry.icon for entry in MENU if not entry.needs or analyst.may(*entry.needs)}
    assert shown[analyst] <= allowed and "people" not in shown[analyst]
    assert "people" in shown[administrator] and "bell" not in shown[administrator]


def test_one_entry_is_marked_as_the_current_page(browse: Callable[[User], Client], administrator: User) -> None:
    for address in ("/", "/people/", "/people/new/"):
        html = browse(administrator).get(address).content.decode()
        menu = html[html.index('class="menu"') : html.index("</nav>")]
        assert re.findall(r'href="([^"]+)" aria-current="page"', menu) == ["/people/" if "people" in address else "/"]


def test_a_stranger_sees_no_menu(client: Client, db: None) -> None:
    html = client.get("/account/login/").content.decode()
    assert 'class="menu"' not in html and "Tahaluf" in html


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_page_is_in_the_readers_language_and_theme(
    browse: Callable[[User], Client], analyst: User, language: str
) -> None:
    analyst.language, analyst.theme = language, "dark"
    analyst.save()
    html = browse(analyst).get("/").content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}" data-theme="dark">' in html
    assert f'value="{language}" lang="{language}" aria-pressed="true"' in html


def test_a_page_that_is_not_there_says_so_in_the_readers_language(
    browse: Callable[[User], Client], analyst: User
) -> None:
    analyst.language = "ar"
    analyst.save()
    answer = browse(analyst).get("/nothing/here/")
    assert answer.status_code == 404 and "غير موجود" in answer.content.decode()


def test_a_page_of_another_role_says_what_to_do(browse: Callable[[User], Client], analyst: User) -> None:
    answer = browse(analyst).get("/audit/")
    assert answer.status_code == 403 and "administrator can give you the role" in answer.content.decode()


def test_a_stale_form_is_explained(analyst: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/language/", {"language": "fr"})
    assert answer.status_code == 403 and "out of date" in answer.content.decode()


def test_a_request_that_cannot_be_read_is_answered_with_a_page(rf: RequestFactory, db: None) -> None:
    assert errors.bad_request(rf.get("/")).status_code == 400


def test_when_all_fails_the_page_needs_nothing(
    analyst: User, browse: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("tahaluf.web.ui.views.Sample", fail)
    client = browse(analyst)
    client.raise_request_exception = False
    with override_settings(DEBUG=False):
        answer = client.get("/components/")
    html = answer.content.decode()
    assert answer.status_code == 500 and 'lang="ar" dir="rtl"' in html and "on purpose" not in html
