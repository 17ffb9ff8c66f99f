"""A day of each role, in Arabic and in English, with the mouse, with the keyboard, and once without a script.

They build on each other as colleagues do: what the analyst proposes the reviewer confirms.
"""

import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from tests.web.e2e.conftest import photograph
from tests.web.e2e.serving import Desk, sign_in

LANGUAGES = ("en", "ar")
LISTED = {"en": "Khaled Mattar Al Osaimi", "ar": "خالد مطر العصيمي"}
SECONDS = 60_000
Enter = Callable[..., Any]


def sample(name: str) -> dict[str, Any]:
    content = resources.files("tahaluf.cli").joinpath("samples", name).read_bytes()
    return {"name": name, "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_analyst_screens_a_name_and_a_file_and_decides(enter: Enter, language: str) -> None:
    page = enter("aissata.keita", language)
    page.fill("#quick-name", LISTED[language])
    page.click("form:has(#quick-name) .button--primary")
    assert page.locator("#found .panel").count() > 0, "the listed name is not found"
    photograph(page, f"days/analyst-name-{language}")
    page.click("button[formaction$='/record/']")
    page.wait_for_url(re.compile("/screenings/"))

    page.goto("/screen/file/")
    page.set_input_files("#file", sample("travelers.csv"))
    page.click("main form .button--primary")
    photograph(page, f"days/analyst-columns-{language}")
    # The demo has screened this file for this purpose.
    page.check("[name=again]")
    page.click("button[name=start]")
    page.wait_for_selector(".page-head .badge--good", timeout=SECONDS)
    photograph(page, f"days/analyst-file-{language}")

    page.goto("/alerts/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/alerts/\d+/"))
    photograph(page, f"days/analyst-alert-{language}")
    page.keyboard.press(page.get_attribute("[name=disposition][value=false_positive]", "data-key"))
    assert page.is_checked("[name=disposition][value=false_positive]")
    assert page.is_hidden("[data-group=true_match] >> nth=0")
    page.check("[data-group=false_positive] input[type=checkbox] >> nth=0")
    address = page.url
    page.click("#decide .button--primary")
    page.goto(address)
    assert page.locator("#decide").count() == 0, "the decision was not taken"

    page.goto("/alerts/?order=score")
    page.click("[data-rows] a[href] >> nth=0")
    page.check("[name=disposition][value=true_match]")
    page.check("[data-group=true_match] input[type=checkbox] >> nth=0")
    page.check("fieldset:has([name=reasons_true_match]) input >> nth=0")
    address = page.url
    page.click("#decide .button--primary")
    page.goto(address)
    assert page.locator("#second").count() == 0, "who proposed a true match may not confirm it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reviewer_confirms_as_a_second_person_and_takes_the_case_along(enter: Enter, language: str) -> None:
    page = enter("karim.benali", language)
    page.goto("/alerts/?state=proposed")
    page.click("[data-rows] a[href] >> nth=0")
    photograph(page, f"days/reviewer-second-{language}")
    page.check("[name=agrees][value=yes]")
    if page.locator("fieldset:has([name=reasons_yes]) input").count():
        page.check("fieldset:has([name=reasons_yes]) input >> nth=0")
    address = page.url
    page.click("#second .button--primary")
    page.goto(address)
    assert page.locator("#second").count() == 0
    case = page.context.request.get(page.get_attribute("a[href*='case']", "href"))
    assert case.status == 200 and case.body().startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_administrator_invites_someone_and_sets_a_threshold(enter: Enter, language: str) -> None:
    page = enter("joao.pereira", language)
    page.goto("/people/new/")
    page.fill("[name=username]", f"mariam.toure.{language}")
    page.fill("[name=first_name]", "مريم")
    page.check("[name=roles][value=analyst]")
    page.click("main form .button--primary")
    page.click("button[value=link]")
    link = page.input_value("#secret")
    assert "/invitation/" in link
    photograph(page, f"days/administrator-person-{language}")

    page.goto("/purposes/border/")
    page.fill("#id_threshold", "0.7" if language == "en" else "0.65")
    page.wait_for_load_state("networkidle")
    page.fill("form[action$='/threshold/'] [name=because]", "Fewer alerts. تنبيهات أقل.")
    photograph(page, f"days/administrator-purpose-{language}")
    page.click("form[action$='/threshold/'] .button--primary")
    page.wait_for_load_state()
    assert page.locator(".timeline li").count() > 0
    assert page.context.request.get("/alerts/").status == 403, "who runs the desk sees no alert"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_auditor_sees_everything_and_changes_nothing(enter: Enter, language: str) -> None:
    page = enter("fatoumata.diallo", language)
    page.goto("/audit/")
    rows = page.locator("tbody tr").count()
    assert rows > 10
    page.fill("[name=actor]", "karim.benali")
    page.click("main form .button--primary")
    assert 0 < page.locator("tbody tr").count() <= rows
    photograph(page, f"days/auditor-log-{language}")
    page.goto("/alerts/?state=closed")
    page.click("[data-rows] a[href] >> nth=0")
    assert page.locator("main form[method=post]").count() == 0, "an auditor is offered to change something"
    page.goto("/statistics/")
    assert page.locator("svg[role=img]").count() > 0
    photograph(page, f"days/auditor-statistics-{language}")
    for address, start in (("/alerts/queue.xlsx", b"PK"), ("/audit/export.csv", b"\xef\xbb\xbf")):
        answer = page.context.request.get(address)
        assert answer.status == 200 and answer.body().startswith(start), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_information_officer_is_told_what_is_wrong_with_a_file(enter: Enter, language: str) -> None:
    page = enter("omar.haddad", language)
    page.goto("/lists/")
    page.click("[data-rows] a[href], tbody th a >> nth=0")
    photograph(page, f"days/officer-list-{language}")
    page.goto("/lists/")
    page.set_input_files("#import input[type=file]", {"name": "x.xml", "mimeType": "text/xml", "buffer": b"<no"})
    page.click("#import .button--primary")
    page.wait_for_selector(".notice--bad, .error", timeout=SECONDS)
    photograph(page, f"days/officer-refused-{language}")


