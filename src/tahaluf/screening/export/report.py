"""A page that shows hits with their reasons: for reading, printing and filing; needs nothing from outside itself.

The caller hands in `translate` (text of a stable key), how to show a value, and the language, since no prose is known
here. Every text from a file is escaped and every personal name stands in `<bdi>`.
"""

import heapq
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from tahaluf.domain.cells import visible
from tahaluf.names.written import as_written
from tahaluf.screening.export.flat import DECIMALS, short_score

if TYPE_CHECKING:
    import jinja2

MOST_HITS = 500
MOST_REJECTS = 200
LEAST_LIMIT = 5e-4
_DATE = re.compile(r"(\b\d{4}-\d\d(?:-\d\d)?\b)")
Translate = Callable[[str], str]
Hits = list[Mapping[str, Any]]


class Reject(NamedTuple):
    """A row that could not be used: its line, what was wrong with it, whether it was screened all the same, the row."""

    line: str
    problem: str
    screened: str
    row: str


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the page says besides hits: `facts` are label → value or values; `details` finds those of a listing, label
    → value or values; `show` gives the words for an attribute's value; `rejects` are the first of `rejected`."""

    language: str
    translate: Translate
    facts: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    details: Callable[[str, str], Mapping[str, Any]] | None = None
    show: Callable[[str, str], str] = lambda _attribute, text: text
    rejects: Sequence[Reject] = ()
    rejected: int = 0


def render_report(hits: Iterable[Mapping[str, Any]], context: ReportContext, most: int = MOST_HITS) -> str:
    """The page for these hits (as `read_hits` gives them), grouped by subject, the subjects by their highest score; of
    more than `most` hits those with the highest."""
    groups, every = strongest(hits, most)
    shown = sum(map(len, groups))
    return _template().render(
        groups=[[_with_more(hit, context) for hit in group] for group in groups],
        shown=context.translate("report.shown").format(shown=shown, all=every) if shown < every else "",
        cut=_say_cut(context),
        context=context,
        direction="rtl" if context.language.split("-")[0] in ("ar", "fa", "ur", "ps", "ckb") else "ltr",
        t=context.translate,
    )


def _say_cut(context: ReportContext) -> str:
    shown = len(context.rejects)
    if shown >= context.rejected:
        return ""
    return context.translate("report.rejects_shown").format(shown=shown, all=context.rejected)


def strongest(hits: Iterable[Mapping[str, Any]], most: int) -> tuple[list[Hits], int]:
    """The hits of each subject, the subject with the highest score first, at most `most` hits in all; and how many
    there were. No more than twice `most` subjects are held at once."""
    kept: list[tuple[float, int, Hits]] = []
    every = 0
    for number, group in enumerate(_by_subject(hits)):
        every += len(group)
        kept.append((-max(hit["score"] for hit in group), number, group[:most]))
        if len(kept) > 2 * most:
            kept = heapq.nsmallest(most, kept)
    groups, left = [], most
    for _score, _number, group in sorted(kept):
        if left > 0:
            groups.append(group[:left])
            left -= len(group)
    return groups, every


def _by_subject(hits: Iterable[Mapping[str, Any]]) -> Iterator[Hits]:
    """Hits of one subject stand together; two subjects of one id are told apart by `line`, and by `rank` beginning
    anew."""
    group: Hits = []
    for hit in hits:
        if group and _is_of_another(hit, group[-1]):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _is_of_another(hit: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    one_place = (hit["query_id"], hit.get("line")) == (before["query_id"], before.get("line"))
    return not one_place or hit["rank"] <= before["rank"]


def log_odds(score: float) -> float:
    """ln(p / (1 − p)), for scores that may be 0 or 1."""
    bounded = min(max(score, 1e-12), 1 - 1e-12)
    return math.log(bounded / (1 - bounded))


def limit_of(name_score: float, score: float, effects: Iterable[float]) -> float:
    """What the limits on attributes took from their effects, or added; 0.0 where they did nothing."""
    more = log_odds(score) - log_odds(name_score) - sum(effects)
    return more if abs(more) > LEAST_LIMIT else 0.0


def _with_more(hit: Mapping[str, Any], context: ReportContext) -> dict[str, Any]:
    told = hit["explanation"]
    return {
        **hit,
        "line": hit.get("line"),
        "reference": hit.get("reference"),
        "source": hit.get("source"),
        "evidence": hit.get("evidence"),
        "terms": told.get("terms") or (),
        "name_odds": log_odds(told["name_score"]),
        "odds": log_odds(hit["score"]),
        "limit": limit_of(told["name_score"], hit["score"], (item["effect"] for item in told["attributes"])),
        "details": context.details(hit["dataset"], hit["entity_id"]) if context.details else {},
    }


def show_score(score: float) -> str:
    """Four decimals; what is under 1 never reads as 1."""
    return f"{short_score(score):.{DECIMALS}f}"


def _visible(value: Any) -> Any:
    """What a page prints: markup as it is, text without what would turn it round."""
    return visible(value) if type(value) is str else value


def _cut_at_dates(text: str | float) -> list[str]:
    """Text, date, text, …: a date is written from left to right, whatever is written around it."""
    return _DATE.split(str(text))


@cache
def _template() -> "jinja2.Template":
    import jinja2  # noqa: PLC0415 (7 MB that a web server has no use for)

    text = resources.files("tahaluf.screening.export").joinpath("report.html.jinja").read_text("utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_visible
    )
    environment.filters |= {"parts": _cut_at_dates, "four": show_score, "written": as_written}
    return environment.from_string(text)
