"""`tahaluf screen`: the options, nothing more; the work is in `cli.run`."""

from pathlib import Path
from typing import Any

import click

from tahaluf.cli.commands import language_option
from tahaluf.cli.options import against_help, cache_option, default_threshold, exit_help, kind_option, parse_mapping
from tahaluf.cli.order import BATCH_ROWS, Order
from tahaluf.prose.i18n import _


def build_command() -> click.Command:
    """The command in the current language."""
    text = _(
        "Screen SUBJECTS (CSV, XLSX, JSON lines, Parquet, FollowTheMoney; PAXLST, PNRGOV, machine-readable zones, "
        "ISO 20022, SWIFT MT) against lists and write the hits."
    )
    parameters = [*_files(), *_reading(), *_running()]
    command = click.Command("screen", params=parameters, callback=_run, help=text, epilog=exit_help())
    return language_option()(command)


def _files() -> list[click.Parameter]:
    path = click.Path(path_type=Path)
    return [
        click.Argument(["subjects"], type=path, metavar="SUBJECTS"),
        click.Argument(["more"], type=path, nargs=-1, metavar="[LIST_OR_INDEX]..."),
        click.Option(["--against"], type=path, multiple=True, metavar="LIST_OR_INDEX", help=against_help()),
        click.Option(
            ["--out"],
            type=path,
            required=True,
            metavar="HITS",
            help=_("Where hits go: .jsonl, .csv, .xlsx or .parquet, by the suffix."),
        ),
        click.Option(
            ["--top"], type=click.IntRange(1, 1000), default=5, show_default=True, help=_("Hits for each subject.")
        ),
        click.Option(
            ["--threshold"],
            type=click.FloatRange(0.0, 1.0),
            show_default=default_threshold(),
            help=_("Lowest score of a hit, 0 to 1; 0 writes the best candidates whatever their score."),
        ),
        click.Option(
            ["--rejects"],
            type=path,
            help=_("Where rows that could not be used go; otherwise beside HITS, if there are any."),
        ),
        click.Option(
            ["--outcomes"],
            type=path,
            metavar="FILE.jsonl",
            help=_("Where the outcome of each traveler or transaction of messages goes; otherwise beside HITS."),
        ),
        click.Option(
            ["--report"],
            type=path,
            metavar="FILE.html",
            help=_("A page for reading and filing: the hits with their reasons, the run, the rows not used."),
        ),
    ]


def _reading() -> list[click.Parameter]:
    return [
        click.Option(["--resume"], is_flag=True, help=_("Go on where a run that was cut short stopped.")),
        click.Option(
            ["--map", "mapping"],
            multiple=True,
            metavar="ROLE=COLUMN",
            help=_("Which column is what, e.g. name=Client or birth_date=4; may be repeated or joined by commas."),
        ),
        kind_option(),
    ]


def _running() -> list[click.Parameter]:
    return [
        click.Option(
            ["--workers"],
            type=click.IntRange(1, 256),
            help=_("Threads, or on a Ray cluster processes; otherwise one for each processor."),
        ),
        click.Option(
            ["--engine"],
            type=click.Choice(["local", "ray"]),
            default="local",
            show_default=True,
            help=_("Where batches are screened: on this machine, or on a Ray cluster."),
        ),
        cache_option(),
        click.Option(
            ["--summary"],
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help=_("Form of the last line."),
        ),
        click.Option(["--batch-size"], type=click.IntRange(1, 16384), default=BATCH_ROWS, hidden=True),
    ]


def _run(subjects: Path, more: tuple[Path, ...], against: tuple[Path, ...], **options: Any) -> int:
    if not against + more:
        raise click.UsageError(_("Name at least one list or index with --against."))
    from tahaluf.cli.run import run_screening

    order = Order(
        subjects=subjects,
        against=against + more,
        mapping=parse_mapping(options.pop("mapping")),
        **options,
    )
    return run_screening(order)
