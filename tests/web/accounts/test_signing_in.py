"""Signing in, the second factor, and how long a session lasts."""

import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.test import Client

import tahaluf
from tahaluf.web.accounts.models import Invitation, User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.accounts.services import (
    deactivate,
    end_sessions,
    invite,
    reactivate,
    reset_second_factor,
    save_preferences,
)
from tahaluf.web.accounts.sessions import BEGAN, SEEN, sweep
from tahaluf.web.common.audit.models import AuditEntry
from tests.web.accounts.conftest import WORDS, code_of

SignIn = Callable[..., Any]
Browse = Callable[[User], Client]


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_wrong_name_wrong_password_and_deactivated_look_the_same(
    sign_in: SignIn, analyst: User, person: Callable[..., User]
) -> None:
    gone = person(Role.PRESS)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    pages = [sign_in(*given) for given in (("nobody", "x"), (analyst.username, "x"), (gone.username, WORDS))]
    assert {page.status_code for page in pages} == {200}
    assert len({str(page.context["form"].errors) for page in pages}) == 1
    assert actions() == ["session.refused"] * len(actions())


def test_what_a_stranger_types_as_a_name_is_kept_nowhere(sign_in: SignIn, analyst: User) -> None:
    sign_in("my secret phrase", "x")
    sign_in(analyst.username, "x")
    assert [e.details for e in AuditEntry.objects.order_by("sequence")] == [{}, {"username": analyst.username}]


def test_too_many_tries_are_refused_even_with_the_right_password_and_it_is_said_what_helps(
    sign_in: SignIn, analyst: User
) -> None:
    for _ in range(5):
        sign_in(analyst.username, "wrong")
    page = sign_in(analyst.username)
    assert page.status_code == 200
    assert "Wait five minutes" in page.content.decode()
    assert Client(REMOTE_ADDR="10.0.0.9").post(
        "/account/login/", {"login": analyst.username.upper(), "password": WORDS}
    ).status_code == 200, "nor from elsewhere, nor in other letters"  # fmt: skip
    assert not actions().count("session.began")


def test_one_place_that_tries_many_names_is_refused(sign_in: SignIn, analyst: User) -> None:
    for number in range(10):
        sign_in(f"name{number}", "wrong")
    assert "Too many" in sign_in(analyst.username).content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    answer = elsewhere.post("/account/login/", {"login": analyst.username, "password": WORDS})
    assert answer.status_code == 302


def test_a_forged_forwarding_header_does_not_evade_the_limit(sign_in: SignIn, analyst: User) -> None:
    for number in range(10):
        sign_in(f"name{number}", "wrong", headers={"X-Forwarded-For": f"10.0.0.{number}"})
    assert "Too many" in sign_in(analyst.username, headers={"X-Forwarded-For": "10.9.9.9"}).content.decode()


def test_very_many_requests_get_a_page_of_our_own(sign_in: SignIn, db: None) -> None:
    answers = [sign_in("", "").status_code for _ in range(31)]
    assert answers[:30] == [200] * 30 and answers[30] == 429
    assert '<html lang="en" dir="ltr"' in sign_in("", "").content.decode()


def test_the_session_number_changes_on_signing_in(client: Client, sign_in: SignIn, analyst: User) -> None:
    """A number that somebody planted beforehand is worth nothing afterwards."""
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
    sign_in(analyst.username)
    assert client.session.session_key != session.session_key
    planted = Client()
    planted.cookies[configured.SESSION_COOKIE_NAME] = session.session_key
    assert not is_in(planted) and is_in(client)


