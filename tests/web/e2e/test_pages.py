"""Every page in each language and theme, wide and on a phone, as a browser shows it: accessible, in order, in sight."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.web.e2e.conftest import AXE, photograph
from tests.web.e2e.serving import Desk

PEOPLE = ("karim.benali", "joao.pereira", "fatoumata.diallo", "salma.idrissi")
LANGUAGES = ("ar", "fr", "en")
PHONE, DESKTOP = 390, 1280
PAPER = 718  # an A4 page between its margins
FILES = re.compile(r"\.(?:pdf|xlsx|csv|jsonl?|atom|txt)$|/export|/download|/logout|^/api/|/docs$|sheet")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
VARIABLE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE_RUN = """async only => (await axe.run(document, {resultTypes: ['violations'], ...only})).violations.map(
    v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' — ' + n.failureSummary).join('\\n'))"""
# Contrast, which costs the most to look at, is the theme's and not the width's; all else is the width's.
JUDGED: dict[tuple[str, int], dict[str, Any]] = {
    ("light", DESKTOP): {},
    ("dark", DESKTOP): {"runOnly": ["color-contrast"]},
    ("light", PHONE): {"rules": {"color-contrast": {"enabled": False}}},
}
PICTURED = {("light", DESKTOP): ("ar", "en"), ("dark", PHONE): ("ar",)}
# The first letter of what is read from the left stands left of its last one, whatever is around it.
REVERSED = """() => [...document.querySelectorAll('.code, .ltr, .num, bdi[dir=ltr]')].flatMap(element => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.trimEnd(), start = text.length - text.trimStart().length;
        if (text.length - start < 2 || /[\\u0590-\\u08ff]/.test(text) || !/[\\w]/.test(text)) continue;
        const at = index => { const r = document.createRange(); r.setStart(node, index); r.setEnd(node, index + 1);
            return r.getBoundingClientRect(); };
        const first = at(start), last = at(text.length - 1);
        if (first.width && Math.abs(first.top - last.top) < 3 && first.left >= last.left) found.push(text);
    }
    return found;
})"""

# What is written in a small part stays within it.
SPILLED = """() => [...document.querySelectorAll('.tokens > *, .button, .badge, .tile, .tabs a, .menu a')].filter(
    part => part.offsetParent && part.scrollWidth > part.clientWidth + 1).map(part => part.textContent.trim())"""

# A table that has to be moved sideways to be read to its end.
WIDE = """() => [...document.querySelectorAll('.scroll')].filter(
    part => part.offsetParent && part.scrollWidth > part.parentElement.clientWidth + 1).map(
    part => `${part.getAttribute('aria-label')}: ${part.scrollWidth} of ${part.parentElement.clientWidth}`)"""


def kind_of(address: str) -> str:
    """The address without what differs from one page of its kind to the next."""
    path = VARIABLE.sub("N", urlsplit(address).path)
    return re.sub(
        r"^/lists/(?!search|upload|collections|imports|feed)[\w-]+",
        "/lists/L",
        re.sub(r"/listings/.+", "/listings/I", path),
    )


def walk(page: Any, visit: Callable[[str, int], None], known: set[str]) -> None:
    """Calls `visit` on one page of each kind that can be reached by links and is not known yet; knows them then."""
    waiting, seen = ["/", "/components/"], set[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in seen or FILES.search(urlsplit(address).path):
            continue
        seen.add(kind)
        answer = page.context.request.get(address) if kind in known else page.goto(address)
        # What others have seen is not looked at again; that it leads this person further may be.
        if kind not in known:
            visit(kind, answer.status)
        links = [unescape(link) for link in LINK.findall(answer.text())]
        waiting += [urljoin(address, link) for link in links if not urlsplit(link).netloc and not link.startswith("#")]
    known |= seen


def look(page: Any, name: str, language: str) -> list[str]:
    """What is wrong with the page as it is shown now, wide and narrow, light and dark."""
    wrong = []
    for theme, width in (("light", DESKTOP), ("dark", DESKTOP), ("dark", PHONE), ("light", PHONE)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        where = f"{theme} {width}"
        if (over := page.evaluate(OVERFLOW)) > 0:
            wrong.append(f"{where}: {over} px wider than the screen")
        wrong += [f"{where}: reversed: {text}" for text in page.evaluate(REVERSED)]
        wrong += [f"{where}: spilled: {text}" for text in page.evaluate(SPILLED)]
        if width == DESKTOP:
            wrong += [f"{where}: wide: {text}" for text in page.evaluate(WIDE)]
        if AXE.is_file() and (theme, width) in JUDGED:
            wrong += [f"{where}: {fault}" for fault in page.evaluate(AXE_RUN, JUDGED[theme, width])]
        if language in PICTURED.get((theme, width), ()):
            photograph(page, f"pages/{name}-{language}-{theme}-{width}")
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    wrong += [f"paper: wide: {text}" for text in page.evaluate(WIDE)]
    page.emulate_media(media="screen")
    return wrong


@pytest.fixture(scope="module")
def looked() -> dict[str, set[str]]:
    """Kinds of pages that were looked at, by language: each once, by whoever comes to it first."""
    return {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_accessible_in_order_and_within_the_screen(
    enter: Callable[..., Any], looked: dict[str, set[str]], person: str, language: str
) -> None:
    page = enter(person, language)
    wrong: list[str] = []

    def visit(kind: str, status: int) -> None:
        if status != 200:
            wrong.append(f"{kind}: {status}")
        if AXE.is_file():
            page.evaluate(AXE.read_text("utf-8"))
        name = kind.strip("/").replace("/", "_") or "home"
        wrong.extend(f"{kind}: {fault}" for fault in look(page, name, language))

    walk(page, visit, looked.setdefault(language, set()))
    assert not wrong, "\n".join(dict.fromkeys(wrong))
    assert len(looked[language]) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_is_accessible_too(chromium: Any, desk: Desk, language: str) -> None:
    context = chromium.new_context(base_url=desk.url, locale=language, reduced_motion="reduce")
    page = context.new_page()
    for address in ("/account/login/", "/nothing/"):
        page.goto(address)
        if AXE.is_file():
            page.evaluate(AXE.read_text("utf-8"))
        assert look(page, address.strip("/").replace("/", "_"), language) == []
        assert page.get_attribute("html", "lang") == language
    context.close()


def test_the_tools_of_this_file_see_what_they_are_for(chromium: Any, desk: Desk) -> None:
    """The checks above tell a bad page from a good one; and whether axe-core was there is said."""
    page = chromium.new_page()
    page.set_content(
        "<html dir=rtl lang=ar><title>x</title><p>هاتف <b class=code>+212 6-12-34</b> عمر</p><hr width=3000>"
    )
    assert page.evaluate(REVERSED) == ["+212 6-12-34"]
    assert page.evaluate(OVERFLOW) > 0
    page.set_content(
        "<title>x</title><style>b{display:block;width:2em;padding:9px;white-space:nowrap}</style>"
        "<b class=badge>much too long</b>"
    )
    assert page.evaluate(SPILLED) == ["much too long"]
    page.set_content("<title>x</title><main style=inline-size:9em><div class=scroll aria-label=L>" + "word" * 99)
    assert len(page.evaluate(WIDE)) == 1
    page.set_content("<html dir=rtl lang=ar><title>x</title><p>هاتف <bdi dir=ltr class=code>+212 6-12-34</bdi> عمر</p>")
    assert page.evaluate(REVERSED) == []
    page.close()
    if not AXE.is_file():
        pytest.skip("axe-core is absent (set AXE to axe.min.js): accessibility was not looked at")
