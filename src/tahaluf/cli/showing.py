"""What the demo does: writes the samples, screens them, shows the hits, writes the report, says what to try next."""

from importlib import resources
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from tahaluf.cli.against import compile_lists, replace_folder
from tahaluf.cli.journal import Progress
from tahaluf.cli.order import Order
from tahaluf.cli.reading import Told
from tahaluf.cli.run import screen_file
from tahaluf.cli.summary import DONE, Problems
from tahaluf.cli.tables import hit_table, party_table
from tahaluf.prose.i18n import _, ngettext_
from tahaluf.prose.labels import label
from tahaluf.screening.export import read_hits

LIST, TRAVELERS = "list.ftm.json", "travelers.csv"
FLIGHT, PASSPORTS, PAYMENTS = "flight.edi", "passports.txt", "payments.xml"


def show(out: Path) -> int:
    """Runs the demo into a folder; the exit code."""
    out.mkdir(parents=True, exist_ok=True)
    for name in (LIST, TRAVELERS, FLIGHT, PASSPORTS, PAYMENTS):
        text = resources.files("tahaluf.cli").joinpath("samples", name).read_bytes()
        (out / name).write_bytes(text)
    problems = Problems()
    _compile(out, problems)
    order = Order(
        out / TRAVELERS, (out / "index",), out / "hits.jsonl", top=3, workers=1, report=out / "report.html"
    )  # fmt: skip
    done = screen_file(order, Told(silent=True))
    console = Console(highlight=False)
    _print(console, out, list(read_hits(order.out)), done)
    _show_messages(console, out)
    _print_next(console, out)
    return DONE


def _compile(out: Path, problems: Problems) -> None:
    with replace_folder(out / "index") as folder:
        compile_lists([out / LIST], folder, problems)


def _show_messages(console: Console, out: Path) -> None:
    """Screens a flight, travel documents and payments, and shows whom they hit."""
    titles = {
        FLIGHT: _("A passenger list (PAXLST): {file}"),
        PASSPORTS: _("Machine-readable zones of travel documents: {file}"),
        PAYMENTS: _("Payments (ISO 20022): {file}"),
    }
    for name, title in titles.items():
        hits = out / f"{name}.hits.jsonl"
        order = Order(out / name, (out / "index",), hits, top=1, workers=1)
        screen_file(order, Told(silent=True))
        found = [hit for hit in read_hits(hits) if hit["rank"] == 1]
        rows = [
            (str(hit["source"]["unit"]), label(f"role.{hit['source']['role']}"), hit["subject_name"], hit["name"],
             f"{hit['score']:.3f}")
            for hit in found
        ]  # fmt: skip
        console.print(party_table(title.format(file=out / name), rows))


def _print(console: Console, out: Path, hits: list[dict[str, Any]], done: Progress) -> None:
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
    console.print(Text(head.format(count=count, all=done.subjects, rejected=done.rejected, file=rejects)))
    console.print(Text(_("These are proposals: a person decides on each. Everyone here is invented.")))
    console.print(Text(_("The reasons for every hit: {file}").format(file=out / "report.html")))


def _print_next(console: Console, out: Path) -> None:
    console.print(Text(_("Try next:")))
    for command in next_commands(out):
        console.print(Text(f"  {command}"), soft_wrap=True)
    console.print(Text(_("The same with lists, alerts and people to review them, in a browser:")))
    console.print(Text("  tahaluf serve --demo"))


def next_commands(out: Path) -> list[str]:
    """Commands that work on what the demo has written."""
    return [
        f'tahaluf explain "Abd el Kader Ben Zeroual" --against {out / "index"}',
        f"tahaluf screen {out / TRAVELERS} --against {out / LIST} --out {out / 'hits.xlsx'} "
        f"--report {out / 'hits.html'}",
        f"tahaluf screen {out / TRAVELERS} --against {out / 'index'} --out {out / 'all.csv'} --threshold 0 --top 1",
        f"tahaluf messages check {out / FLIGHT}",
        f"tahaluf screen {out / PAYMENTS} --against {out / 'index'} --out {out / 'payments.csv'}",
        "tahaluf screen --help",
    ]
