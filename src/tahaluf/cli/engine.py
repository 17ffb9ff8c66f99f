"""The one place where the command line touches the engine: opening, compiling, what an index is, its
version, whether its kernels are ready.

The engine is imported when it is first needed: help, version and complaints about usage do without.
"""

import sys
from collections.abc import Collection, Iterable
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


def kernels_are_ready() -> bool:
    """Whether the compiled code of the kernels is kept from an earlier run, so that screening begins at once."""
    from tahaluf.screening.kernel.screen import screen_names

    # The entry to all others; without a just-in-time compiler it is a plain function.
    kernel, stats = getattr(screen_names, "py_func", None), getattr(screen_names, "stats", None)
    if kernel is None or stats is None or stats.cache_path is None:
        return True
    source = Path(kernel.__code__.co_filename)
    name = f"{source.stem}.{kernel.__name__}-*.py{sys.version_info.major}{sys.version_info.minor}.nbi"
    kept = Path(stats.cache_path).glob(name)
    return any(path.stat().st_mtime >= source.stat().st_mtime for path in kept)


def open_index(path: Path) -> "Screener":
    """A compiled index; IndexFileError where it is damaged, foreign or of another version."""
    from tahaluf.screening import Screener

    return Screener.open(path)


def compile_index(listings: Iterable[Listing], out: Path, incomplete: Collection[str] = ()) -> "Screener":
    """Listings into a new index folder; `incomplete` names the lists that are not whole, once all have come."""
    from tahaluf.screening import Screener

    return Screener.compile(listings, out, incomplete)
