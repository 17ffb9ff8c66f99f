"""A reader with every role follows every link, in three languages: what every page must be holds on each.

New pages are found by themselves; data for them is made in `conftest.furnished`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from tahaluf.web.accounts.models import User
from tests.web.ui.pages import Page

EACH = 3  # pages of one kind
WITHOUT_HTML = ("api", "ninja")
# Of the sign-in library: not there before a second factor is set up.
LATER = ("mfa_",)


def routes(resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all routes, with their namespaces."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield ":".join((*spaces, pattern.name))


def starts() -> list[str]:
    """Every address that needs no argument."""
    found = []
    for name in routes():
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return sorted(set(found))


def crawl(client: Client) -> dict[str, HttpResponse]:
    """Address → what came, for all pages that can be reached; redirects within the desk are followed."""
    waiting, seen = starts(), Counter[str]()
    answers: dict[str, Any] = {}
    while waiting:
        address = waiting.pop(0)
        kind = resolve(urlsplit(address).path).view_name if urlsplit(address).path else ""
        if address in answers or seen[kind] >= EACH or kind == "account_logout":
            continue
        seen[kind] += 1
        answer: Any = client.get(address)
        answers[address] = answer
        if answer.status_code in (301, 302):
            waiting.append(_within(address, answer.headers["Location"]))
        elif answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            links = Page(answer.content.decode(), "").links
            waiting += [_within(address, link) for link in links if _stays(link)]
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end it is closed; `close` would close the database, too
    return answers


def _stays(link: str) -> bool:
    return not urlsplit(link).netloc and not link.startswith(("#", "mailto:"))


def _within(address: str, link: str) -> str:
    parts = urlsplit(urljoin(address, link))
    return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def everyone(furnished: User, browse: Callable[[User], Client]) -> Client:
    return browse(furnished)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_page_is_whole_named_and_needs_nothing_from_outside(everyone: Client, language: str) -> None:
    everyone.cookies["django_language"] = language
    wrong, pages = [], 0
    for address, answer in crawl(everyone).items():
        kind = resolve(urlsplit(address).path).view_name
        if answer.status_code >= 400 and answer.status_code != 405 and not kind.startswith(WITHOUT_HTML + LATER):
            wrong.append(f"{address}: {answer.status_code}")
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            # The reference of the API is the page that its library brings; it is in English.
            if "<html" in html and not kind.startswith(WITHOUT_HTML):
                pages += 1
                of_others = kind.startswith(WITHOUT_HTML)
                faults = [f for f in Page(html, language).faults if not of_others or f.startswith("outside")]
                wrong += [f"{address}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
    assert pages > 15


def test_every_page_forbids_what_is_not_its_own(everyone: Client) -> None:
    for address, answer in crawl(everyone).items():
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            policy = answer.headers.get("Content-Security-Policy", "")
            if not resolve(urlsplit(address).path).view_name.startswith(WITHOUT_HTML):
                assert "default-src 'none'" in policy and "unsafe" not in policy, address
            assert answer.headers["X-Frame-Options"] == "DENY", address


def test_the_reader_of_pages_sees_each_fault() -> None:
    bad = """<html lang="en" dir="rtl"><head><title> · Tahaluf</title><style>a{}</style></head><body onload="x()">
    <h1>A</h1><h1>B</h1><script>1</script><img src="https://a.b/c"><link href="//cdn.x/y">
    <p style="color:red" id="a"></p>
    <input name="q" id="q"><button></button><i id="a"></i>
    <button data-confirm="Sure?">s</button><form method="post"><a href="http://x.y">z</a></form></body></html>"""
    faults = " ".join(Page(bad, "en").faults)
    for part in ("dir=rtl", "<style>", "body onload", "2 h1", "<script>", "a.b", "cdn.x", "p style", "no label",
                 "button without", "id 'a' twice", "CSRF", "no title", "x.y",
                 "no dialog: Sure?"):  # fmt: skip
        assert part in faults, part
    good = """<html lang="ar" dir="rtl"><head><title>A · Tahaluf</title></head><body><h1>A</h1>
    <svg><title>x</title></svg><label for="q">Q</label><input id="q"><label>R <input name="r"></label>
    <a rel="noreferrer" href="https://un.org">x</a><button aria-label="y"><svg></svg></button></body></html>"""
    assert Page(good, "ar").faults == []
