"""The last steps of a run, each of which can be repeated if the run is killed between them."""

from collections.abc import Callable
from pathlib import Path

from tahaluf.cli.journal import Journal
from tahaluf.prose.values import table_words
from tahaluf.screening.export import OutputFormat, convert


def finish(journal: Journal, form: OutputFormat, report: Callable[[Path, Path], object]) -> None:
    """`report` is made of hits and rejects, both take their names, whole or not at all; then nothing is left to
    resume."""
    paths = journal.paths
    if paths.partial.exists():
        report(paths.partial, paths.rejects_partial)
        if form is OutputFormat.JSON_LINES:
            paths.partial.replace(paths.out)
        else:
            made = paths.out.with_name(paths.out.name + ".new")
            convert(paths.partial, made, form, table_words())
            made.replace(paths.out)
            paths.partial.unlink()
    _finish_rejects(paths.rejects_partial, paths.rejects)
    journal.forget()


def _finish_rejects(partial: Path, target: Path) -> None:
    if not partial.exists():
        return
    if partial.stat().st_size:
        partial.replace(target)
    else:
        # A file of an earlier run would tell of rows that this run had nothing against.
        target.unlink(missing_ok=True)
        partial.unlink()
