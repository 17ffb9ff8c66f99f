"""What templates are built from, with hostile values."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from tahaluf import web
from tahaluf.domain import Problem, Where

HOSTILE = '<script>alert(1)</script>"\u202e'


class Names(forms.Form):
    name = forms.CharField(help_text="In any script.")
    number = forms.IntegerField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agrees = forms.BooleanField()


@pytest.mark.parametrize("name", ["bidi", "ltr", "long_date"])
def test_markup_in_a_value_stays_text(draw: Callable[..., str], name: str) -> None:
    drawn = draw("{{ value|" + name + " }}", value=HOSTILE)
    assert "<script" not in drawn
    assert drawn.startswith("<bdi") and drawn.endswith("</bdi>")


@pytest.mark.parametrize(
    "name", ["number", "score", "percent", "long_date", "moment", "age", "country", "problem", "bidi", "ltr"]
)
def test_nothing_is_shown_as_nothing(draw: Callable[..., str], name: str) -> None:
    assert "None" not in draw("{{ value|" + name + " }}", value=None)


def test_whatever_is_counted_is_shown_in_the_digits_of_the_reader() -> None:
    """What a sentence is counted by is a bare number: beside it stands the same one as the reader writes it."""
    counted = re.compile(r"\{% blocktranslate [^%]*?\bcount (\w+)=[^%]*%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
    sentences = [
        (path.name, match[0])
        for path in Path(web.__file__).parent.rglob("*.html")
        for match in counted.finditer(path.read_text("utf-8"))
    ]
    assert len(sentences) > 10
    bare = [each for each in sentences if (found := counted.match(each[1])) and f"{{{{ {found[1]} }}}}" in found[2]]
    assert not bare


def test_numbers_and_dates_are_isolated(draw: Callable[..., str], reading: Callable[..., Any]) -> None:
    with reading("ar"):
        drawn = draw("{{ n|number }} {{ s|score }} {{ at|moment }}", n=-5, s=0.5, at=datetime(2026, 11, 23, tzinfo=UTC))
    assert drawn.count('<bdi dir="ltr" class="ltr">') == 2
    assert '<time datetime="2026-11-23T00:00:00+00:00">' in drawn


def test_a_country_is_named_in_the_readers_language(draw: Callable[..., str], reading: Callable[..., Any]) -> None:
    with reading("ar"):
        assert draw("{{ 'MA'|country }}") == "المغرب"
    with reading("fr"):
        assert draw("{{ 'MA'|country }}") == "Maroc"


@pytest.mark.parametrize(("language", "word"), [("en", "Reasons: "), ("fr", "Motifs"), ("ar", "الأسباب")])
def test_the_place_of_a_problem_in_a_form_is_told_in_words(
    draw: Callable[..., str], reading: Callable[..., Any], language: str, word: str
) -> None:
    found = Problem("web.alert.reasons", Where(field="reasons"))
    with reading(language):
        said = draw("{{ p|problem }}", p=found)
    assert said.startswith(word) and "reasons:" not in said
    assert "field reasons" in draw("{{ p|problem }}", p=Problem("messages.row", Where(field="reasons")))


def test_a_problem_is_a_sentence_whichever_way_it_is_kept(draw: Callable[..., str]) -> None:
    found = Problem("messages.table.no_name_column", Where(file="a.csv", line=3), "name", "x, y")
    kept = {"code": found.code, "expected": "name", "found": "x, y", "where": {"file": "a.csv", "line": 3, "new": 1}}
    assert draw("{{ p|problem }}", p=found) == draw("{{ p|problem }}", p=kept)
    assert "a.csv" in draw("{{ p|problem }}", p=kept)


def test_a_field_is_joined_to_its_label_hint_and_errors(draw: Callable[..., str]) -> None:
    drawn = draw("{% field form.name autocomplete='off' %}", form=Names({"name": ""}))
    assert '<label for="id_name">' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn and 'autocomplete="off"' in drawn and 'dir="auto"' in drawn
    assert 'id="id_name_helptext"' in drawn and 'id="id_name_error"' in drawn


def test_numbers_are_typed_from_the_left_and_may_be_left_out(draw: Callable[..., str]) -> None:
    drawn = draw("{% field form.number %}", form=Names())
    assert 'dir="ltr"' in drawn and "(optional)" in drawn


def test_a_choice_is_a_group_with_a_legend(draw: Callable[..., str]) -> None:
    drawn = draw("{% field form.kind %}{% field form.agrees %}", form=Names())
    assert drawn.count("<fieldset") == 1 and "<legend>Kind" in drawn
    assert drawn.count('type="radio"') == 2 and '<label class="check" for="id_agrees">' in drawn


def test_the_pager_keeps_the_filters(rf: RequestFactory) -> None:
    request = rf.get("/alerts/", {"state": "open", "q": 'a&b"', "page": "2"})
    context = Context({"request": request, "page": Paginator(range(95), 20).page(2)})
    drawn = Template("{% pager page %}").render(context)
    assert "?state=open&amp;q=a%26b%22&amp;page=1" in drawn and "page=3" in drawn and drawn.count("page=2") == 0


def test_one_page_needs_no_pager(rf: RequestFactory) -> None:
    context = Context({"request": rf.get("/"), "page": Paginator(range(5), 20).page(1)})
    assert Template("{% pager page %}").render(context).strip() == ""


def test_an_icon_that_points_is_turned_in_arabic_and_an_unknown_one_is_a_fault(draw: Callable[..., str]) -> None:
    assert "icon--turns" in draw("{% icon 'next' %}")
    assert "icon--turns" not in draw("{% icon 'clock' %}")
    with pytest.raises(KeyError):
        draw("{% icon 'nonsense' %}")
