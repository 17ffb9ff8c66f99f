"""`tahaluf demo`: the main job on embedded, wholly invented people."""

from pathlib import Path

import click

from tahaluf.cli.commands import language_option
from tahaluf.prose.i18n import _


def build_command() -> click.Command:
    """The command in the current language."""
    option = click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        default=Path("demo-out"),
        show_default=True,
        metavar="DIR",
        help=_("Folder for the results."),
    )
    text = _("Screen invented travelers against an invented list; write hits, rejects and a report.")
    return language_option()(click.Command("demo", params=[option], callback=_run, help=text))


def _run(out: Path) -> int:
    from tahaluf.cli.showing import show

    return show(out)
