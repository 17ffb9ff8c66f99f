"""Screen subjects against listings: compiled index, retrieval, alignment, score, explanation. Knows no file format."""

from tahaluf.screening.index.store import is_index
from tahaluf.screening.screener import Screener
from tahaluf.screening.version import engine_version

__all__ = ["Screener", "engine_version", "is_index"]
