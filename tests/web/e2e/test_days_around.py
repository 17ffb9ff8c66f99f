"""A day of those who work around the alerts: the supervisor, the programme manager, the press officer."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.e2e.conftest import photograph
from tests.web.e2e.test_days import LANGUAGES, LISTED, SECONDS, sample

Enter = Callable[..., Any]
LISTING = {"en": "Abdelkader Benzeroual", "ar": "عبد القادر بن زروال"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_supervisor_shares_out_the_work_and_ends_what_was_remembered(enter: Enter, language: str) -> None:
    page = enter("salma.idrissi", language)
    page.goto("/alerts/?held=unassigned")
    free = page.locator("[data-rows] tr").count()
    for row in (0, 1):
        page.check(f"[data-rows] [name=alert] >> nth={row}")
    page.select_option("#assign-to", label="karim.benali")
    page.click("form:has(#assign-to) .actions .button")
    assert page.is_visible(".notice--good")
    assert page.url.endswith("/alerts/?held=unassigned")
    assert page.locator("[data-rows] tr").count() >= min(free - 2, 50)
    photograph(page, f"days/supervisor-shared-{language}")

    page.goto("/exemptions/")
    ends = page.locator("[data-rows] form button")
    before = ends.count()
    assert before > 0
    ends.first.click()
    page.wait_for_load_state()
    assert page.locator("[data-rows] form button").count() == before - 1
    photograph(page, f"days/supervisor-exemptions-{language}")
    page.goto("/people/")
    assert page.locator("tbody tr").count() >= 8
    assert page.locator("a[href='/people/new/']").count() == 0, "a supervisor sees who works here, and changes nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_supervisor_follows_a_complaint_to_its_answer(enter: Enter, language: str) -> None:
    page = enter("salma.idrissi", language)
    page.goto("/alerts/?state=closed")
    number = re.search(r"/alerts/(\d+)/", page.get_attribute("[data-rows] a[href] >> nth=0", "href"))
    assert number
    page.goto(f"/complaints/new/?alert={number[1]}")
    page.select_option("[name=channel]", "letter")
    page.select_option("[name=matter]", "mistaken")
    page.fill("[name=name]", LISTED[language])
    page.fill("[name=contact]", "BP 12, Nouakchott")
    page.fill("[name=text]", "لست الشخص المدرج. I am not the person who is listed.")
    photograph(page, f"days/supervisor-complaint-new-{language}")
    page.click("main form .button--primary")
    page.wait_for_url(re.compile(r"/complaints/\d+/$"))
    steps = page.locator(".timeline li").count()

    asks = page.locator("[data-confirm='#ask-reopen']")
    asks.click()
    photograph(page, f"days/supervisor-asked-{language}")
    page.click("#ask-reopen [data-close]")
    assert page.is_hidden("#ask-reopen") and page.locator(".timeline li").count() == steps, "nothing was done"
    asks.click()
    with page.expect_navigation():
        page.click("#ask-reopen [data-yes]")
    assert page.locator(".timeline li").count() == steps + 1, "done, and done once"

    page.select_option("[name=outcome]", "upheld")
    page.fill("form[action$='/answer/'] [name=text]", "تبيّن أنك شخص آخر.")
    page.click("form[action$='/answer/'] .button--primary")
    page.wait_for_load_state()
    letter = page.context.request.get(page.locator("a[href$='.pdf']").last.get_attribute("href"))
    assert letter.status == 200 and letter.body().startswith(b"%PDF")
    photograph(page, f"days/supervisor-complaint-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programme_manager_vets_partners_and_sees_no_alert(enter: Enter, language: str) -> None:
    page = enter("claire.fontaine", language)
    page.goto("/screen/")
    page.select_option("[name=purpose]", "vetting")
    page.fill("[name=name]", LISTED[language])
    page.wait_for_selector("#found .panel")
    page.goto("/screen/file/")
    page.check("[name=purpose][value=vetting]")
    page.set_input_files("#file", sample("travelers.csv"))
    page.click("main form .button--primary")
    page.wait_for_selector("button[name=start]")
    if page.locator("[name=again]").count():
        # In another language it was screened before.
        page.check("[name=again]")
    page.click("button[name=start]")
    page.wait_for_selector(".page-head .badge--good", timeout=SECONDS)
    assert page.locator("[data-rows] tr").count() > 10
    photograph(page, f"days/manager-partners-{language}")
    page.goto("/statistics/")
    assert page.locator("svg[role=img]").count() > 0
    page.goto("/account/tokens/")
    page.fill("[name=name]", f"grants {language}")
    page.check("[name=scopes][value=match]")
    page.select_option("[name=purpose]", "vetting")
    page.click("main form:has([name=scopes]) .button--primary")
    assert len(page.input_value("#secret")) > 20
    photograph(page, f"days/manager-token-{language}")
    assert page.locator(".menu a[href='/alerts/']").count() == 0
    assert page.context.request.get("/alerts/").status == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_press_officer_looks_up_who_is_listed_and_may_nothing_else(enter: Enter, language: str) -> None:
    page = enter("nadia.alami", language)
    addresses = page.eval_on_selector_all(".menu a", "all => all.map(a => a.getAttribute('href'))")
    assert addresses == ["/", "/lists/", "/purposes/"]
    page.goto("/lists/search/")
    page.fill("[name=q]", LISTING[language])
    page.wait_for_selector("#found a[href*='/listings/']")
    photograph(page, f"days/press-found-{language}")
    page.click("#found a[href*='/listings/'] >> nth=0")
    page.wait_for_url(re.compile("/listings/"))
    assert page.locator("main form[method=post]").count() == 0
    photograph(page, f"days/press-listing-{language}")
    page.goto("/purposes/border/")
    assert page.locator("form[action$='/threshold/']").count() == 0
    for address in ("/alerts/", "/screen/", "/screenings/", "/statistics/", "/audit/", "/complaints/"):
        assert page.context.request.get(address).status == 403, address
