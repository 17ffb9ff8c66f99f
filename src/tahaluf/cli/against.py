"""What subjects are screened against: compiled indexes as they are, lists compiled together and kept in a cache."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tahaluf import lists
from tahaluf.cli import engine
from tahaluf.cli.cache import Report, cached_index
from tahaluf.cli.folders import find_lists, name_of
from tahaluf.domain import InputError, Listing, Problem, Where

if TYPE_CHECKING:
    from tahaluf.screening import Screener


@contextmanager
def indexes_for(against: Sequence[Path], report: Report, *, cached: bool) -> Iterator[tuple[Path, ...]]:
    """Paths of the indexes to open: those given, then one of all lists together; valid inside the `with` only."""
    found = [path for given in against for path in find_lists(given)]
    ready = [path.resolve() for path in found if engine.is_index(path)]
    sources = [path for path in found if not engine.is_index(path)]
    if not sources:
        yield tuple(ready)
    elif cached:
        yield (*ready, cached_index(sources, partial(compile_lists, sources), report))
    else:
        with tempfile.TemporaryDirectory(prefix="tahaluf-") as folder:
            out = Path(folder) / "index"
            compile_lists(sources, out, report)
            yield (*ready, out)


def compile_lists(sources: Sequence[Path], out: Path, report: Report) -> "Screener":
    """Reads the lists and compiles them into one index; what readers found wrong is reported, and that a list is not
    whole is kept in the index."""
    incomplete: set[str] = set()
    return engine.compile_index(_listings(sources, report, incomplete), out, incomplete)


def _listings(sources: Sequence[Path], report: Report, incomplete: set[str]) -> Iterator[Listing]:
    for path in sources:
        reading = lists.read(path)
        # A file that does not say which list it is goes by its own name.
        own = name_of(path)
        datasets: set[str] = set()
        for listing in reading:
            datasets.add(listing.dataset or own)
            yield listing if listing.dataset else replace(listing, dataset=own)
        if not reading.complete:
            incomplete |= datasets or {reading.dataset or own}
        for problem in reading.problems:
            report(problem)


def report_incomplete(path: Path, datasets: Sequence[Mapping[str, Any]], given: Sequence[Path], report: Report) -> None:
    """Says of each list in an opened index that is not whole that it is not; the index is named if it was given."""
    named = path in {one.resolve() for one in given}
    for dataset in datasets:
        if dataset.get("incomplete"):
            where = Where(str(path) if named else None)
            report(Problem("cli.index.incomplete", where, found=str(dataset["name"])))


@contextmanager
def replace_folder(out: Path) -> Iterator[Path]:
    """A new folder beside `out` that takes its place at the end; an index may be replaced, anything else may not.

    Where that fails, the old index stands where it stood; where even that cannot be, it is left beside.
    """
    if out.exists() and not engine.is_index(out) and not (out.is_dir() and not any(out.iterdir())):
        raise InputError(Problem("cli.out.exists", Where(str(out))))
    if not out.resolve().parent.is_dir():
        raise InputError(Problem("cli.out.folder", Where(str(out.resolve().parent))))
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=out.resolve().parent))
    made, old = folder / "index", folder / "old"
    try:
        yield made
        _exchange(made, out, old)
    finally:
        if out.exists() or not old.exists():
            shutil.rmtree(folder, ignore_errors=True)


def _exchange(made: Path, out: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    try:
        made.rename(out)
    except BaseException:
        if old.exists():
            old.rename(out)
        raise
