"""Tokens as numbers, many at once: what the functions of `names.letters` give one by one, from compiled code."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.letters import SKELETON_WIDTH, WIDTH, TokenCodes
from tahaluf.names.likeness.cut import cut_pieces, cut_tokens
from tahaluf.names.likeness.tries import tries

PADDING = -1


def encode(tokens: Sequence[str]) -> TokenCodes:
    """Arrays for N `tokens` (folded and romanized): just what `names.letters.encode` gives."""
    count = len(tokens)
    codes = TokenCodes(
        np.empty(count, dtype=np.bool_),
        np.full((count, WIDTH), PADDING, dtype=np.int16),
        np.full((count, WIDTH), PADDING, dtype=np.int8),
        np.full((count, SKELETON_WIDTH), PADDING, dtype=np.int8),
        np.empty((count, 3), dtype=np.int8),
    )
    if count:  # for none, no compiled code is loaded: opening an index waits for nothing
        points, starts = _points(tokens)
        out = (codes.arabic, codes.source, codes.target, codes.skeleton, codes.sizes)
        cut_tokens(points, starts, tries(), _memory(starts), out)
    return codes


def skeleton_bytes(skeleton: NDArray[np.int8], sizes: NDArray[np.int8]) -> list[bytes]:
    """Each of N skeletons (int8 [N, SKELETON_WIDTH], of `sizes` symbols) as bytes, without its padding."""
    symbols, width = skeleton.tobytes(), skeleton.shape[1]
    starts = range(0, len(symbols), width)
    return [symbols[start : start + size] for start, size in zip(starts, sizes.tolist(), strict=True)]


def cut_skeletons(texts: Sequence[str], least: int) -> list[bytes]:
    """The skeletons of both halves of each text wherever it may be cut with at least `least` letters on either side:
    of the first text's first cut the left and the right half, of its second cut, and so on; as `skeleton_bytes`."""
    points, starts = _points(texts)
    cuts = np.maximum(np.diff(starts) - (2 * least - 1), 0)
    first, last = np.repeat(starts[:-1], cuts), np.repeat(starts[1:], cuts)
    middle = first + least + np.arange(len(first)) - np.repeat(np.cumsum(cuts) - cuts, cuts)
    begin, end = np.stack([first, middle], axis=1).ravel(), np.stack([middle, last], axis=1).ravel()
    skeleton = np.full((len(begin), SKELETON_WIDTH), PADDING, dtype=np.int8)
    sizes = np.empty(len(begin), dtype=np.int8)
    cut_pieces(points, begin, end, tries(), _memory(starts), (skeleton, sizes))
    return skeleton_bytes(skeleton, sizes)


def _points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The code points of all texts one after the other, and where each text's start ([N + 1])."""
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=starts[1:])
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return points.astype(np.uint32), starts


def _memory(starts: NDArray[np.int64]) -> NDArray[np.uint8]:
    longest = int(np.diff(starts).max(initial=0))
    return np.empty((3, longest), dtype=np.uint8)
