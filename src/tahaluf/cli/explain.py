"""`tahaluf explain`: one name, the listed names nearest to it, and why."""

from pathlib import Path
from typing import Any

import click

from tahaluf.cli.commands import language_option
from tahaluf.cli.options import against_help, cache_option, kind_option
from tahaluf.prose.i18n import _


def build_command() -> click.Command:
    """The command in the current language."""
    path = click.Path(path_type=Path)
    parameters = [
        click.Argument(["name"], metavar="NAME"),
        click.Argument(["more"], type=path, nargs=-1, metavar="[LIST_OR_INDEX]..."),
        click.Option(["--against"], type=path, multiple=True, metavar="LIST_OR_INDEX", help=against_help()),
        click.Option(["--top"], type=click.IntRange(1, 100), default=3, show_default=True, help=_("Listings to show.")),
        click.Option(["--birth-date"], multiple=True, metavar="DATE", help=_("Birth date, as precisely as known.")),
        click.Option(["--nationality"], multiple=True, metavar="COUNTRY", help=_("Nationality, as a name or a code.")),
        click.Option(["--gender"], type=click.Choice(["male", "female", "other"]), help=_("Gender.")),
        click.Option(["--document"], multiple=True, metavar="NUMBER", help=_("Number of a document.")),
        kind_option(),
        cache_option(),
    ]
    text = _("Show the listed names nearest to NAME, whatever their score, and what makes it.")
    return language_option()(click.Command("explain", params=parameters, callback=_run, help=text))


def _run(name: str, more: tuple[Path, ...], against: tuple[Path, ...], **options: Any) -> int:
    if not against + more:
        raise click.UsageError(_("Name at least one list or index with --against."))
    from tahaluf.cli.explaining import Question, explain

    cached = not options.pop("no_cache")
    return explain(Question(name=name, **options), against + more, cached=cached)
