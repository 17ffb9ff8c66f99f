"""What the demo does: writes the samples, screens them, shows the hits, writes the report, says what to try next."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from tahaluf.cli import engine
from tahaluf.cli.against import compile_lists, replace_folder
from tahaluf.cli.i18n import _, current_language, ngettext_
from tahaluf.cli.labels import label
from tahaluf.cli.order import Order
from tahaluf.cli.run import screen_file
from tahaluf.cli.summary import DONE, Problems
from tahaluf.cli.tables import hit_table
from tahaluf.screening.export import read_hits
from tahaluf.screening.export.report import ReportContext, render_report

if TYPE_CHECKING:
    from tahaluf.screening import Screener

LIST, TRAVELERS = "list.ftm.json", "travelers.csv"
SHOWN_DETAILS = ("names", "birth_dates", "birth_places", "nationalities", "gender", "documents", "reference")


def show(out: Path) -> int:
    """Runs the demo into a folder; the exit code."""
    out.mkdir(parents=True, exist_ok=True)
    for name in (LIST, TRAVELERS):
        text = resources.files("tahaluf.cli").joinpath("samples", name).read_bytes()
        (out / name).write_bytes(text)
    problems = Problems()
    screener = _compile(out, problems)
    order = Order(out / TRAVELERS, (out / "index",), out / "hits.jsonl", top=3, workers=1)
    done = screen_file(order)
    hits = list(read_hits(order.out))
    facts = {
        "report.subjects": str(done.subjects),
        "report.hits": str(done.hits),
        "report.rejected": str(done.rejected),
        "report.threshold": f"{screener.default_threshold:.2f}",
        "report.lists": LIST,
        "report.index": screener.index_id,
        "report.engine": screener.engine_version,
    }
    context = ReportContext(current_language(), label, facts, lambda _dataset, listing: details_of(screener, listing))
    (out / "report.html").write_text(render_report(hits, context), "utf-8")
    _print(out, hits, facts)
    return DONE


def _compile(out: Path, problems: Problems) -> "Screener":
    with replace_folder(out / "index") as folder:
        compile_lists([out / LIST], folder, problems)
    return engine.open_index(out / "index")


def details_of(screener: "Screener", listing_id: str) -> Mapping[str, Any]:
    """What the list says of a listing, as far as it says anything."""
    found = screener.listing(listing_id)
    return {key: _plain(found[key]) for key in SHOWN_DETAILS if found.get(key)}


def _plain(value: Any) -> Any:
    """A value as text to show; a list stays a list of texts."""
    if isinstance(value, list):
        return [_plain_item(item) for item in value]
    return value


def _plain_item(item: Any) -> str:
    parts = item.values() if isinstance(item, dict) else item if isinstance(item, list) else [item]
    return " ".join(str(part) for part in parts if part)


def _print(out: Path, hits: list[dict[str, Any]], facts: Mapping[str, str]) -> None:
    console = Console(highlight=False)
    best = [hit for hit in hits if hit["rank"] == 1]
    rows = [(hit["query_id"], hit["subject_name"], hit["name"], f"{hit['score']:.3f}") for hit in best]
    console.print(hit_table(rows))
    count = len(best)
    head = ngettext_(
        "{count} traveler of {all} may be on the list; {rejected} row could not be read (see {file}).",
        "{count} travelers of {all} may be on the list; {rejected} row could not be read (see {file}).",
        count,
    )
    rejects = out / "hits.jsonl.rejects.csv"
    console.print(
        Text(head.format(count=count, all=facts["report.subjects"], rejected=facts["report.rejected"], file=rejects))
    )
    console.print(Text(_("These are proposals: a person decides on each. Everyone here is invented.")))
    console.print(Text(_("The reasons for every hit: {file}").format(file=out / "report.html")))
    console.print(Text(_("Try next:")))
    for command in next_commands(out):
        console.print(Text(f"  {command}"), soft_wrap=True)


def next_commands(out: Path) -> list[str]:
    """Commands that work on what the demo has written."""
    return [
        f'tahaluf explain "Abd el Kader Ben Zeroual" --against {out / "index"}',
        f"tahaluf screen {out / TRAVELERS} --against {out / LIST} --out {out / 'hits.xlsx'}",
        f"tahaluf screen {out / TRAVELERS} --against {out / 'index'} --out {out / 'all.csv'} --threshold 0 --top 1",
        "tahaluf screen --help",
    ]
