"""A page that shows hits with their reasons: for reading, printing and filing; needs nothing from outside itself.

The caller hands in `translate` (text of a stable key) and the language, since no prose is known here. Every text from
a file is escaped and every personal name stands in `<bdi>`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import jinja2

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the page says besides hits: `facts` are label → value; `details` finds those of a listing."""

    language: str
    translate: Translate
    facts: Mapping[str, str] = field(default_factory=dict)
    details: Callable[[str, str], Mapping[str, Any]] | None = None


def render_report(hits: Iterable[Mapping[str, Any]], context: ReportContext) -> str:
    """The page for these hits (as `read_hits` gives them), grouped by subject in their order."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        groups.setdefault(hit["query_id"], []).append(_with_details(hit, context))
    return _template().render(
        groups=groups,
        facts=context.facts,
        language=context.language,
        direction="rtl" if context.language.split("-")[0] in ("ar", "fa", "ur", "ps", "ckb") else "ltr",
        t=context.translate,
    )


def _with_details(hit: Mapping[str, Any], context: ReportContext) -> dict[str, Any]:
    details = context.details(hit["dataset"], hit["entity_id"]) if context.details else {}
    return {**hit, "details": details}


@cache
def _template() -> jinja2.Template:
    text = resources.files("tahaluf.screening.export").joinpath("report.html.jinja").read_text("utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
