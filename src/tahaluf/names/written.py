"""What stands in a name where a comparison saw folded words; for whoever shows an explanation to people."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from tahaluf.names.tokenize import split_words

_PIECE = re.compile(r"[^\s\-‐‑–—/.,;()]+")


class _Piece(NamedTuple):
    """A piece of a name: where it stands, and how it is folded."""

    start: int
    end: int
    folded: str


def as_written(shown: str, name: str) -> str:
    """The words of a token (`Token.shown`, or several joined by spaces) as they are spelled in `name`; the words
    themselves where they are not found in it."""
    pieces = _pieces(name)
    whole = _find(shown.replace(" ", ""), name, pieces)
    if whole is not None:
        return whole
    # Two neighbors that met one word may have a particle between them.
    return " ".join(_find(word, name, pieces) or word for word in shown.split(" "))


@lru_cache(maxsize=1 << 10)
def _pieces(name: str) -> tuple[_Piece, ...]:
    found = (_Piece(*piece.span(), "".join(split_words(piece[0]))) for piece in _PIECE.finditer(name))
    return tuple(piece for piece in found if piece.folded)


def _find(folded: str, name: str, pieces: tuple[_Piece, ...]) -> str | None:
    """The first run of pieces that make up the folded letters."""
    for first in range(len(pieces)):
        for last, letters in enumerate(_growing(pieces[first:]), first):
            if letters == folded:
                return name[pieces[first].start : pieces[last].end]
            if len(letters) >= len(folded):
                break
    return None


def _growing(pieces: tuple[_Piece, ...]) -> Iterator[str]:
    return accumulate(piece.folded for piece in pieces)
