"""The language, region and time zone of a request, and what hostile text does on the pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone, translation

from tahaluf.prose.i18n import current_language
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.services import change_details, create_person, invite, make_token
from tahaluf.web.common.preferences import Preferences, current, preferring

Browse = Callable[[User], Client]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"


def language_of(page: object) -> str:
    text = page.content.decode()  # type: ignore[attr-defined]
    return str(text.partition('<html lang="')[2][:2])


def test_the_browsers_language_counts_until_one_is_chosen(client: Client, db: None) -> None:
    assert language_of(client.get("/account/login/", headers={"Accept-Language": "fr-MA,fr;q=0.9"})) == "fr"
    assert language_of(client.get("/account/login/", headers={"Accept-Language": "ar-SY"})) == "ar"
    assert language_of(client.get("/account/login/", headers={"Accept-Language": "de"})) == "en"
    answer = client.post("/language/", {"language": "ar", "next": "/account/login/?next=/people/"})
    assert answer.headers["Location"] == "/account/login/?next=/people/"
    assert language_of(client.get("/account/login/", headers={"Accept-Language": "fr"})) == "ar"


def test_the_switch_keeps_the_choice_with_the_person(browse: Browse, analyst: User) -> None:
    browse(analyst).post("/language/", {"language": "ar", "next": "/"})
    analyst.refresh_from_db()
    assert analyst.language == "ar"
    assert language_of(browse(analyst).get("/people/permissions/", headers={"Accept-Language": "fr"})) == "ar"


@pytest.mark.parametrize("language", ["", "xx", "../../etc", "en-gb", "AR"])
def test_no_language_is_taken_that_there_is_not(browse: Browse, analyst: User, language: str) -> None:
    answer = browse(analyst).post("/language/", {"language": language, "next": "/people/"})
    assert answer.headers["Location"] == "/people/"
    assert "django_language" not in answer.cookies
    analyst.refresh_from_db()
    assert analyst.language == ""


def test_a_person_with_values_that_are_no_longer_known_is_served(browse: Browse, analyst: User) -> None:
    User.objects.update(language="xx", region="ZZ", time_zone="Atlantis/Capital", theme="neon")
    assert browse(analyst).get("/account/settings/").status_code == 200


def test_preferences_hold_within_and_are_gone_after() -> None:
    before = current()
    with preferring(Preferences("ar", "SY", True, "Asia/Damascus")):
        assert current() == Preferences("ar", "SY", True, "Asia/Damascus")
        assert (translation.get_language(), current_language()) == ("ar", "ar")
        assert timezone.get_current_timezone_name() == "Asia/Damascus"
        with translation.override("fr"):
            assert (current().language, current().region) == ("fr", "SY")
    assert current() == before
    assert current_language() == "en"


def test_the_page_of_one_request_says_nothing_of_the_one_before(browse: Browse, analyst: User, client: Client) -> None:
    User.objects.update(language="ar", region="SY")
    browse(analyst).get("/account/settings/")
    assert current().language == "en"
    assert language_of(client.get("/account/login/")) == "en"


def test_hostile_text_is_shown_as_text(browse: Browse, administrator: User, supervisor: User) -> None:
    victim = create_person("victim", by=administrator, first_name=HOSTILE[:150], office=HOSTILE[:120])
    change_details(victim, administrator, last_name="\u202e\u2066evil\u0007")
    victim.refresh_from_db()
    assert victim.last_name == "evil"
    make_token(administrator, HOSTILE[:80], ["read"], 1)
    desk = browse(administrator)
    pages = [
        desk.get(p) for p in ("/people/", f"/people/{victim.pk}/", "/account/tokens/", f"/people/{administrator.pk}/")
    ]
    pages += [browse(supervisor).get("/people/")]
    pages += [desk.post("/people/new/", {"username": HOSTILE, "first_name": HOSTILE * 100, "office": "\u202e" * 200})]
    pages += [desk.post("/account/tokens/", {"name": HOSTILE * 200, "scopes": [HOSTILE], "days": HOSTILE})]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in text and "<img src=x" not in text and "14" not in text.partition("|add")[2][:3]


def test_ten_thousand_characters_break_no_page(browse: Browse, administrator: User, client: Client) -> None:
    long = "ن" * 10_000
    desk = browse(administrator)
    given = {"username": long, "first_name": long, "last_name": long, "office": long, "email": f"{long}@x.example"}
    assert set(desk.post("/people/new/", {**given, "roles": ["press"]}).context["form"].errors) == set(given)
    page = desk.post(f"/people/{administrator.pk}/", {"act": "details", **given})
    assert page.status_code == 200 and page.context["details"].errors
    assert client.post("/account/login/", {"login": long, "password": long}).status_code == 200
    assert client.get(f"/invitation/{long[:2000]}/").status_code == 410
    link = invite(administrator, None)
    assert client.post(link, {"password1": long[:4000], "password2": long[:4000]}).status_code == 302
    assert client.get(link).status_code == 410


def test_a_link_that_is_over_tells_nothing_of_whose_it_was(client: Client, analyst: User) -> None:
    old = invite(analyst, None)
    invite(analyst, None)
    pages = [client.get(place) for place in (old, "/invitation/guess/")]
    assert [page.status_code for page in pages] == [410, 410]
    assert analyst.username not in pages[0].content.decode()
    assert client.post(old, {"password1": "x", "password2": "x"}).status_code == 410
