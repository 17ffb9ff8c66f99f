"""The letter groups of `names.letters` as arrays: what compiled code cuts a token by.

One forest holds six tries, for each script one that respells a token, one that respells what its skeleton is made of,
one of source units and one of skeletons. A trie finds the longest group that begins at a place; the patterns of
`names.letters` take the first that fits, and list no group before a longer one that it begins.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from string import ascii_lowercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.letters import (
    ARABIC_CH,
    ARABIC_LETTERS,
    ARABIC_SKELETON,
    ARABIC_UNITS,
    LATIN_SKELETON,
    LATIN_UNITS,
    MIDDLE,
    RESPELLED,
    SYMBOLS,
)

LATIN, ARABIC = 0, 1
RESPELL, MIX, UNITS, SKELETON = range(4)
LETTERS = ascii_lowercase + ARABIC_LETTERS
# What is no letter is 0; letters of a script follow one another, from here on.
FIRST_LETTER = (1, 1 + len(ascii_lowercase))
FIRST_ARABIC, LAST_ARABIC = 0x600, 0x8FF
NOWHERE = 0


class Tries(NamedTuple):
    """`letters`: uint8 [code points up to `LAST_ARABIC`], the number of each letter in `LETTERS` and one, else 0;
    `roots`: int16 [2, 4], the first node by script and use; `steps`: int16 [nodes, letters], the node that a letter
    leads to, `NOWHERE` if none; `ends`: int16 [nodes], the group that ends there or −1; `written`: int16 [groups,
    most], what stands for a group: letters, one source unit or symbols of a skeleton; `sizes`: int8 [groups], how
    many of them.
    """

    letters: NDArray[np.uint8]
    roots: NDArray[np.int16]
    steps: NDArray[np.int16]
    ends: NDArray[np.int16]
    written: NDArray[np.int16]
    sizes: NDArray[np.int8]


@cache
def tries() -> Tries:
    """The forest, planted once in a process."""
    number = {letter: place for place, letter in enumerate(LETTERS, start=1)}
    letters = np.zeros(LAST_ARABIC + 1, dtype=np.uint8)
    letters[[ord(letter) for letter in number]] = list(number.values())
    uses = [_uses(RESPELLED, RESPELLED, LATIN_UNITS, LATIN_SKELETON, number)]
    uses.append(_uses({}, dict([ARABIC_CH]), ARABIC_UNITS, ARABIC_SKELETON, number))
    nodes: list[dict[int, int]] = [{}]
    ends, rows = [-1], list[Sequence[int]]()
    roots = [[_plant(groups, number, nodes, ends, rows) for groups in own] for own in uses]
    steps = np.full((len(nodes), len(LETTERS) + 1), NOWHERE, dtype=np.int16)
    places = np.repeat(np.arange(len(nodes)), [len(node) for node in nodes]), list(chain.from_iterable(nodes))
    steps[places] = [child for node in nodes for child in node.values()]
    sizes = np.fromiter(map(len, rows), np.int8, len(rows))
    written = np.zeros((len(rows), sizes.max()), dtype=np.int16)
    written[np.arange(written.shape[1]) < sizes[:, None]] = list(chain.from_iterable(rows))
    return Tries(letters, np.asarray(roots, np.int16), steps, np.asarray(ends, np.int16), written, sizes)


def _uses(
    respelled: Mapping[str, str],
    mixed: Mapping[str, str],
    units: Iterable[str],
    skeleton: Mapping[str, str],
    number: Mapping[str, int],
) -> list[dict[str, list[int]]]:
    """For each use of one script, what stands for each group."""
    return [
        *({group: [number[letter] for letter in text] for group, text in to.items()} for to in (respelled, mixed)),
        {unit: [place * 3 + MIDDLE] for place, unit in enumerate(units)},
        {group: [SYMBOLS[symbol] for symbol in text] for group, text in skeleton.items()},
    ]


def _plant(
    groups: Mapping[str, list[int]],
    number: Mapping[str, int],
    nodes: list[dict[int, int]],
    ends: list[int],
    rows: list[Sequence[int]],
) -> int:
    """Add a trie of these groups; its first node."""
    nodes.append({})
    ends.append(-1)
    root = len(nodes) - 1
    for group, written in groups.items():
        node = root
        for letter in group:
            if number[letter] not in nodes[node]:
                nodes[node][number[letter]] = len(nodes)
                nodes.append({})
                ends.append(-1)
            node = nodes[node][number[letter]]
        ends[node] = len(rows)
        rows.append(written)
    return root
