"""Makes the README's three pictures of the desk, from a demo desk of its own: the queue, an alert in Arabic, the lists.

Reach for it when these pages have changed. Needs Chromium and the e2e extra; writes docs/pictures/*.png.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1180, "height": 760}
MOST_BYTES = 200_000
sys.path.insert(0, str(ROOT))

from tests.web.e2e.serving import ARGUMENTS, CHROMIUM, Desk, demo_desk, sign_in, speak  # noqa: E402

# Picture, person, language, theme, where from, and what is clicked there.
WANTED = (
    ("queue", "karim.benali", "en", "light", "/alerts/", ""),
    ("alert-ar", "karim.benali", "ar", "light", "/alerts/", "[data-rows] tr:nth-child(2) a[href]"),
    ("lists", "omar.haddad", "en", "dark", "/lists/", ""),
)


def main() -> int:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (of an extra)

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_desk(Path(folder)) as desk, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, *wanted in WANTED:
            picture = small(take(browser, desk, *wanted))
            if len(picture) > MOST_BYTES:
                raise SystemExit(f"{name}.png has {len(picture)} bytes, more than {MOST_BYTES}")
            (PICTURES / f"{name}.png").write_bytes(picture)
            print(f"docs/pictures/{name}.png: {len(picture)} bytes")
        browser.close()
    return 0


def take(browser: Any, desk: Desk, person: str, language: str, theme: str, address: str, click: str) -> bytes:
    context = browser.new_context(viewport=SIZE, base_url=desk.url, color_scheme=theme, locale=language)
    page = context.new_page()
    sign_in(page, desk, person)
    speak(page, language)
    page.goto(address)
    if click:
        page.locator(click).first.click()
        page.wait_for_load_state()
    picture = page.screenshot()
    context.close()
    return bytes(picture)


def small(picture: bytes) -> bytes:
    """The same picture in 128 colors."""
    made = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
