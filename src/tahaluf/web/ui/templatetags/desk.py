"""Filters and tags for names, dates, numbers, scores, form fields and pages; part of every template."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Textarea
from django.forms.widgets import Input
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tahaluf.domain import Problem, Where
from tahaluf.names.countries import country_name
from tahaluf.prose.i18n import speaking
from tahaluf.prose.labels import label as prose_label
from tahaluf.prose.problems import describe
from tahaluf.web.common.preferences import current
from tahaluf.web.ui import formatting
from tahaluf.web.ui.charts import Chart
from tahaluf.web.ui.icons import ICONS, TURNING

register = template.Library()
# From where on a score is drawn as fair, and as strong.
FAIR, STRONG = 0.6, 0.85
WRITTEN = {
    "text": "auto",
    "search": "auto",
    "number": "ltr",
    "email": "ltr",
    "url": "ltr",
    "password": "ltr",
    "tel": "ltr",
}


@register.filter
def bidi(text: object) -> SafeString:
    """A name or other text from data, kept apart from the direction of what stands around it."""
    return format_html('<bdi dir="auto">{}</bdi>', _shown(text))


@register.filter
def ltr(text: object) -> SafeString:
    """A number, code, e-mail or other run that is read from the left in every language."""
    return format_html('<bdi dir="ltr" class="ltr">{}</bdi>', _shown(text))


@register.filter
def number(value: float | None) -> SafeString | str:
    return "" if value is None else ltr(formatting.number(value))


@register.filter
def score(value: float | None) -> SafeString | str:
    return "" if value is None else ltr(formatting.score(value))


@register.filter
def threshold(value: float | None) -> SafeString | str:
    return "" if value is None else ltr(formatting.threshold(value))


@register.inclusion_tag("ui/meter.html")
def meter(value: float) -> dict[str, float]:
    """A score as a bar and a number, alike wherever one is shown."""
    return {"value": value, "low": FAIR, "high": STRONG}


@register.filter("percent")
def share(value: float | None) -> SafeString | str:
    """A part of 1 (0.125) as a percentage."""
    return "" if value is None else ltr(formatting.share(value))


@register.filter
def in_language(told: Mapping[str, str]) -> str:
    """What is told in each language, in the reader's."""
    return formatting.in_language(told)


@register.filter
def long_date(value: date | datetime | str | None) -> SafeString | str:
    """A day, or a partial date as text (`1967-03`)."""
    if not value:
        return ""
    if not isinstance(value, str):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), formatting.long_date(value))
    shown = formatting.long_date(value)
    return ltr(value) if shown == value else format_html('<time datetime="{}">{}</time>', value, shown)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Day and time on the reader's clock."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formatting.moment(value)) if value else ""


@register.filter
def age(value: datetime | None) -> SafeString | str:
    """How long ago, or until; the whole moment as the tooltip."""
    if not value:
        return ""
    shape = '<time datetime="{}" title="{}">{}</time>'
    return format_html(shape, value.isoformat(), formatting.moment(value), formatting.age(value))


@register.filter
def country(code: str | None) -> str:
    """The name of a country in the reader's language."""
    return country_name(code, current().language) if code else ""


@register.filter
def label(key: object, section: str) -> str:
    """`"romanized"|label:"reason"`: the words for a stable code."""
    with speaking(current().language):
        return prose_label(f"{section}.{key}")


@register.filter
def problem(value: Problem | Mapping[str, Any] | None) -> str:
    """A problem, or the plain values of one, as a sentence."""
    if not value:
        return ""
    with speaking(current().language):
        return describe(value if isinstance(value, Problem) else _problem(value))


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "bell" %}` (ui/icons.py)."""
    turns = " icon--turns" if name in TURNING else ""
    shape = '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    return format_html(shape, turns, mark_safe(ICONS[name]))  # noqa: S308 (our own path data)


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, **attributes: str) -> dict[str, Any]:
    """A form's field whole: label, control, hint, errors. Attributes go to the control (`autocomplete="off"`)."""
    widget = bound.field.widget
    given: dict[str, str | bool] = {name.replace("_", "-"): value for name, value in attributes.items()}
    if isinstance(widget, Input | Textarea) and (kind := getattr(widget, "input_type", "text")) in WRITTEN:
        direction = given.setdefault("dir", widget.attrs.get("dir", WRITTEN[kind]))
        if direction == "auto" and not widget.attrs.get("placeholder"):
            given.setdefault("placeholder", " ")  # lets the style sheet tell an empty one
    several = widget.use_fieldset
    return {
        "field": bound,
        "control": bound.as_widget(attrs=given),
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": several,
        "choices": list(bound) if several and hasattr(widget, "subwidgets") else [],
    }


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: Any) -> dict[str, Any]:
    """Links to the pages before and after, the filters kept; `page` is Django's, or has the same attributes."""
    query = context["request"].GET.copy()

    def to(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "total": getattr(getattr(page, "paginator", None), "num_pages", None),
        "previous": to(page.previous_page_number()) if page.has_previous() else "",
        "next": to(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/chart.html")
def chart(drawing: Chart) -> dict[str, Chart]:
    """A chart of `ui/charts.py`, with its numbers as a table under it."""
    return {"chart": drawing}


@register.filter
def unlocalized(value: float) -> str:
    """A number as markup wants it, whatever the language."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _shown(text: object) -> object:
    return "" if text is None else text


def _problem(value: Mapping[str, Any]) -> Problem:
    place = value.get("where")
    where = Where(**{k: v for k, v in place.items() if k in Where.__slots__}) if isinstance(place, Mapping) else Where()
    return Problem(str(value["code"]), where, str(value.get("expected") or ""), str(value.get("found") or ""))
