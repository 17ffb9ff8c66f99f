"""What hands do: a file is dragged in, work is done by the keyboard alone, and what is grave is asked about first."""

import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.web.e2e.conftest import photograph
from tests.web.e2e.test_days import LANGUAGES, SECONDS

Enter = Callable[..., Any]
FOCUSED = "document.activeElement"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_dragged_onto_the_field_is_screened(enter: Enter, tmp_path: Path, language: str) -> None:
    file = tmp_path / "travelers.csv"
    file.write_bytes(resources.files("tahaluf.cli").joinpath("samples", "travelers.csv").read_bytes())
    page = enter("aissata.keita", language)
    page.goto("/screen/file/")
    zone = page.locator("[data-drop]").bounding_box()
    at = {"x": zone["x"] + zone["width"] / 4, "y": zone["y"] + zone["height"] / 2}
    # By the browser's own way for what comes from outside, not by events that the page could not tell apart.
    hand = page.context.new_cdp_session(page)
    carried = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver"):
        hand.send("Input.dispatchDragEvent", {"type": kind, **at, "data": carried})
    page.wait_for_selector("[data-drop].drop--over")
    photograph(page, f"hands/over-{language}")
    hand.send("Input.dispatchDragEvent", {"type": "drop", **at, "data": carried})
    page.wait_for_selector("#announcer:has-text('travelers.csv')", state="attached")
    assert page.evaluate("document.getElementById('file').files.length") == 1
    assert page.locator("[data-drop].drop--over").count() == 0
    assert page.url.endswith("/screen/file/"), "the browser did not open the file instead"
    page.click("main form .button--primary")
    # The demo has screened this file for this purpose.
    page.check("[name=again]")
    page.click("button[name=start]")
    page.wait_for_selector(".page-head .badge--good", timeout=SECONDS)
    assert page.locator("[data-rows] tr").count() > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_alone_goes_through_the_queue_and_decides_one_alert(enter: Enter, language: str) -> None:
    page = enter("karim.benali", language)
    page.goto("/alerts/?held=unassigned&order=score")
    press = page.keyboard.press
    press("j")
    press("j")
    press("k")
    assert page.locator("tr.is-current").count() == 1
    first = page.get_attribute("[data-rows] tr:nth-child(1) a", "href")
    assert page.evaluate(f"{FOCUSED}.getAttribute('href')") == first
    # The same key on an Arabic keyboard.
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ت', code: 'KeyJ', bubbles: true}))"
    )
    second = page.evaluate(f"{FOCUSED}.getAttribute('href')")
    assert second != first
    press("Enter")
    page.wait_for_url(f"**{second}")
    with page.expect_navigation():
        press("k")
    with page.expect_navigation():
        press("j")
    assert page.url.endswith(second)
    with page.expect_navigation():
        press("h")
    assert page.url.endswith(second), "taken"

    press(page.get_attribute("[name=disposition][value=inconclusive]", "data-key"))
    assert page.evaluate(f"{FOCUSED}.value") == "inconclusive", "one goes on from what was chosen"
    press("Tab")
    assert page.evaluate(f"{FOCUSED}.name") == "reasons_inconclusive"
    press("Space")
    page.wait_for_selector("[name=reasons_inconclusive]:checked")
    while page.evaluate(f"{FOCUSED}.name") != "text":
        press("Tab")
    page.keyboard.type("j k d: letters, while one writes.")
    photograph(page, f"hands/keyboard-{language}")
    press("Escape")
    number = re.search(r"/alerts/(\d+)/", second)
    assert number
    with page.expect_navigation():
        press("d")
    assert page.is_visible(".notice--good") and f"/alerts/{number[1]}/" not in page.url, "the next one is there"
    page.goto(f"/alerts/{number[1]}/")
    assert page.locator("#decide").count() == 0, "it is decided"


COUNTING = "addEventListener('submit', () => { sessionStorage.sent = Number(sessionStorage.sent || 0) + 1; }, true)"


def times_sent_when_asked_twice(page: Any, name: str) -> int:
    """Asks, says no, asks again, says yes; how often the form was sent."""
    page.evaluate(COUNTING)
    for answer in ("[data-close]", "[data-yes]"):
        assert page.evaluate("sessionStorage.sent") is None, "sent before anybody said yes"
        page.click(f"[data-confirm='#ask-{name}']")
        assert page.is_visible(f"#ask-{name}")
        page.click(f"#ask-{name} {answer}")
    page.wait_for_selector(".notice--good")
    return int(page.evaluate("sessionStorage.sent"))


def test_a_subject_is_watched_until_one_has_said_yes_to_the_end_of_it(enter: Enter) -> None:
    page = enter("aissata.keita", "ar")
    page.goto("/subjects/")
    page.click("tbody th a >> nth=-1")
    assert times_sent_when_asked_twice(page, "unwatch") == 1
    page.wait_for_url(re.compile("/subjects/$"))


def test_a_webhook_stays_until_one_has_said_yes(enter: Enter) -> None:
    page = enter("joao.pereira", "ar")
    page.goto("/webhooks/")
    page.fill("[name=url]", "http://127.0.0.1:9/hook")
    page.click("main form .button--primary")
    photograph(page, "hands/webhooks")
    page.click("tbody th a >> nth=0")
    photograph(page, "hands/webhook")
    assert times_sent_when_asked_twice(page, "remove") == 1
    page.wait_for_url(re.compile("/webhooks/$"))


def test_a_person_is_signed_out_everywhere_once_one_has_said_yes(enter: Enter) -> None:
    page = enter("joao.pereira", "en")
    page.goto("/people/")
    page.click("tbody th a:has-text('Nadia'), tbody th a:has-text('نادية')")
    assert times_sent_when_asked_twice(page, "out") == 1
