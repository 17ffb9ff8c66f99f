"""`tahaluf index`: lists to a compiled index."""

import time
from pathlib import Path

import click

from tahaluf.cli.commands import language_option
from tahaluf.cli.options import exit_help
from tahaluf.prose.i18n import _, ngettext_


def build_command() -> click.Command:
    """The command in the current language."""
    path = click.Path(path_type=Path)
    parameters: list[click.Parameter] = [
        click.Argument(["lists"], type=path, nargs=-1, required=True, metavar="LIST..."),
        click.Option(
            ["--out"],
            type=path,
            required=True,
            metavar="DIR",
            help=_("Folder for the index; an old index is replaced."),
        ),
    ]
    text = _("Compile published lists into one index, which every other command opens at once.")
    return language_option()(click.Command("index", params=parameters, callback=_run, help=text, epilog=exit_help()))


def _run(lists: tuple[Path, ...], out: Path) -> int:
    from tahaluf.cli.against import compile_lists, replace_folder
    from tahaluf.cli.summary import DONE, DONE_WITH_PROBLEMS, Problems

    began = time.perf_counter()
    problems = Problems()
    with replace_folder(out) as folder:
        screener = compile_lists(lists, folder, problems)
    problems.close()
    count = sum(dataset["listings"] for dataset in screener.datasets)
    text = ngettext_("{count} listing compiled into {out}", "{count} listings compiled into {out}", count)
    seconds = _("{seconds} s").format(seconds=round(time.perf_counter() - began, 2))
    click.echo(_(", ").join([text.format(count=count, out=out), screener.index_id, seconds]))
    return DONE_WITH_PROBLEMS if problems.count else DONE
