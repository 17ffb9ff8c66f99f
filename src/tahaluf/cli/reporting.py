"""The HTML report of a run, in its language: facts of the run, hits with their reasons, what could not be used."""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tahaluf import lists
from tahaluf.cli import engine
from tahaluf.cli.folders import find_lists, name_of
from tahaluf.cli.journal import Progress
from tahaluf.cli.order import Order
from tahaluf.domain import Problem, TahalufError, Where
from tahaluf.prose.i18n import _, current_language, ngettext_
from tahaluf.prose.labels import label
from tahaluf.prose.problems import describe
from tahaluf.prose.values import show_details, show_value
from tahaluf.screening.export import read_hits
from tahaluf.screening.export.report import MOST_HITS, MOST_REJECTS, Reject, ReportContext, render_report

if TYPE_CHECKING:
    from tahaluf.screening import Screener

Facts = Mapping[str, str | Sequence[str]]


def report_run(
    order: Order, done: Progress, screeners: Sequence["Screener"], hits: Path, rejects: Path, *,
    warnings: Sequence[str] = (),
) -> None:  # fmt: skip
    """Writes the report of a run to `order.report`, from its hits in JSON lines and its rejects as they are kept, with
    what was said of the file as a whole."""
    if order.report is None:
        return
    facts = facts_of(order, done, screeners)
    if warnings:
        facts["report.warnings"] = list(warnings)
    first = list(itertools.islice(_rejects(rejects), MOST_REJECTS))
    write_page(order.report, read_hits(hits), facts, screeners, first, done.rejected + done.noted)


def write_page(
    out: Path, hits: Iterable[Mapping[str, Any]], facts: Facts, screeners: Sequence["Screener"],
    rejects: Sequence[Reject] = (), rejected: int = 0,
) -> None:  # fmt: skip
    """Writes a page, whole or not at all."""
    details = details_from(screeners) if screeners else None
    context = ReportContext(current_language(), label, facts, details, show_value, rejects, rejected)
    made = out.with_name(out.name + ".new")
    made.write_text(render_report(hits, context, MOST_HITS), "utf-8")
    made.replace(out)


def facts_of(order: Order, done: Progress, screeners: Sequence["Screener"]) -> dict[str, str | list[str]]:
    """What a reader must know of the run to judge its hits."""
    threshold = screeners[0].default_threshold if order.threshold is None else order.threshold
    return {
        "report.date": now(),
        "report.file": order.subjects.name,
        "report.lists": list(_lists(order.against, screeners)),
        "report.subjects": str(done.subjects),
        "report.hits": str(done.hits),
        "report.rejected": str(done.rejected),
        "report.noted": str(done.noted),
        "report.threshold": f"{threshold:g}",
        "report.top": str(order.top),
        "report.index": [screener.index_id for screener in screeners],
        "report.engine": screeners[0].engine_version,
    }


def now() -> str:
    """The minute, with its distance from UTC."""
    return datetime.now().astimezone().isoformat(" ", "minutes")


def _lists(against: Iterable[Path], screeners: Iterable["Screener"]) -> Iterator[str]:
    """Each list with how much it holds and, where its file says it, when it was published."""
    published = dict(_publication_dates(against))
    turned = "\u200f" if current_language() == "ar" else ""
    for entry in (entry for screener in screeners for entry in screener.datasets):
        text = ngettext_("{name}: {count} listing", "{name}: {count} listings", entry["listings"])
        # The name stands apart, lest its letters turn the line around.
        parts = [turned + text.format(name=f"\u2068{entry['name']}\u2069", count=entry["listings"])]
        if date := published.get(entry["name"]):
            parts.append(_("published on {date}").format(date=date))
        yield _(", ").join(parts)


def _publication_dates(against: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in (found for given in against for found in find_lists(given)):
        if engine.is_index(path):
            continue
        try:
            reading = lists.read(path)
            first = next(iter(reading), None)
        except TahalufError:
            continue
        if first and reading.published_on:
            yield first.dataset or name_of(path), reading.published_on.isoformat()


def details_from(screeners: Sequence["Screener"]) -> Callable[[str, str], dict[str, str | list[str]]]:
    """Finds what a list says of a listing in the first index that holds it, in words."""

    def find(dataset: str, listing: str) -> dict[str, str | list[str]]:
        for screener in screeners:
            try:
                found = screener.listing(listing)
            except KeyError:
                continue
            if found.get("dataset", dataset) == dataset:
                return show_details(found)
        return {}

    return find


def _rejects(path: Path) -> Iterator[Reject]:
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            screened = _("yes") if row["screened"] == "yes" else _("no")
            yield Reject(row["line"], row.get("problem") or _sentence(row), screened, row["row"])


def _sentence(row: Mapping[str, str]) -> str:
    where = Where(field=row["column"] or None)
    return describe(Problem(row["code"], where, row["expected"], row["found"]))
