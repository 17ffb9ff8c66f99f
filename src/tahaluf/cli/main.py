"""The command `tahaluf`: sets the language, runs a command, turns errors into words and exit codes.

An error that nobody foresaw is told in one line too; where it comes from is shown if TAHALUF_DEBUG is set.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, with rows rejected or values left out; 130 interrupted.
Commands are imported when they are called, so that help and version come at once.
"""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence

import click

from tahaluf.cli.language import choose_language, speak, without_language
from tahaluf.domain import Problem, TahalufError, Where

FAILED = 1
INTERRUPTED = 130
DEBUG = "TAHALUF_DEBUG"
SYSTEM = {
    errno.EACCES: "cli.system.denied", errno.EPERM: "cli.system.denied", errno.ENOENT: "cli.system.missing",
    errno.EISDIR: "cli.system.folder", errno.ENOTDIR: "cli.system.path", errno.ENOSPC: "cli.system.full",
    errno.EDQUOT: "cli.system.full", errno.EROFS: "cli.system.readonly", errno.EEXIST: "cli.system.exists",
    errno.ENAMETOOLONG: "cli.system.name", errno.EMFILE: "cli.system.files", errno.ENFILE: "cli.system.files",
    errno.EIO: "cli.system.disk",
}  # fmt: skip


def main() -> None:
    """The entry point of the installed command."""
    status = run(sys.argv[1:])
    # Nothing is left to collect that the end of the process does not take: a second less after a large index.
    gc.freeze()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line; the exit code."""
    speak(choose_language(arguments, os.environ))
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
    except Exception as unexpected:
        if os.environ.get(DEBUG):
            traceback.print_exception(unexpected)
        click.echo(describe_error(unexpected), err=True)
        return FAILED
    return code if isinstance(code, int) else 0


def system_problem(failed: OSError) -> Problem:
    """An error of the system by its number, with the path that it is about."""
    place = Where(os.fspath(failed.filename)) if isinstance(failed.filename, str | os.PathLike) else Where()
    return Problem(SYSTEM.get(failed.errno or 0, "cli.system"), place, found=failed.strerror or str(failed))


def describe_error(failed: BaseException) -> str:
    """What went wrong, in the current language."""
    from tahaluf.prose.problems import describe

    if isinstance(failed, TahalufError):
        return describe(failed.problem)
    if isinstance(failed, OSError):
        return describe(system_problem(failed))
    if isinstance(failed, MemoryError):
        return describe(Problem("cli.memory"))
    if isinstance(failed, click.Abort | KeyboardInterrupt):
        return describe(Problem("cli.interrupted"))
    return describe(Problem("cli.internal", found=f"{type(failed).__name__}: {failed}"))