def test_the_cookie_is_for_this_desk_alone(client: Client, sign_in: SignIn, analyst: User) -> None:
    sign_in(analyst.username)
    cookie = client.cookies[configured.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["domain"]


@pytest.mark.parametrize(
    "place",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)",
     "\\\\evil.example", "/\t/evil.example",
     "http:evil.example", "http://testserver.evil.example/", "/\r\nSet-Cookie: a=b"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(sign_in: SignIn, analyst: User, place: str) -> None:
    assert sign_in(analyst.username, QUERY_STRING="").headers["Location"] == "/"
    client = Client()
    given = {"login": analyst.username, "password": WORDS, "next": place}
    assert client.post("/account/login/", given).headers["Location"] == "/"
    assert client.post("/account/logout/", {"next": place}).headers["Location"] == "/"
    assert client.post("/language/", {"language": "ar", "next": place}).headers["Location"] == "/"


@pytest.mark.parametrize(("language", "says"), [("ar", "ar"), ("fr", "fr")])
def test_what_is_said_after_signing_in_is_in_the_language_of_who_signed_in(
    language: str, says: str, client: Client, analyst: User
) -> None:
    save_preferences(analyst, language=language)
    told = {"login": analyst.username, "password": WORDS}
    page = client.post("/account/login/", told, follow=True, headers={"accept-language": "en"}).content.decode()
    assert f'<html lang="{says}"' in page and analyst.username in page
    assert "signed in as" not in page.lower()


def test_signing_in_leads_to_where_one_wanted_to_go(client: Client, analyst: User) -> None:
    wanted = client.get("/people/permissions/?x=1").headers["Location"]
    assert wanted == "/account/login/?next=/people/permissions/%3Fx%3D1"
    given = {"login": analyst.username, "password": WORDS, "next": "/people/permissions/?x=1"}
    assert client.post("/account/login/", given).headers["Location"] == "/people/permissions/?x=1"


def test_a_part_of_a_page_that_is_asked_for_too_late_sends_the_whole_page_to_sign_in(client: Client, db: None) -> None:
    answer = client.get("/people/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/alerts/?q=a"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/account/login/?next=/alerts/%3Fq%3Da"


def test_a_session_ends_when_nobody_does_anything(browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    assert is_in(client)
    _turn_back(client, SEEN, configured.IDLE_SECONDS - 5)
    assert is_in(client)
    assert is_in(client), "the visit counted"
    _turn_back(client, SEEN, configured.IDLE_SECONDS + 1)
    assert not is_in(client)
    assert "nothing was done for a while" in client.get("/account/login/").content.decode()


def test_a_page_that_asks_by_itself_keeps_no_session_alive(browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    client.get("/")
    _turn_back(client, SEEN, 120)
    before = client.session[SEEN]
    client.get("/", headers={"HX-Request": "true", "X-Polls": "yes"})
    assert client.session[SEEN] == before


def test_who_works_by_live_search_alone_stays(browse: Browse, analyst: User) -> None:
    """The form that searches while one types has no name: htmx sends none."""
    client = browse(analyst)
    client.get("/")
    _turn_back(client, SEEN, 120)
    before = client.session[SEEN]
    client.get("/lists/search/?q=khaled", headers={"HX-Request": "true"})
    assert client.session[SEEN] > before


def test_every_part_that_asks_again_and_again_says_so() -> None:
    pages = [path.read_text("utf-8") for path in (Path(tahaluf.__file__).parent / "web").rglob("*.html")]
    tags = [tag for page in pages for tag in re.findall(r"<[^<]*hx-trigger=.every[^<]*", page)]
    assert len(tags) >= 2
    assert [tag for tag in tags if """hx-headers='{"X-Polls": "yes"}'""" not in tag] == []


def test_a_session_ends_after_a_working_day_however_busy(browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    assert is_in(client)
    _turn_back(client, BEGAN, configured.SESSION_COOKIE_AGE)
    assert not is_in(client)


def _turn_back(client: Client, name: str, seconds: int) -> None:
    session = client.session
    session[name] = int(time.time()) - seconds
    session.save()


def test_a_quick_reader_costs_no_write(browse: Browse, analyst: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse(analyst)
    client.get("/people/permissions/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/people/permissions/")
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert len(queries) <= 3, "session, person, roles"


def test_a_stranger_costs_no_query(client: Client, db: None, django_assert_num_queries: Callable[..., Any]) -> None:
    client.get("/account/login/")
    client.cookies.clear()
    with django_assert_num_queries(0):
        assert client.get("/account/login/").status_code == 200


def test_a_deactivated_person_is_out_at_once_and_old_sessions_stay_dead(
    browse: Browse, analyst: User, administrator: User
) -> None:
    client = browse(analyst)
    assert is_in(client)
    deactivate(analyst, administrator)
    assert not is_in(client)
    reactivate(analyst, administrator)
    assert not is_in(client)
    assert is_in(browse(User.objects.get(pk=analyst.pk)))


def test_an_administrator_signs_a_person_out_everywhere(browse: Browse, analyst: User, administrator: User) -> None:
    clients = [browse(analyst), browse(analyst)]
    other = browse(administrator)
    assert all(map(is_in, clients))
    end_sessions(analyst, administrator)
    assert not any(map(is_in, clients)) and is_in(other)


def test_a_new_password_signs_out_everywhere_also_here(
    client: Client, sign_in: SignIn, browse: Browse, analyst: User
) -> None:
    elsewhere = browse(analyst)
    sign_in(analyst.username)
    new = "une phrase toute neuve"
    page = client.post("/account/password/", {"oldpassword": "no", "password1": new, "password2": new})
    assert page.status_code == 200 and is_in(elsewhere)
    weak = client.post("/account/password/", {"oldpassword": WORDS, "password1": "short", "password2": "short"})
    assert weak.status_code == 200 and weak.context["form"].errors
    client.post("/account/password/", {"oldpassword": WORDS, "password1": new, "password2": new})
    assert not is_in(client) and not is_in(elsewhere)
    assert sign_in(analyst.username, new).status_code == 302
    assert "person.password_set" in actions()


def test_sessions_are_listed_and_the_others_ended(client: Client, sign_in: SignIn, analyst: User) -> None:
    elsewhere = Client(headers={"User-Agent": "<b>\u202eevil"})
    elsewhere.post("/account/login/", {"login": analyst.username, "password": WORDS})
    sign_in(analyst.username)
    page = client.get("/account/sessions/").content.decode()
    assert page.count("127.0.0.1") == 2
    assert '<bdi dir="auto">&lt;b&gt;' in page
    client.post("/account/sessions/")
    assert not is_in(elsewhere) and is_in(client)
    assert UserSession.objects.count() == 1


def test_what_is_over_is_swept_and_what_lives_stays(
    browse: Browse, client: Client, sign_in: SignIn, analyst: User
) -> None:
    from datetime import timedelta

    from django.contrib.sessions.models import Session
    from django.utils import timezone

    sign_in(analyst.username)
    living = client.session.session_key
    gone = browse(analyst).session.session_key
    UserSession.objects.create(user=analyst, session_key=gone, ip="127.0.0.1")
    Session.objects.filter(session_key=gone).update(expire_date=timezone.now() - timedelta(seconds=1))
    invite(analyst, None)
    invite(analyst, None)
    Invitation.objects.filter(expires_at__lt=timezone.now()).update(expires_at=timezone.now() - timedelta(days=31))
    sweep()
    assert [s.session_key for s in Session.objects.all()] == [living]
    assert [s.session_key for s in UserSession.objects.all()] == [living]
    assert Invitation.objects.count() == 1 and is_in(client)


def test_a_second_factor_is_set_up_and_then_asked_for(
    client: Client, sign_in: SignIn, analyst: User, set_up_second_factor: Callable[[Client], str]
) -> None:
    sign_in(analyst.username)
    seed = set_up_second_factor(client)
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    client.post("/account/logout/")
    assert sign_in(analyst.username).headers["Location"] == "/account/2fa/authenticate/"
    assert not is_in(client), "the password alone opens nothing"
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_in(client)
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert is_in(client)
    client.post("/account/logout/")
    sign_in(analyst.username)
    assert client.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 200, "each works once"
    assert not is_in(client)
    assert code_of(seed).isdigit()
    assert {"person.second_factor_added", "person.second_factor_refused"} <= set(actions())
    assert seed not in str(list(AuditEntry.objects.values()))


def test_a_copy_of_the_database_alone_gives_no_second_factor(
    sign_in: SignIn, client: Client, analyst: User, set_up_second_factor: Callable[[Client], str]
) -> None:
    from allauth.mfa.models import Authenticator

    sign_in(analyst.username)
    seed = set_up_second_factor(client)
    assert seed not in str(list(Authenticator.objects.values()))


def test_under_a_lost_key_every_code_is_wrong_and_none_is_right(
    sign_in: SignIn, client: Client, analyst: User, set_up_second_factor: Callable[[Client], str], settings: Any
) -> None:
    sign_in(analyst.username)
    seed = set_up_second_factor(client)
    settings.SECRET_KEY = secrets.token_hex()
    browser = Client()
    browser.post("/account/login/", {"login": analyst.username, "password": WORDS})
    for code in (code_of(seed), code_of("")):
        assert browser.post("/account/2fa/authenticate/", {"code": code}).status_code == 200
    assert not is_in(browser)


def test_a_code_works_once(
    sign_in: SignIn,
    client: Client,
    analyst: User,
    set_up_second_factor: Callable[[Client], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(analyst.username)
    seed = set_up_second_factor(client)
    moment = time.time() + 300
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: moment)
    code = code_of(seed, moment)
    first, second = Client(), Client()
    for browser in (first, second):
        browser.post("/account/login/", {"login": analyst.username, "password": WORDS})
    assert first.post("/account/2fa/authenticate/", {"code": code}).headers["Location"] == "/"
    assert second.post("/account/2fa/authenticate/", {"code": code}).status_code == 200
    assert is_in(first) and not is_in(second)


def test_codes_are_not_guessed_by_trying(
    sign_in: SignIn, client: Client, analyst: User, set_up_second_factor: Callable[[Client], str]
) -> None:
    sign_in(analyst.username)
    set_up_second_factor(client)
    client.post("/account/logout/")
    sign_in(analyst.username)
    answers = [client.post("/account/2fa/authenticate/", {"code": f"{n:06}"}) for n in range(12)]
    assert "Too many" in answers[-1].content.decode() or answers[-1].status_code == 429


def test_who_must_have_a_second_factor_does_nothing_before_it_is_set_up(
    client: Client,
    sign_in: SignIn,
    administrator: User,
    second_factor_for: Callable[..., None],
    set_up_second_factor: Callable[[Client], str],
) -> None:
    second_factor_for("administrator")
    sign_in(administrator.username)
    for place in (
        "/",
        "/people/",
        "/account/settings/",
        "/account/tokens/",
        "/account/sessions/",
        "/account/password/",
    ):
        assert client.get(place).headers["Location"] == "/account/2fa/totp/activate/", place
    assert client.post("/people/new/", {"username": "x", "roles": ["press"]}).status_code == 302
    assert not User.objects.filter(username="x").exists()
    assert client.post("/language/", {"language": "fr", "next": "/"}).headers["Location"] == "/"
    assert "Votre rôle" in client.get("/account/2fa/totp/activate/").content.decode()
    set_up_second_factor(client)
    assert is_in(client)
    reset_second_factor(User.objects.get(pk=administrator.pk), User.objects.create_user("helper"))
    assert not Authenticator.objects.exists() and not is_in(client)


def test_others_need_none(browse: Browse, analyst: User, second_factor_for: Callable[..., None]) -> None:
    second_factor_for("administrator")
    assert is_in(browse(analyst))


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/reset/", "password/set/", "confirm-email/", "3rdparty/"]
)
def test_there_is_no_other_way_in(client: Client, db: None, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}", {"username": "x", "email": "x@y.example"}).status_code == 404
