"""Which files of the data folder belong to the desk and which are made anew."""

from collections.abc import Iterator
from pathlib import Path

# Caches, links of the web server, locks and counts: of this machine and this moment.
LEFT_OUT = {"cache", "static", "run"}
# What the desk makes by itself when it starts; alone it does not make a desk that holds anything.
SELF_MADE = {"secret-key"}


def belongs(path: Path, database: Path | None) -> bool:
    """Whether a thing directly in the data folder is part of the desk; the database is saved in its own way."""
    if path.is_symlink() or path.name in LEFT_OUT or path.name.endswith((".new", ".tmp")):
        return False
    is_database = database is not None and path.name.startswith(database.name) and path.parent == database.parent
    # Django's own files of an upload that is under way.
    return not is_database and not (path.is_file() and ".upload" in path.name)


def tops(data: Path, database: Path | None) -> list[Path]:
    """What stands directly in the data folder and belongs to the desk."""
    return sorted(path for path in data.iterdir() if belongs(path, database))


def walk(data: Path, database: Path | None) -> Iterator[Path]:
    """Every file of the desk, in order; never through a link."""
    for top in tops(data, database):
        if top.is_file():
            yield top
        else:
            yield from sorted(path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
