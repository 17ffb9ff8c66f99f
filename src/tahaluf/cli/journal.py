"""How a run that is killed is finished: what is committed, in a file beside the output.

Hits and rejects grow in `.partial` files. After each batch both are flushed to disk, then one line of the journal says
how long they are; a resumed run cuts them back to what the last line says and skips the batches that it covers. At the
end the journal says so, the files take their names, and the journal goes; each of these steps can be repeated.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from tahaluf.domain import InputError, Problem, Where

VERSION = 1
OPTIONS = {"top": "--top", "threshold": "--threshold", "mapping": "--map", "kind": "--kind"}


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been committed so far."""

    batches: int = 0
    hits_bytes: int = 0
    rejects_bytes: int = 0
    subjects: int = 0
    hits: int = 0
    flagged: int = 0
    rejected: int = 0
    noted: int = 0
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of a run."""

    out: Path
    rejects: Path

    @property
    def partial(self) -> Path:
        return self.out.with_name(self.out.name + ".partial")

    @property
    def journal(self) -> Path:
        return self.out.with_name(self.out.name + ".journal")

    @property
    def rejects_partial(self) -> Path:
        return self.rejects.with_name(self.rejects.name + ".partial")


class Journal:
    """The open files of a run; `commit` makes what was written count."""

    def __init__(self, paths: Paths, task: dict[str, Any], *, resume: bool) -> None:
        self.paths = paths
        known = _last_commit(paths.journal, task) if resume else None
        self.progress = known or Progress()
        fresh = known is None
        if fresh:
            for path in (paths.partial, paths.rejects_partial, paths.journal):
                path.unlink(missing_ok=True)
        if self.progress.complete:
            return
        self._hits = _open_at(paths.partial, self.progress.hits_bytes)
        self._rejects = _open_at(paths.rejects_partial, self.progress.rejects_bytes)
        self._journal = _open_after_last_line(paths.journal)
        if fresh:
            self._append({"version": VERSION, "task": task})

    def write(self, hits: bytes, rejects: bytes) -> tuple[int, int]:
        """Adds to both files; their lengths now."""
        self._hits.write(hits)
        self._rejects.write(rejects)
        _sync(self._hits)
        _sync(self._rejects)
        return self._hits.tell(), self._rejects.tell()

    def commit(self, progress: Progress) -> None:
        """From here on a resumed run starts behind this."""
        self._append(asdict(progress))
        self.progress = progress

    def close(self) -> None:
        """Closes the files of an unfinished run, which can then be resumed."""
        for file in (self._hits, self._rejects, self._journal):
            file.close()

    def forget(self) -> None:
        """The last step: nothing is left to resume."""
        self.paths.journal.unlink(missing_ok=True)

    def _append(self, line: dict[str, Any]) -> None:
        self._journal.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        _sync(self._journal)


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _open_at(path: Path, length: int) -> IO[bytes]:
    """The file cut to a length, ready to grow."""
    path.touch()
    file = path.open("r+b")
    size = file.seek(0, os.SEEK_END)
    if size < length:
        file.close()
        raise InputError(Problem("cli.resume.short", Where(str(path)), str(length), str(size)))
    file.truncate(length)
    file.seek(length)
    return file


def _open_after_last_line(path: Path) -> IO[bytes]:
    text = path.read_bytes() if path.exists() else b""
    return _open_at(path, text.rfind(b"\n") + 1)


def _last_commit(path: Path, task: dict[str, Any]) -> Progress | None:
    """The last whole line of this task's journal; None where there is none, InputError where it is another's."""
    if not path.exists():
        return None
    text = path.read_bytes()
    lines = text[: text.rfind(b"\n") + 1].splitlines()
    if not lines:
        return None
    try:
        first, last = json.loads(lines[0]), json.loads(lines[-1])
        before = first["task"] if first["version"] == VERSION else {}
        progress = Progress() if len(lines) == 1 else Progress(**last)
    except (ValueError, KeyError, TypeError) as broken:
        raise InputError(Problem("cli.resume.journal", Where(str(path)), "a journal", str(broken))) from broken
    for key, value in json.loads(json.dumps(task)).items():
        if before.get(key) != value:
            where = Where(str(path), field=OPTIONS.get(key, key))
            raise InputError(Problem("cli.resume.mismatch", where, _shown(value), _shown(before.get(key))))
    return progress


def _shown(value: Any) -> str:
    """A part of a task as a person would write it."""
    if isinstance(value, dict):
        return ", ".join(f"{role}={heading}" for role, heading in value.items()) or "—"
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return f"{value:.2f}" if isinstance(value, float) else "—" if value is None else str(value)
