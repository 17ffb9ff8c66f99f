"""Turn subjects' names into what the kernels ask with: token rows, weights, and the joined and split tokens to look
for."""

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.letters import SKELETON_WIDTH, is_arabic
from tahaluf.names.tokenize import Token
from tahaluf.screening.kernel.screen import Asked
from tahaluf.screening.tokens import LIKELY, TokenTable
from tahaluf.screening.weighed import LIGHT, chain_of, is_light

MADE_WEIGHT = 0.8
MOST_ASKED = 8
I32 = NDArray[np.int32]


def ask(weighed: Sequence[tuple[Token, ...]], kinds: Sequence[int], table: TokenTable) -> Asked:
    """The arrays for names of these tokens (`weighed_tokens`); `kinds`: a bit for each kind of listing that may answer,
    by name."""
    tokens = [own[:MOST_ASKED] for own in weighed]
    flat = list(chain.from_iterable(tokens))
    rows = table.rows([(token.text, token.bare) for token in flat])
    sizes = np.fromiter(map(len, tokens), np.int32, len(tokens))
    starts = _starts_of(sizes)
    numbers = np.asarray(rows, dtype=np.int32)
    sought, sought_starts = _seek(flat, rows, starts.tolist(), table)
    light = np.fromiter(map(is_light, flat), bool, len(rows))
    weights = (table.weight[numbers] * np.where(light, LIGHT, 1.0)).astype(np.float32)
    sought_weights = table.weight[sought] * np.float32(MADE_WEIGHT)
    own_place = np.arange(len(rows)) + np.repeat(sought_starts[:-1] - starts[:-1], sizes)
    sought_weights[own_place] = weights
    return Asked(
        table.codes, starts, numbers, weights, sought_starts, sought, sought_weights,
        np.fromiter(map(chain_of, tokens), np.int8, len(tokens)), np.asarray(kinds, dtype=np.int32),
    )  # fmt: skip


def _starts_of(sizes: Sequence[int] | I32) -> I32:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def _seek(flat: Sequence[Token], rows: list[int], starts: list[int], table: TokenTable) -> tuple[I32, I32]:
    """For each name its rows, those of neighbours written together and of doubtful tokens cut in two, where the list
    has the like; and where each name's begin."""
    cuts = table.cut_rows(rows, [token.text for token in flat])
    places = [place for start, stop in pairwise(starts) for place in _joins(flat, rows, start, stop, table)]
    joined = table.made_rows([flat[place].text + flat[place + 1].text for place in places], 1)
    made: dict[int, int] = dict(zip(places, joined, strict=True))
    sought, sizes = list[int](), list[int]()
    for start, stop in pairwise(starts):
        before = len(sought)
        own = rows[start:stop]
        sought += own
        if made:
            sought += [made[at] for at in range(start, stop - 1) if at in made and table.best[made[at]] >= LIKELY]
        for row in own:
            sought += cuts[row]
        sizes.append(len(sought) - before)
    return np.asarray(sought, dtype=np.int32), _starts_of(sizes)


def _joins(flat: Sequence[Token], rows: list[int], start: int, stop: int, table: TokenTable) -> list[int]:
    """The places of tokens that together with the next one have the consonants of a listed token."""
    skeletons = table.skeletons
    return [
        at
        for at in range(start, stop - 1)
        if table.has_skeleton((skeletons[rows[at]] + skeletons[rows[at + 1]])[:SKELETON_WIDTH])
        and len(flat[at].text) > 1
        and is_arabic(flat[at].text) == is_arabic(flat[at + 1].text)
    ]
