"""The one place where the command line touches the engine: opening, compiling, what an index is, its version."""

from collections.abc import Iterable
from pathlib import Path

from tahaluf.domain import Listing
from tahaluf.screening import ENGINE_VERSION, Screener, is_index

__all__ = ["Screener", "compile_index", "engine_version", "is_index", "open_index"]


def engine_version() -> str:
    """The version of the rules that an index is compiled under."""
    return ENGINE_VERSION


def open_index(path: Path) -> Screener:
    """A compiled index; IndexFileError where it is damaged, foreign or of another version."""
    return Screener.open(path)


def compile_index(listings: Iterable[Listing], out: Path) -> Screener:
    """Listings into a new index folder."""
    return Screener.compile(listings, out)
