"""What a path given for a list means where it is a folder: an index, kept versions of a list, OFAC's files in parts."""

from pathlib import Path

from tahaluf.cli import engine
from tahaluf.domain import InputError, Problem, Where

MANIFEST = "index.json"
EXPECTED = f"{MANIFEST}, current.*, sdn.csv"
_SHOWN = 5


def find_lists(path: Path) -> list[Path]:
    """The lists and indexes that a path stands for; InputError where there is none.

    A folder as `lists update` keeps it stands for its current version, a folder of such folders for all of them.
    """
    if not path.exists():
        raise InputError(Problem("cli.against.missing", Where(str(path))))
    if not path.is_dir() or engine.is_index(path):
        return [path]
    current = _current(path) or [file for folder in _inside(path) if folder.is_dir() for file in _current(folder)]
    if current:
        return current
    names = [item.name + ("/" if item.is_dir() else "") for item in _inside(path)]
    if not names:
        raise InputError(Problem("cli.against.empty", Where(str(path)), EXPECTED))
    if any(name.endswith(".bin") for name in names):
        raise InputError(Problem("cli.against.manifest", Where(str(path)), MANIFEST))
    if not any(name.lower().endswith(".csv") for name in names):
        shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
        raise InputError(Problem("cli.against.folder", Where(str(path)), EXPECTED, shown))
    return [path]


def name_of(path: Path) -> str:
    """What a list is called that does not say it: by its file, or by its folder where versions are kept."""
    stem = path.name.partition(".")[0]
    return path.resolve().parent.name if stem == "current" else stem


def _current(folder: Path) -> list[Path]:
    return [file for file in _inside(folder) if file.name.startswith("current.") and file.is_file()][:1]


def _inside(folder: Path) -> list[Path]:
    return sorted(item for item in folder.iterdir() if not item.name.startswith("."))