def test_the_language_changes_and_the_place_stays(enter: Enter) -> None:
    page = enter("karim.benali", "en")
    page.goto("/alerts/?state=closed")
    page.click(".languages button[value=ar]")
    page.wait_for_selector("html[lang=ar][dir=rtl]")
    assert page.url.endswith("/alerts/?state=closed")


def test_the_keyboard_help_opens_and_closes(enter: Enter) -> None:
    page = enter("karim.benali", "en")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert page.is_hidden("#help")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_on_a_phone_the_menu_opens(enter: Enter) -> None:
    page = enter("karim.benali", "ar", width=390)
    assert page.is_hidden(".menu a >> nth=0")
    page.click(".menu > summary")
    photograph(page, "days/phone-menu")
    page.click(".menu a[href='/alerts/']")
    page.wait_for_url(re.compile("/alerts/$"))


def test_without_a_script_a_name_is_screened_and_decided_all_the_same(chromium: Any, desk: Desk) -> None:
    context = chromium.new_context(base_url=desk.url, java_script_enabled=False, locale="fr")
    page = context.new_page()
    sign_in(page, desk, "salma.idrissi")
    page.goto("/screen/")
    page.fill("[name=name]", LISTED["en"])
    page.click("form .button:not(.button--primary):has(svg)")
    assert page.locator("#found .panel").count() > 0
    page.goto("/alerts/")
    page.click("[data-rows] a[href] >> nth=0")
    page.check("[name=disposition][value=inconclusive]")
    page.check("fieldset:has([name=reasons_inconclusive]) input >> nth=0")
    page.fill("#decide [name=text]", "La date de naissance manque.")
    address = page.url
    page.click("#decide .button--primary")
    page.goto(address)
    assert page.locator("#decide").count() == 0
    context.close()
