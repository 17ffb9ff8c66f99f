"""Listed names that have some words in any spelling or script: what a search box asks, where a score asks too much.

The score weighs evidence and so finds nobody by one word; whoever looks for a word wants to see who bears it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.matcher import Matcher
from tahaluf.screening.weighed import weighed_tokens

# How near a listed token must be to a word to be a spelling of it, by the model of the index.
ALIKE = 0.5
MOST_WORDS = 8


class Bearer(NamedTuple):
    """A name, by its number in the index, and how near its words are to those asked for (0–1)."""

    name: int
    likeness: float


def find_bearers(text: str, matcher: Matcher, index: NameIndex, most: int) -> list[Bearer]:
    """The best name of each of the `most` listings that have a spelling of every word of `text` in one name; the
    nearest first, and of those as near the shortest names. Particles are no words."""
    words = [(token.text, token.bare) for token in weighed_tokens(text)[:MOST_WORDS]]
    if not words or not len(index.name_total):
        return []
    names = likeness = None
    for tokens, chances in matcher.near(words):
        own, near = _bearing(tokens[chances >= ALIKE], chances[chances >= ALIKE], index)
        if names is None or likeness is None:
            names, likeness = own, near
        else:
            names, left, right = np.intersect1d(names, own, assume_unique=True, return_indices=True)
            likeness = likeness[left] + near[right]
    if names is None or likeness is None:
        return []
    return _best_of_listings(names, likeness / np.float32(len(words)), index, most)


def _bearing(
    tokens: NDArray[np.int32], chances: NDArray[np.float32], index: NameIndex
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The names that have one of the tokens (nearest first), rising, and the best chance of each."""
    starts = index.posting_starts
    posted = [index.posting_names[starts[token] : starts[token + 1]] for token in tokens.tolist()]
    if not posted:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    names, first = np.unique(np.concatenate(posted), return_index=True)
    return names, np.repeat(chances, [len(own) for own in posted])[first]


def _best_of_listings(
    names: NDArray[np.int32], likeness: NDArray[np.float32], index: NameIndex, most: int
) -> list[Bearer]:
    sizes = np.diff(index.name_starts)[names]
    order = np.lexsort((names, sizes, -likeness))
    _, first = np.unique(index.name_listing[names[order]], return_index=True)
    chosen: Sequence[int] = order[np.sort(first)[:most]].tolist()
    return [Bearer(int(names[k]), float(likeness[k])) for k in chosen]
