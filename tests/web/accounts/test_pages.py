"""The pages of this app answer, in three languages, and do what their buttons say."""

from collections.abc import Callable

import pytest
from django.test import Client

from tahaluf.web.accounts.models import ApiToken, User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.purposes.services import ensure_defaults

Browse = Callable[[User], Client]
OWN = ("/account/settings/", "/account/sessions/", "/account/2fa/", "/account/password/", "/people/permissions/")


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_every_own_page_is_in_the_persons_language(
    browse: Browse, administrator: User, language: str, direction: str
) -> None:
    User.objects.update(language=language)
    client = browse(administrator)
    for place in (*OWN, "/people/", "/people/new/", f"/people/{administrator.pk}/", "/account/tokens/"):
        page = client.get(place, follow=True)
        assert page.status_code == 200, place
        assert f'<html lang="{language}" dir="{direction}"' in page.content.decode(), place
        assert page.headers["Content-Language"] == language


def test_pages_have_no_inline_script_or_style(browse: Browse, administrator: User) -> None:
    client = browse(administrator)
    for place in (*OWN, "/people/", "/people/new/", f"/people/{administrator.pk}/", "/account/tokens/"):
        text = client.get(place, follow=True).content.decode()
        assert " style=" not in text and "<style" not in text and "onclick" not in text, place
        assert text.count("<script") == text.count("<script src="), place


def test_an_administrator_makes_a_person_who_can_then_sign_in(
    browse: Browse, administrator: User, client: Client
) -> None:
    desk = browse(administrator)
    given = {"username": "Leila.Mansour", "first_name": "ليلى", "last_name": "منصور", "roles": ["analyst"]}
    made = desk.post("/people/new/", given)
    person = User.objects.get(username="leila.mansour")
    assert made.headers["Location"] == f"/people/{person.pk}/"
    assert person.roles == {Role.ANALYST}
    page = desk.post(f"/people/{person.pk}/", {"act": "link"})
    link = page.context["link"]
    assert link.startswith("http://testserver/invitation/")
    assert "no-store" in page.headers["Cache-Control"]
    words = "quatre mots très ordinaires"
    answer = client.post(link, {"password1": words, "password2": words})
    assert answer.headers["Location"] == "/account/login/"
    answer = client.post("/account/login/", {"login": "leila.mansour", "password": words})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert actions() == ["person.created", "person.roles", "person.invited", "person.password_set", "session.began"]
    assert "ليلى" in desk.get("/people/").content.decode()


def test_what_an_administrator_may_not_do_is_said_on_the_page(
    browse: Browse, administrator: User, analyst: User
) -> None:
    desk = browse(administrator)
    page = desk.post(f"/people/{analyst.pk}/", {"act": "roles", "roles": ["analyst", "administrator"]})
    assert page.context["roles"].errors["roles"] == [
        "These roles are not given to one person together: administrator, analyst."
    ]
    page = desk.post(f"/people/{administrator.pk}/", {"act": "roles", "roles": ["analyst"]})
    assert page.context["roles"].errors["roles"] == ["Nobody changes their own roles. Ask another administrator."]
    page = desk.post(f"/people/{administrator.pk}/deactivate/", follow=True)
    assert "Nobody does this to themselves" in page.content.decode()
    assert User.objects.get(pk=administrator.pk).is_active
    page = desk.post("/people/new/", {"username": analyst.username.upper(), "roles": ["press"]})
    assert "already" in str(page.context["form"].errors["username"])


def test_details_are_changed_and_only_they(browse: Browse, administrator: User, analyst: User) -> None:
    given = {"act": "details", "first_name": "Aïssata", "office": "Rabat", "is_superuser": "1", "username": "x"}
    browse(administrator).post(f"/people/{analyst.pk}/", given)
    analyst.refresh_from_db()
    assert (analyst.first_name, analyst.office, analyst.username) == ("Aïssata", "Rabat", "aissata.keita")
    assert not analyst.is_superuser
    assert AuditEntry.objects.get().details == {"fields": ["first_name", "office"]}


def test_a_persons_buttons_do_what_they_say(browse: Browse, administrator: User, analyst: User) -> None:
    desk = browse(administrator)
    for act in ("sign-out", "second-factor", "deactivate", "reactivate"):
        assert desk.post(f"/people/{analyst.pk}/{act}/").headers["Location"] == f"/people/{analyst.pk}/"
        analyst.refresh_from_db()
        assert analyst.is_active is (act != "deactivate")
        assert desk.get(f"/people/{analyst.pk}/").status_code == 200
    assert actions() == [
        "person.signed_out", "person.second_factor_reset", "person.deactivated", "person.reactivated",
    ]  # fmt: skip


def test_preferences_are_kept_and_shown_at_once(browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    chosen = {"language": "ar", "region": "SY", "time_zone": "Asia/Damascus", "arabic_digits": "on", "theme": "dark"}
    page = client.post("/account/settings/", chosen, follow=True)
    assert 'lang="ar" dir="rtl" data-theme="dark"' in page.content.decode()
    analyst.refresh_from_db()
    assert (analyst.region, analyst.time_zone, analyst.arabic_digits) == ("SY", "Asia/Damascus", True)
    refused = client.post("/account/settings/", {**chosen, "region": "XX", "time_zone": "Mars/Olympus", "theme": "x"})
    assert set(refused.context["form"].errors) == {"region", "time_zone", "theme"}


def test_a_token_is_shown_once_and_can_be_revoked(browse: Browse, analyst: User, administrator: User) -> None:
    client = browse(analyst)
    ensure_defaults()
    asked = {"name": "nightly", "scopes": ["match", "read"], "days": "30"}
    without = client.post("/account/tokens/", asked)
    assert set(without.context["form"].errors) == {"purpose"}
    page = client.post("/account/tokens/", {**asked, "purpose": "border", "other_purposes": ["payment"]})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert secret not in client.get("/account/tokens/").content.decode()
    token = ApiToken.objects.get()
    assert secret not in repr(ApiToken.objects.values().get()) and token.scopes == ["match", "read"]
    assert token.purposes == ["border", "payment"]
    assert browse(administrator).post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    client.post(f"/account/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "revoked" in client.get("/account/tokens/").content.decode()


def test_an_administrator_revokes_the_token_of_another(browse: Browse, analyst: User, administrator: User) -> None:
    browse(analyst).post("/account/tokens/", {"name": "n", "scopes": ["read"], "days": "7"})
    token = ApiToken.objects.get()
    wrong = browse(administrator).post(f"/people/{administrator.pk}/tokens/{token.pk}/revoke/")
    assert wrong.status_code == 404
    browse(administrator).post(f"/people/{analyst.pk}/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_page_of_people_costs_the_same_for_ten_as_for_one(
    browse: Browse, supervisor: User, person: Callable[..., User], django_assert_max_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse(supervisor)
    client.get("/people/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/people/")
    for number in range(10):
        person(Role.ANALYST, name=f"person{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/people/")
    assert len(many) == len(few)
