"""What subjects are screened against: compiled indexes as they are, lists compiled together and kept in a cache.

The cache is keyed by the content of the lists and the version of the engine, so that it cannot be stale.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tahaluf import lists
from tahaluf.cli import engine
from tahaluf.domain import IndexFileError, InputError, Listing, Problem, Where

if TYPE_CHECKING:
    from tahaluf.screening import Screener

PROBLEMS = "problems.json"
Report = Callable[[Problem], None]


def file_digest(paths: Iterable[Path]) -> str:
    """SHA-256 over content and names: files in order, folders by their files in order of name."""
    digest = hashlib.sha256()
    for path in paths:
        for item in sorted(path.iterdir()) if path.is_dir() else [path]:
            if item.is_file():
                with item.open("rb") as file:
                    digest.update(item.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


@contextmanager
def indexes_for(against: Sequence[Path], report: Report, *, cached: bool) -> Iterator[tuple[Path, ...]]:
    """Paths of the indexes to open: those given, then one of all lists together; valid inside the `with` only."""
    for path in against:
        if not path.exists():
            raise InputError(Problem("cli.against.missing", Where(str(path))))
    ready = [path.resolve() for path in against if engine.is_index(path)]
    sources = [path for path in against if not engine.is_index(path)]
    if not sources:
        yield tuple(ready)
    elif cached:
        yield (*ready, _cached_index(sources, report))
    else:
        with tempfile.TemporaryDirectory(prefix="tahaluf-") as folder:
            out = Path(folder) / "index"
            compile_lists(sources, out, report)
            yield (*ready, out)


def compile_lists(sources: Sequence[Path], out: Path, report: Report) -> "Screener":
    """Reads the lists and compiles them into one index; what readers found wrong is reported."""
    return engine.compile_index(_listings(sources, report), out)


def _listings(sources: Sequence[Path], report: Report) -> Iterator[Listing]:
    for path in sources:
        reading = lists.read(path)
        for listing in reading:
            # A file that does not say which list it is goes by its own name.
            yield listing if listing.dataset else replace(listing, dataset=path.name.partition(".")[0])
        for problem in reading.problems:
            report(problem)


@contextmanager
def replace_folder(out: Path) -> Iterator[Path]:
    """A new folder beside `out` that takes its place at the end; an index may be replaced, anything else may not."""
    if out.exists() and not engine.is_index(out) and not (out.is_dir() and not any(out.iterdir())):
        raise InputError(Problem("cli.out.exists", Where(str(out))))
    if not out.resolve().parent.is_dir():
        raise InputError(Problem("cli.out.folder", Where(str(out.resolve().parent))))
    with tempfile.TemporaryDirectory(prefix=".new-", dir=out.resolve().parent) as folder:
        made, old = Path(folder) / "index", Path(folder) / "old"
        yield made
        if out.exists():
            out.rename(old)
        made.rename(out)


def cache_folder() -> Path:
    """Where compiled lists are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tahaluf" / "indexes"


def _cached_index(sources: Sequence[Path], report: Report) -> Path:
    key = hashlib.sha256(f"{file_digest(sources)} {engine.engine_version()}".encode()).hexdigest()[:32]
    target = cache_folder() / key
    if not _is_whole(target):
        shutil.rmtree(target, ignore_errors=True)
        _fill_cache(sources, target)
    for problem in _load_problems(target / PROBLEMS):
        report(problem)
    return target / "index"


def _is_whole(target: Path) -> bool:
    try:
        engine.open_index(target / "index")
    except (IndexFileError, OSError):
        return False
    return (target / PROBLEMS).exists()


def _fill_cache(sources: Sequence[Path], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        problems: list[Problem] = []
        compile_lists(sources, made / "index", problems.append)
        # What the readers found wrong is said every time the index is used, not only the first.
        (made / PROBLEMS).write_text(json.dumps([asdict(problem) for problem in problems]), "utf-8")
        try:
            made.rename(target)
        except OSError:
            # Another run put it there meanwhile: the same lists make the same index.
            if not _is_whole(target):
                raise


def _load_problems(path: Path) -> Iterator[Problem]:
    for item in json.loads(path.read_text("utf-8")):
        yield Problem(item["code"], Where(**item["where"]), item["expected"], item["found"])
