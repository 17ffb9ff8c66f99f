"""What every page must be, read from its HTML: nothing from outside, nothing inline, named, labelled."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
OUTSIDE = re.compile(r"(?:https?:)?//[\w.-]")
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml")


class Page(HTMLParser):
    """A page's faults, in `faults`, and the links on it, in `links`."""

    def __init__(self, html: str, language: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.links: list[str] = []
        self._language = language
        self._open: list[tuple[str, dict[str, str]]] = []
        self._ids: list[str] = []
        self._labelled: set[str] = set()
        self._fields: list[dict[str, str]] = []
        self._headings = 0
        self._title = ""
        self._buttons: list[str] = []
        self._tokens: list[bool] = []
        self._dialogs: list[str] = []
        self.feed(html)
        self.close()
        self._judge()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._check_attributes(tag, given)
        self._note(tag, given)
        if tag not in VOID:
            self._open.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check_attributes(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "form" and self._tokens and not self._tokens.pop():
            self.faults.append("a form is posted without a CSRF token")

    def handle_data(self, data: str) -> None:
        within = [tag for tag, _ in self._open]
        if within and within[-1] in ("script", "style") and data.strip():
            self.faults.append(f"<{within[-1]}> within the page")
        if "title" in within and "svg" not in within:
            self._title += data
        if "button" in within and self._buttons:
            self._buttons[-1] += data

    def _check_attributes(self, tag: str, given: dict[str, str]) -> None:
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(f"<{tag} {name}>")
            leaves = tag == "a" and name == "href" and "noreferrer" in given.get("rel", "")
            if OUTSIDE.match(value) and value not in NAMESPACES and name not in ("value", "placeholder") and not leaves:
                self.faults.append(f"outside address: <{tag} {name}={value!r}>")

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if tag == "html" and (given.get("lang"), given.get("dir")) != (
            self._language,
            "rtl" if self._language == "ar" else "ltr",
        ):
            self.faults.append(f"<html lang={given.get('lang')} dir={given.get('dir')}>")
        if "id" in given:
            self._ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "label" and "for" in given:
            self._labelled.add(given["for"])
        self._dialogs += [given[name] for name in ("data-confirm", "data-open") if name in given]
        self._headings += tag == "h1"
        if tag == "button":
            self._buttons.append(given.get("aria-label", ""))
        if tag == "form":
            self._tokens.append(given.get("method", "get").lower() != "post")
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken" and self._tokens:
            self._tokens[-1] = True
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit", "button", "reset"):
            self._note_field(given)

    def _note_field(self, given: dict[str, str]) -> None:
        if "hidden" not in given:
            wrapped = any(open_tag == "label" for open_tag, _ in self._open)
            if not wrapped and not given.get("aria-label") and not given.get("aria-labelledby"):
                self._fields.append(given)

    def _judge(self) -> None:
        self.faults += [f"id {name!r} twice" for name in {n for n in self._ids if self._ids.count(n) > 1}]
        self.faults += [f"no label: {f}" for f in self._fields if f.get("id") not in self._labelled]
        self.faults += ["a button without a name" for words in self._buttons if not words.strip()]
        self.faults += [f"no dialog: {name}" for name in self._dialogs if name.removeprefix("#") not in self._ids]
        if self._headings != 1:
            self.faults.append(f"{self._headings} h1")
        if not self._title.replace("· Tahaluf", "").strip():
            self.faults.append("no title")
