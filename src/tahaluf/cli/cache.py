"""Compiled lists that are kept: keyed by the content of the lists and the version of the engine, so that none is stale.

The indexes used last are kept, as many as `KEPT`; an older one goes when a new one comes.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from tahaluf.cli import engine
from tahaluf.domain import IndexFileError, Problem, Where

KEPT = 8
PROBLEMS = "problems.json"
_NEW = ".new-"
_ABANDONED_SECONDS = 86_400
Report = Callable[[Problem], None]
Compile = Callable[[Path, Report], object]


def file_digest(paths: Iterable[Path]) -> str:
    """SHA-256 over content and names: files in order, folders by their files in order of name."""
    digest = hashlib.sha256()
    for path in paths:
        for item in sorted(path.iterdir()) if path.is_dir() else [path]:
            if item.is_file():
                with item.open("rb") as file:
                    digest.update(item.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where compiled lists are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tahaluf" / "indexes"


def cached_index(sources: Sequence[Path], compile_into: Compile, report: Report) -> Path:
    """The index of these lists, made by `compile_into` where none is kept; what readers found wrong is reported."""
    key = hashlib.sha256(f"{file_digest(sources)} {engine.engine_version()}".encode()).hexdigest()[:32]
    target = cache_folder() / key
    if not _is_whole(target):
        shutil.rmtree(target, ignore_errors=True)
        _fill(target, compile_into)
        _prune(target)
    else:
        _mark_used(target)
    for problem in _load_problems(target / PROBLEMS):
        report(problem)
    return target / "index"


def _is_whole(target: Path) -> bool:
    try:
        engine.open_index(target / "index")
    except (IndexFileError, OSError):
        return False
    return (target / PROBLEMS).exists()


def _fill(target: Path, compile_into: Compile) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_NEW, dir=target.parent) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        problems: list[Problem] = []
        compile_into(made / "index", problems.append)
        # What the readers found wrong is said every time the index is used, not only the first.
        (made / PROBLEMS).write_text(json.dumps([asdict(problem) for problem in problems]), "utf-8")
        try:
            made.rename(target)
        except OSError:
            # Another run put it there meanwhile: the same lists make the same index.
            if not _is_whole(target):
                raise


def _mark_used(target: Path) -> None:
    try:
        os.utime(target)
    except OSError:
        # A cache that may only be read serves as well; it is not pruned either.
        return


def _prune(newest: Path) -> None:
    """Removes all but the newest and those used last, and what killed runs left; an open index stays readable."""
    ages: list[tuple[float, Path]] = []
    for path in newest.parent.iterdir():
        try:
            ages.append((path.stat().st_mtime, path))
        except OSError:
            continue  # another run has just removed it
    made = sorted((age, path) for age, path in ages if path != newest and not path.name.startswith(_NEW))
    left = [path for age, path in ages if path.name.startswith(_NEW) and age < time.time() - _ABANDONED_SECONDS]
    for path in [path for _, path in made[: -(KEPT - 1)]] + left:
        shutil.rmtree(path, ignore_errors=True)


def _load_problems(path: Path) -> Iterator[Problem]:
    for item in json.loads(path.read_text("utf-8")):
        yield Problem(item["code"], Where(**item["where"]), item["expected"], item["found"])
