"""Every page of the desk, by every role: allowed exactly where the table of who may what says so."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import APART, MATRIX, Permission, Role, clashing, permissions_of
from tests.web.routes import A_NUMBER, Route, all_routes, our_routes

Browse = Callable[[User], Client]
Person = Callable[..., User]

# Written out a second time, so that nobody is given a permission by a slip: change it here when it is meant.
LOOKS = "search see_lists see_purposes"
WORKS = (
    f"{LOOKS} screen see_screenings see_alerts adjudicate see_subjects manage_subjects see_statistics export "
    "see_complaints own_tokens"
)
EXPECTED = {
    "analyst": WORKS,
    "reviewer": f"{WORKS} review",
    "supervisor": f"{WORKS} review assign end_exemptions handle_complaints see_people",
    "information_officer": f"{LOOKS} import_lists see_complaints handle_complaints",
    "programme_manager": f"{LOOKS} screen see_screenings see_statistics own_tokens",
    "press": LOOKS,
    "administrator": (
        f"{LOOKS} import_lists manage_lists manage_purposes manage_retention manage_webhooks see_people manage_people "
        "manage_office see_statistics own_tokens"
    ),
    "auditor": (
        f"{LOOKS} see_screenings see_alerts see_statistics export see_complaints see_subjects see_audit see_people"
    ),
}
# Reached without signing in: each checks by itself what must be checked.
PUBLIC = {
    "accounts:language", "accounts:invitation", "common:healthz", "common:metrics",
    "catalogue:feed", "catalogue:feed_json", "catalogue:list_feed", "catalogue:list_feed_json",
}  # fmt: skip
# Reading a page may write these: who saw what, and the session.
WRITTEN_BY_READING = ("common_audit", "django_session", "usersessions_", "cache", "accounts_user")


@pytest.fixture(autouse=True)
def bystander(request: pytest.FixtureRequest) -> None:
    """Somebody has the number that stands in the addresses."""
    if "person" in request.fixturenames:
        request.getfixturevalue("db")
        User.objects.create_user("bystander", pk=A_NUMBER)


def test_the_table_is_what_it_is_meant_to_be() -> None:
    assert {role.value: sorted(p.value for p in allowed) for role, allowed in MATRIX.items()} == {
        role: sorted(text.split()) for role, text in EXPECTED.items()
    }
    assert set(MATRIX) == set(Role)


def test_duties_are_kept_apart() -> None:
    decides = {Permission.SEE_ALERTS, Permission.ADJUDICATE, Permission.REVIEW, Permission.SCREEN}
    changes = set(Permission) - {p for p in Permission if p.value.startswith("see_")} - {
        Permission.SEARCH, Permission.EXPORT,
    }  # fmt: skip
    for role in Role:
        alone = permissions_of(frozenset({role}))
        if Permission.MANAGE_PEOPLE in alone:
            assert not alone & decides
        if Permission.SEE_AUDIT in alone:
            assert not alone & changes
    for first in Role:
        for second in Role:
            both = permissions_of(frozenset({first, second}))
            apart = bool(clashing(frozenset({first, second})))
            assert apart is (second in APART.get(first, ()) or first in APART.get(second, ()))
            if {Permission.MANAGE_PEOPLE, Permission.ADJUDICATE} <= both or (
                Permission.SEE_AUDIT in both and both & changes
            ):
                assert apart, (first, second)


def test_nobody_without_a_role_or_deactivated_may_anything(person: Person) -> None:
    user = person(Role.SUPERVISOR)
    assert user.may(Permission.ADJUDICATE)
    gone = User.objects.get(pk=user.pk)
    gone.is_active = False
    assert not gone.permissions
    assert not permissions_of(frozenset())


def test_every_view_says_who_may() -> None:
    silent = [r.name for r in our_routes() if not r.is_public and not hasattr(r.view, "needs")]
    assert silent == []
    known = set(Permission)
    wrong = [r.name for r in our_routes() if not r.is_public and not set(r.view.needs) <= known]
    assert wrong == []


def test_no_view_is_public_that_is_not_meant_to_be() -> None:
    assert {r.name for r in our_routes() if r.is_public} <= PUBLIC


def test_only_the_api_goes_without_the_forms_token() -> None:
    """What is asked with a token of the API needs no other; what a browser's cookie opens does."""
    exempt = {r.name for r in all_routes() if getattr(r.view, "csrf_exempt", False)}
    assert {name.partition(":")[0] for name in exempt} <= {"api", "api-1", "match"}, sorted(exempt)


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_sign_in(client: Client, db: None, method: str) -> None:
    for route in our_routes():
        if not route.is_public:
            answer = getattr(client, method)(route.path)
            assert answer.status_code == 302, route
            assert answer.headers["Location"].startswith("/account/login/?next="), route


@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_every_page_is_for_exactly_those_whom_the_table_allows(
    browse: Browse, person: Person, role: Role | None
) -> None:
    user = person(role) if role else User.objects.create_user("nobody")
    client = browse(user)
    client.raise_request_exception = False
    wrong = []
    for route in our_routes():
        if route.is_public:
            continue
        allowed = not route.view.needs or bool(route.view.needs & permissions_of(frozenset({role} if role else ())))
        for method in ("get", "post"):
            status = getattr(client, method)(route.path).status_code
            # A page that is allowed may not be there, or not answer to this method; it does not break.
            if (status == 403) is allowed or status >= 500:
                wrong.append(f"{method} {route.path} {status}, {'allowed' if allowed else 'refused'}")
    assert wrong == []


def _readers(person: Person) -> list[User]:
    """Three people who may everything between them."""
    return [person(Role.SUPERVISOR), person(Role.ADMINISTRATOR), person(Role.AUDITOR)]


def test_reading_a_page_changes_nothing_but_the_record_of_who_read(browse: Browse, person: Person) -> None:
    changed = []
    for reader in _readers(person):
        client = browse(reader)
        client.raise_request_exception = False
        client.get("/")
        for route in our_routes():
            with CaptureQueriesContext(connection) as queries:
                client.get(route.path)
            changed += [f"{route.path}: {q['sql'][:80]}" for q in queries if _is_change(q["sql"])]
    assert changed == []


def _is_change(sql: str) -> bool:
    words = sql.replace('"', "").split()
    table = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}.get(words[0])
    return table is not None and not words[table].startswith(WRITTEN_BY_READING)


def _changing(route: Route) -> bool:
    """Named for an act: such a page answers to POST alone."""
    acts = {
        "revoke", "deactivate", "reactivate", "remove", "cancel", "assign", "start", "decide", "second", "reopen",
        "unwatch", "sign-out", "second-factor", "language", "rebuild", "end",
    }  # fmt: skip
    return route.path.rstrip("/").rpartition("/")[2] in acts


def test_what_changes_something_does_not_answer_to_a_mere_link(browse: Browse, person: Person) -> None:
    changing = [route for route in our_routes() if _changing(route)]
    assert len(changing) >= 7
    for reader in _readers(person):
        client = browse(reader)
        for route in changing:
            if route.is_public or not route.view.needs or reader.may(*route.view.needs):
                assert client.get(route.path).status_code == 405, route


def test_a_form_without_its_token_is_refused_everywhere(person: Person) -> None:
    taken = []
    for reader in _readers(person):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
        for route in our_routes():
            if client.post(route.path).status_code not in (403, 405):
                taken.append(route.path)
    assert taken == []
