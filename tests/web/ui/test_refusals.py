"""What the desk says to a request that it does not do: too large, in no such way, broken; to strangers with files."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import resolve

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.config import home
from tahaluf.web.ui.middleware import page_above
from tests.web.routes import our_routes

Browse = Callable[[User], Client]
Person = Callable[..., User]
AS_BROWSERS = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FILE_BYTES = 3 << 20


def a_file(size: int = FILE_BYTES) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.xml", b"x" * size)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes of files came as far as the disk, piece by piece."""
    pieces: list[int] = []
    take = TemporaryFileUploadHandler.receive_data_chunk

    def count(self: Any, raw_data: bytes, start: int) -> Any:
        pieces.append(len(raw_data))
        return take(self, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", count)
    return pieces


def test_of_a_stranger_no_file_is_taken_wherever_it_is_sent(db: None, taken: list[int]) -> None:
    stranger = Client(enforce_csrf_checks=True)
    for address in ("/lists/upload/", "/subjects/add/file/", "/screen/file/"):
        assert stranger.post(address, {"file": a_file()}).status_code == 302, "they are sent to sign in"
    stranger.get("/account/login/")
    for address in ("/account/login/", "/language/", "/invitation/x/"):
        answer = stranger.post(address, {"file": a_file()})
        assert answer.status_code == 413 and "Sign in first" in answer.content.decode(), address
    assert stranger.post("/nothing/", {"file": a_file()}).status_code == 404
    assert taken == []


def test_who_may_not_send_files_there_is_refused_before_one_is_read(person: Person, taken: list[int]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(Role.PRESS), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/")
    assert client.post("/lists/upload/", {"file": a_file()}).status_code == 403
    assert taken == []


def test_who_may_has_the_file_taken(browse: Browse, person: Person, taken: list[int]) -> None:
    assert browse(person(Role.ADMINISTRATOR)).post("/lists/upload/", {"file": a_file()}).status_code == 302
    assert sum(taken) == FILE_BYTES


@pytest.mark.parametrize(("language", "bound"), [("en", "5 MB"), ("fr", "5 Mo"), ("ar", "5 ميغابايت")])
def test_a_file_too_large_is_told_the_bound(
    browse: Browse, person: Person, monkeypatch: pytest.MonkeyPatch, language: str, bound: str
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, upload_bytes=5 << 20))
    client = browse(person(Role.ADMINISTRATOR))
    client.cookies["django_language"] = language
    answer = client.post("/lists/upload/", {"file": a_file(5_400_000)})
    assert answer.status_code == 413 and bound in answer.content.decode()
    assert list(settings.DATA.glob("*.upload.xml")) == [], "what came of it is gone from the disk"


def test_the_language_can_be_switched_on_a_page_of_a_refusal(db: None) -> None:
    stranger = Client(enforce_csrf_checks=True)
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', stranger.get("/nothing/").content.decode())
    assert form
    told = {"csrfmiddlewaretoken": form[1], "language": "fr", "next": "/nothing/"}
    assert stranger.post("/language/", told).headers["Location"] == "/nothing/"
    assert 'lang="fr"' in stranger.get("/nothing/").content.decode()


def test_a_page_of_a_refusal_tells_the_number_that_the_log_has_it_under(client: Client, db: None) -> None:
    answer = client.get("/nothing/", headers={"X-Request-ID": "proxy-123456"})
    assert answer.status_code == 404 and "proxy-123456" in answer.content.decode()


def test_a_fault_of_the_desk_tells_it_too(browse: Browse, analyst: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browse(analyst)
    client.raise_request_exception = False
    monkeypatch.setattr(home, "waiting_for", None)
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.content.decode()


def test_what_forms_are_sent_to_lies_under_a_page(browse: Browse, person: Person) -> None:
    """So that whoever comes there otherwise is led to that page."""
    client = browse(person(*Role, name="everyone"))
    led = 0
    for route in our_routes():
        if client.get(route.path).status_code == 405 and not route.name.startswith("api"):
            led += 1
            answer = client.get(route.path + "?state=open", headers=AS_BROWSERS)
            assert answer.status_code == 302, route
            place, _, query = answer.headers["Location"].partition("?")
            assert query == "state=open"
            assert place == page_above(route.path)
            assert client.get(place, headers=AS_BROWSERS).status_code in (200, 404), "a page, if it is still there"
    assert led > 20


@pytest.mark.parametrize(
    ("sent_to", "form"),
    [
        ("/lists/upload/", "/lists/"),
        ("/subjects/add/file/", "/subjects/add/"),
        ("/alerts/7/second/", "/alerts/7/"),
        ("/purposes/border/threshold/", "/purposes/border/"),
        ("/screen/try/", "/screen/"),
        ("/complaints/7/answer/", "/complaints/7/"),
        ("/language/", "/"),
    ],
)
def test_the_page_above_is_the_one_that_the_form_is_on(sent_to: str, form: str) -> None:
    resolve(sent_to)
    assert page_above(sent_to) == form


def test_the_language_can_be_switched_on_a_page_that_shows_what_is_wrong_with_a_form(
    browse: Browse, person: Person
) -> None:
    client = browse(person(Role.ADMINISTRATOR))
    refused = client.post("/lists/upload/", {}, headers=AS_BROWSERS)
    assert refused.status_code == 400
    found = re.search(r'name="next" value="([^"]+)"', refused.content.decode())
    assert found
    page = client.post("/language/", {"next": found[1], "language": "fr"}, headers=AS_BROWSERS, follow=True)
    assert page.status_code == 200 and 'lang="fr"' in page.content.decode()
    assert page.redirect_chain[-1][0] == "/lists/"


def test_a_method_that_a_page_does_not_know_is_told_in_words(browse: Browse, analyst: User) -> None:
    answer = browse(analyst).post("/screen/", headers=AS_BROWSERS)
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]
    assert "Not in this way" in answer.content.decode() and "X-Request-ID" in answer.headers
