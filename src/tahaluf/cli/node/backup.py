"""`tahaluf backup`: the whole desk in one file, while it runs."""

from pathlib import Path

import click

from tahaluf.cli.commands import language_option
from tahaluf.prose.i18n import _, ngettext_


def build_command() -> click.Command:
    """The command in the current language."""
    out = click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE")
    text = _(
        "Save the whole desk, its database and its files, to FILE, a new tar, while it runs. FILE holds all that the "
        "desk holds: keep it as safely."
    )
    return language_option()(click.Command("backup", params=[out], callback=run, help=text))


def run(file: Path) -> int:
    """Writes the file; the exit code."""
    from tahaluf.cli.node.opening import open_desk

    open_desk()
    from tahaluf.web.config.backup.saving import save
    from tahaluf.web.config.preparing import reaching_database, require_prepared

    require_prepared()
    with reaching_database():
        manifest = save(file)
    count = len(manifest.members)
    text = ngettext_("{count} file saved in {file}", "{count} files saved in {file}", count)
    click.echo(text.format(count=count, file=file))
    return 0
