"""A running desk and a browser. Skipped, saying so, where Chromium or playwright is absent.

CHROMIUM names the browser, AXE the file axe.min.js, SCREENSHOTS a folder for pictures.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.e2e.serving import ARGUMENTS, CHROMIUM, Desk, demo_desk, sign_in, speak

AXE = Path(os.environ.get("AXE") or "node_modules/axe-core/axe.min.js")
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if not CHROMIUM:
        pytest.skip("no Chromium: set CHROMIUM to one")
    pytest.importorskip("playwright", reason="playwright is not installed")
    with demo_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(desk: Desk) -> Iterator[Any]:
    """The browser. Of a module, not of the session: while it is open, Django takes the thread for asynchronous."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def states() -> dict[str, Any]:
    """Cookies of those who have signed in already."""
    return {}


@pytest.fixture
def enter(desk: Desk, chromium: Any, states: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """`enter("karim.benali", "ar")`: a page on which this person has signed in. What the browser complains of (faults
    of scripts, what the policy forbids, what is not there) fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def come_in(name: str, language: str, *, width: int = 1280) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, base_url=desk.url, locale=language,
            reduced_motion="reduce", storage_state=states.get(name), accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(_told(said)) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        if name not in states:
            sign_in(page, desk, name)
            states[name] = context.storage_state()
        page.goto("/")
        speak(page, language)
        return page

    yield come_in
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _told(said: Any) -> str:
    return f"{said.location.get('url', '')}: {said.text}"


def photograph(page: Any, name: str) -> None:
    """A picture into SCREENSHOTS, where that is set."""
    if SCREENSHOTS:
        place = Path(SCREENSHOTS) / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(place), full_page=True)
