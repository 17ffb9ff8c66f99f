"""Tahaluf: screen names in Arabic, French and English against published lists. `Screener` is the way in."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tahaluf.screening import Screener

__version__ = "0.1.0"
__all__ = ["Screener", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Screener":
        from tahaluf.screening import Screener  # noqa: PLC0415 (the engine loads when it is asked for)

        return Screener
    raise AttributeError(name)
