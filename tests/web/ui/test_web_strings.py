"""The check of the desk's strings catches what it is for."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest

SCRIPTS = str(Path(__file__).resolve().parents[3] / "scripts")


@pytest.fixture
def check() -> Iterator[Any]:
    sys.path.insert(0, SCRIPTS)
    yield importlib.import_module("check_web_strings")
    sys.path.remove(SCRIPTS)


@pytest.fixture
def marked(check: Any) -> Any:
    return importlib.import_module("web_strings.marked")


TEMPLATE = """{% load i18n %}{% translate "One" %}{% blocktranslate count n=x trimmed %}
  {{ n }} row
{% plural %}
  {{ n }} rows
{% endblocktranslate %}{% translate ", " context "list" %}{{ _("Two")|upper }}
{% comment %}{% translate "No" %}{% endcomment %}"""


def test_all_that_templates_mark_is_found(marked: Any) -> None:
    assert set(marked.template_strings(TEMPLATE)) == {
        ("", "One", ""), ("", "%(n)s row", "%(n)s rows"), ("list", ", ", ""), ("", "Two", ""),
    }  # fmt: skip


def test_strings_of_modules_are_found_under_any_name_and_must_be_literal(
    marked: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(marked, "WEB", tmp_path)
    path = tmp_path / "a.py"
    path.write_text(
        "from django.utils.translation import gettext_lazy as _, pgettext, ngettext\nfrom x import gettext\n"
        '_("A"); pgettext("c", "B"); ngettext("r", "rs", 2); gettext("other"); _(name)\n'
    )
    wrong: list[str] = []
    assert set(marked.python_strings(path, wrong)) == {("", "A", ""), ("c", "B", ""), ("", "r", "rs")}
    assert len(wrong) == 1 and "a.py:3" in wrong[0]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="A", msgstr=""), "not translated"),
        (polib.POEntry(msgid="A", msgstr="ب", flags=["fuzzy"]), "not translated"),
        (polib.POEntry(msgid="%(n)s A", msgstr="ب"), "left out"),
        (polib.POEntry(msgid="A", msgstr="%(n)s ب"), "unknown field"),
        (polib.POEntry(msgid="{n} A", msgstr="{m} ب"), "unknown field"),
        (polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "x", 1: "y"}), "not translated"),
    ],
)
def test_a_translation_that_is_not_whole_is_a_fault(check: Any, entry: polib.POEntry, fault: str) -> None:
    assert fault in " ".join(check.entry_faults("ar", entry))


def test_of_a_plural_only_the_last_form_needs_the_number(check: Any) -> None:
    forms = dict.fromkeys(range(5), "واحد") | {5: "%(n)s صف"}
    assert (
        check.entry_faults("ar", polib.POEntry(msgid="%(n)s row", msgid_plural="%(n)s rows", msgstr_plural=forms)) == []
    )


def test_missing_and_stale_strings_are_told(check: Any) -> None:
    place = check.WEB / "ui" / "templates" / "ui" / "x.html"
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="Old", msgstr="قديم"))
    new = importlib.import_module("web_strings.marked").Message("", "New", "")
    told = check.faults("ar", {check.WEB / "ui" / "locale" / "ar.po": catalog}, {new: [place]})
    assert [fault.split(":")[1].strip().split(" ")[0] for fault in told] == ["stale", "missing"]


def catalog_of(text: str, context: str | None = None) -> polib.POFile:
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="overdue", msgstr=text, msgctxt=context))
    return catalog


def test_a_string_with_two_translations_is_a_fault_unless_a_context_tells_them_apart(check: Any) -> None:
    """All catalogs become one: the second would be shown nowhere."""
    here, there = check.WEB / "redress" / "locale" / "ar.po", check.WEB / "ui" / "locale" / "ar.po"
    told = check.double_faults("ar", {here: catalog_of("متأخرة"), there: catalog_of("متأخر")})
    assert len(told) == 1 and "(redress)" in told[0] and "(ui)" in told[0]
    marked = {importlib.import_module("web_strings.marked").Message("", "overdue", ""): [here]}
    assert told[0] in check.faults("ar", {here: catalog_of("متأخرة"), there: catalog_of("متأخر")}, marked)
    for other in (catalog_of("متأخرة"), catalog_of("متأخر", "alert")):
        assert check.double_faults("ar", {here: catalog_of("متأخرة"), there: other}) == []


def test_a_file_belongs_to_the_app_whose_catalog_is_nearest(check: Any) -> None:
    assert check.app_of(check.WEB / "ui" / "templates" / "ui" / "base.html") == "ui"
    assert check.app_of(check.WEB / "config" / "navigation.py") == "config"


@pytest.mark.parametrize(
    "html",
    ["<p>Hello</p>", '<img alt="A map">', "<p>{% if x %}Yes{% endif %}</p>",
     '<a title="{{ x }} of all">', "<b>مرحبا</b>", '<input placeholder="Type here">', '<p>{% translate "A" %} and</p>'],
)  # fmt: skip
def test_words_that_nobody_can_translate_are_found(check: Any, tmp_path: Path, html: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"\n{html}", "utf-8")
    assert importlib.import_module("web_strings.visible").words_of(path)[0][0] == 2


@pytest.mark.parametrize(
    "html",
    ['<p class="page">{% translate "A" %} · {{ n }} / 12</p>',
     "{% blocktranslate %}Hello{% endblocktranslate %}", "<kbd>Esc</kbd>",
     "{# A remark #}", "{% comment %}Hello{% endcomment %}", "<a>CSV</a> Tahaluf &nbsp;"],
)  # fmt: skip
def test_what_needs_no_translation_passes(check: Any, tmp_path: Path, html: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(html, "utf-8")
    assert importlib.import_module("web_strings.visible").words_of(path) == []
