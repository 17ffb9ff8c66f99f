"""Opens a bundle whichever form it has: a tar, or one sealed to the receiver."""

from collections.abc import Iterable

from tahaluf.exchange.bundle.ports import Source
from tahaluf.exchange.bundle.sealed import HEADER, Unsealer, is_sealed, read_whole


class _Beginning:
    """A source of which the beginning was looked at already."""

    def __init__(self, beginning: bytes, rest: Source) -> None:
        self._beginning, self._rest = beginning, rest

    def read(self, size: int, /) -> bytes:
        if not self._beginning:
            return self._rest.read(size)
        given, self._beginning = self._beginning[:size], self._beginning[size:]
        return given


def open_bundle(source: Source, receiver: str, privates: Iterable[bytes] = ()) -> Source:
    """The tar, to be given to a `Verification`. `privates`: the receiver's keys for seals.

    ExchangeError (`exchange.bundle.receiver`, `exchange.bundle.sealed`) for a sealed one that cannot be opened.
    """
    beginning = read_whole(source, 2 * HEADER)
    whole = _Beginning(beginning, source)
    return Unsealer(whole, receiver, privates) if is_sealed(beginning) else whole
