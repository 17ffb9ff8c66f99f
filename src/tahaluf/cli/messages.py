"""`tahaluf messages`: shows who stands in passenger lists, documents and payments, and what is wrong with them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tahaluf.cli.options import exit_help
from tahaluf.prose.i18n import _, ngettext_

FAILED, WITH_PROBLEMS = 1, 3
SHOWN = 20


def build_command() -> click.Group:
    """The group of message commands, in the current language."""
    text = _("Read and check passenger lists, bookings, travel documents and payments.")
    group = click.Group("messages", help=text + "\n\n" + exit_help())
    group.add_command(_build_read())
    group.add_command(_build_check())
    group.add_command(_build_acknowledge())
    return group


def _files() -> click.Argument:
    return click.Argument(["files"], type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")


def _build_read() -> click.Command:
    return click.Command(
        "read", callback=read_files, params=[_files()],
        help=_("Print everyone who stands in the files, one JSON object a line; problems go to the error stream."),
    )  # fmt: skip


def _build_check() -> click.Command:
    return click.Command(
        "check", callback=check_files,
        help=_("List every problem of the files: where, what was expected and found, what to do."),
        params=[
            _files(),
            click.Option(["--format", "layout"], type=click.Choice(["text", "json"]), default="text",
                         help=_("Text or JSON lines.")),
        ],
    )  # fmt: skip


def _build_acknowledge() -> click.Command:
    return click.Command(
        "acknowledge", callback=acknowledge_file,
        help=_("Answer a passenger list with a CUSRES message on the quality of its data; never on who may travel."),
        params=[
            click.Argument(["file"], type=click.Path(path_type=Path), metavar="FILE"),
            click.Option(["--out"], type=click.Path(path_type=Path), required=True, metavar="CUSRES.edi",
                         help=_("Where the answer goes.")),
            click.Option(["--sender"], default="TAHALUF", show_default=True, help=_("Who answers.")),
            click.Option(["--recipient"], required=True, help=_("Who sent the list.")),
        ],
    )  # fmt: skip


def read_files(files: Sequence[Path]) -> int:
    """Prints the subjects; the exit code."""
    import orjson

    from tahaluf.cli.subjects import subject_json
    from tahaluf.messages import RejectSink, read_batches, subjects_of

    problems = 0
    refusals = _Refusals()
    for path in files:
        with refusals:
            sink, shown = RejectSink(), _Shown()
            for batch in read_batches(path, rejects=sink):
                shown.show(sink)
                lines = [orjson.dumps(subject_json(subject)) + b"\n" for subject in subjects_of(batch, str(path))]
                click.echo(b"".join(lines), nl=False)
            shown.show(sink)
            shown.close(path)
            problems += shown.count
    return refusals.status(problems)


class _Refusals:
    """Tells of a file that is refused as a whole, and lets the others be read."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, refused: BaseException | None, _trace: object) -> bool:
        from tahaluf.domain import TahalufError
        from tahaluf.prose.problems import describe

        if not isinstance(refused, TahalufError):
            return False
        click.echo(describe(refused.problem), err=True)
        self.count += 1
        return True

    def status(self, problems: int) -> int:
        """The exit code, given how many problems the other files have."""
        return FAILED if self.count else WITH_PROBLEMS if problems else 0


class _Shown:
    """Problems of one file: the first are shown, all are counted."""

    def __init__(self) -> None:
        self.count = 0

    def show(self, sink: Any) -> None:
        """Shows what is new."""
        from tahaluf.prose.problems import describe

        fresh = [*sink.warnings, *(found.problem for found in sink.take())]
        sink.warnings.clear()
        for problem in fresh[: max(SHOWN - self.count, 0)]:
            click.echo(describe(problem), err=True)
        self.count += len(fresh)

    def close(self, path: Path) -> None:
        """Says how many were not shown."""
        more = self.count - SHOWN
        if more > 0:
            text = ngettext_("… and {count} more problem; see them with: {command}",
                             "… and {count} more problems; see them with: {command}", more)  # fmt: skip
            click.echo(text.format(count=more, command=f"tahaluf messages check {path}"), err=True)


def check_files(files: Sequence[Path], layout: str) -> int:
    """Prints the problems; the exit code."""
    from tahaluf.messages import RejectSink

    total, refusals = 0, _Refusals()
    for path in files:
        with refusals:
            sink = RejectSink()
            count = subjects = 0
            for fresh, read in _problems(path, sink):
                subjects += read
                for line in (_told(problem, screened, layout) for problem, screened in fresh):
                    click.echo(line)
                    count += 1
            total += count
            _sum_up(path, sink.units, subjects, count)
    return refusals.status(total)


def _problems(path: Path, sink: Any) -> Iterator[tuple[list[tuple[Any, bool | None]], int]]:
    from tahaluf.messages import read_batches

    def take() -> list[tuple[Any, bool | None]]:
        warnings: list[tuple[Any, bool | None]] = [(problem, None) for problem in sink.warnings]
        sink.warnings.clear()
        return warnings + [(found.problem, found.screened) for found in sink.take()]

    for batch in read_batches(path, rejects=sink):
        yield take(), batch.num_rows
    yield take(), 0


def _sum_up(path: Path, units: int, subjects: int, problems: int) -> None:
    parts = [
        ngettext_("{count} subject", "{count} subjects", subjects).format(count=subjects),
        ngettext_("{count} problem", "{count} problems", problems).format(count=problems),
    ]
    if units:
        text = ngettext_(
            "{count} traveler, document or transaction", "{count} travelers, documents or transactions", units
        )
        parts.insert(0, text.format(count=units))
    click.echo(_("{place}: {sentence}").format(place=path, sentence=_(", ").join(parts)), err=True)


def _told(problem: Any, screened: bool | None, layout: str) -> str:
    import orjson

    from tahaluf.prose.problems import describe, describe_found

    if layout == "text":
        return f"{describe(problem)} [{problem.code}]"
    where = problem.where
    places = ("file", "line", "message", "segment", "field", "item")
    line = {
        "code": problem.code, **{name: getattr(where, name) for name in places if getattr(where, name) is not None},
        "expected": problem.expected, "found": problem.found, "screened": screened, "problem": describe_found(problem),
    }  # fmt: skip
    return orjson.dumps(line).decode()


def acknowledge_file(file: Path, out: Path, sender: str, recipient: str) -> int:
    """Writes the answer; the exit code."""
    from tahaluf.messages.edifact.write import Outgoing
    from tahaluf.messages.paxlst import acknowledge

    answer = acknowledge(file, Outgoing(sender, recipient, datetime.now()))  # noqa: DTZ005 (the standard has local time)
    made = out.with_name(out.name + ".new")
    made.write_bytes(answer)
    made.replace(out)
    click.echo(_("The answer is in {out}.").format(out=out))
    return 0
