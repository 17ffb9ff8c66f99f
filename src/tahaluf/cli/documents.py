"""`tahaluf documents`: a register of stolen and lost documents to an index that numbers are looked up in."""

import time
from pathlib import Path

import click

from tahaluf.cli.options import exit_help
from tahaluf.prose.i18n import _, ngettext_


def build_command() -> click.Group:
    """The group of document commands, in the current language."""
    text = _("Keep a local register of stolen, lost and revoked documents.")
    group = click.Group("documents", help=text + "\n\n" + exit_help())
    path = click.Path(path_type=Path)
    parameters: list[click.Parameter] = [
        click.Argument(["files"], type=path, nargs=-1, required=True, metavar="FILE..."),
        click.Option(["--out"], type=path, required=True, metavar="DIR",
                     help=_("Folder for the register; an old one is replaced.")),
    ]  # fmt: skip
    group.add_command(
        click.Command(
            "import", params=parameters, callback=import_files, epilog=exit_help(),
            help=_("Import documents (CSV, XLSX or JSON lines: number, type, country, status) into a register that "
                   "`tahaluf screen --against DIR` looks numbers up in."),
        )
    )  # fmt: skip
    return group


def import_files(files: tuple[Path, ...], out: Path) -> int:
    """Compiles the register; the exit code."""
    from itertools import chain

    from tahaluf.cli.against import replace_folder
    from tahaluf.cli.engine import compile_index
    from tahaluf.cli.summary import DONE, DONE_WITH_PROBLEMS, Problems
    from tahaluf.messages import RejectSink
    from tahaluf.messages.documents import read_register

    began, problems, sink = time.perf_counter(), Problems(), RejectSink()
    with replace_folder(out) as folder:
        screener = compile_index(chain.from_iterable(read_register(path, sink) for path in files), folder)
    for problem in (*sink.warnings, *(found.problem for found in sink.take())):
        problems(problem)
    problems.close()
    count = sum(dataset["listings"] for dataset in screener.datasets)
    text = ngettext_("{count} document in the register {out}", "{count} documents in the register {out}", count)
    seconds = _("{seconds} s").format(seconds=round(time.perf_counter() - began, 2))
    click.echo(_(", ").join([text.format(count=count, out=out), seconds]))
    return DONE_WITH_PROBLEMS if problems.count else DONE
