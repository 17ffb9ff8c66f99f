"""`tahaluf restore`: a desk back from a backup."""

from pathlib import Path

import click

from tahaluf.cli.commands import language_option
from tahaluf.prose.i18n import _, ngettext_


def build_command() -> click.Command:
    """The command in the current language."""
    parameters: list[click.Parameter] = [
        click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar="FILE"),
        click.Option(["--replace"], is_flag=True, help=_("Put aside for good whatever this desk holds.")),
    ]
    text = _(
        "Make this desk what FILE, a backup, says. The desk must not run. Everything in FILE is checked before "
        "anything is changed."
    )
    return language_option()(click.Command("restore", params=parameters, callback=run, help=text))


def run(file: Path, replace: bool) -> int:
    """Restores; the exit code."""
    from tahaluf.cli.node.opening import open_desk

    open_desk()
    from tahaluf.web.config.backup.restoring import restore

    manifest = restore(file, replace=replace)
    count = len(manifest.members)
    text = ngettext_(
        "{count} file restored from {file}, saved on {date}",
        "{count} files restored from {file}, saved on {date}",
        count,
    )
    click.echo(text.format(count=count, file=file, date=manifest.made_at[:16].replace("T", " ")))
    return 0
