"""The one place where the command line touches the engine: opening, compiling, what an index is, its version.

The engine is imported when it is first needed: help, version and complaints about usage do without.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tahaluf.domain import Listing

if TYPE_CHECKING:
    from tahaluf.screening import Screener


def engine_version() -> str:
    """The version of the rules that an index is compiled under."""
    from tahaluf.screening import engine_version as version

    return version()


def is_index(path: Path) -> bool:
    """Whether a path is a compiled index, whole or damaged, and no list."""
    from tahaluf.screening import is_index as is_compiled

    return is_compiled(path)


def open_index(path: Path) -> "Screener":
    """A compiled index; IndexFileError where it is damaged, foreign or of another version."""
    from tahaluf.screening import Screener

    return Screener.open(path)


def compile_index(listings: Iterable[Listing], out: Path) -> "Screener":
    """Listings into a new index folder."""
    from tahaluf.screening import Screener

    return Screener.compile(listings, out)
