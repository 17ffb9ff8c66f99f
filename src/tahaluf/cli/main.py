"""The command `tahaluf`: sets the language, runs a command, turns errors into words and exit codes.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, with rows rejected or values left out; 130 interrupted.
Commands are imported when they are called, so that help and version come at once.
"""

import os
import sys
from collections.abc import Sequence

import click

from tahaluf.cli.i18n import choose_language, set_language, without_language
from tahaluf.domain import Problem, TahalufError

FAILED = 1
INTERRUPTED = 130


def main() -> None:
    """The entry point of the installed command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs one command line; the exit code."""
    set_language(choose_language(arguments, os.environ))
    from tahaluf.cli.commands import build_root

    try:
        code = build_root().main(without_language(arguments), prog_name="tahaluf", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (click.Abort, KeyboardInterrupt, TahalufError, MemoryError, OSError) as failed:
        click.echo(describe_error(failed), err=True)
        return INTERRUPTED if isinstance(failed, click.Abort | KeyboardInterrupt) else FAILED
    return code if isinstance(code, int) else 0


def describe_error(failed: BaseException) -> str:
    """What went wrong, in the current language."""
    from tahaluf.cli.problems import describe

    if isinstance(failed, TahalufError):
        return describe(failed.problem)
    if isinstance(failed, OSError):
        return describe(Problem("cli.system", found=f"{failed.filename or ''} {failed.strerror or failed}".strip()))
    return describe(Problem("cli.memory" if isinstance(failed, MemoryError) else "cli.interrupted"))
