"""Turn subjects' names into what the kernels ask with: token rows, weights, and the joined and split tokens to look
for."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tahaluf.names.letters import is_arabic
from tahaluf.names.tokenize import Token
from tahaluf.screening.kernel.screen import Asked
from tahaluf.screening.tokens import TokenTable
from tahaluf.screening.weighed import LIGHT, chain_of, is_light, weighed_tokens

LIKELY, DOUBTFUL = 0.6, 0.75
MADE_WEIGHT = 0.8
SHORTEST_SPLIT = 6
MOST_ASKED = 8


def ask(names: Sequence[str], kinds: Sequence[int], table: TokenTable) -> Asked:
    """The arrays for `names`; `kinds`: a bit for each kind of listing that may answer, by name."""
    tokens = [weighed_tokens(name)[:MOST_ASKED] for name in names]
    rows = table.rows([(token.text, token.bare) for own in tokens for token in own])
    sizes = np.fromiter(map(len, tokens), np.int32, len(tokens))
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    light = np.fromiter((is_light(token) for own in tokens for token in own), bool, len(rows))
    numbers = np.asarray(rows, dtype=np.int32)
    weights = (table.weight[numbers] * np.where(light, LIGHT, 1.0)).astype(np.float32)
    made = _made_rows(tokens, rows, starts.tolist(), table)
    sought = [[*rows[starts[s] : starts[s + 1]], *made[s]] for s in range(len(names))]
    sought_starts = np.concatenate([[0], np.cumsum([len(own) for own in sought])]).astype(np.int32)
    flat = np.fromiter((row for own in sought for row in own), np.int32, int(sought_starts[-1]))
    sought_weights = table.weight[flat] * np.float32(MADE_WEIGHT)
    own_place = np.arange(len(rows)) + np.repeat(sought_starts[:-1] - starts[:-1], sizes)
    sought_weights[own_place] = weights
    chain = np.fromiter(map(chain_of, tokens), np.int8, len(tokens))
    return Asked(
        table.codes,
        starts,
        numbers,
        weights,
        sought_starts,
        flat,
        sought_weights,
        chain,
        np.asarray(kinds, dtype=np.int32),
    )


def _made_rows(tokens: Sequence[list[Token]], rows: list[int], starts: list[int], table: TokenTable) -> list[list[int]]:
    """For each name, rows of neighbours written together and of doubtful tokens cut in two, where the list has the
    like."""
    joins = [_joins(own, table) for own in tokens]
    cuts = [
        [
            part
            for token, row in zip(own, rows[start : start + len(own)], strict=True)
            for part in _cuts(token, row, table)
        ]
        for own, start in zip(tokens, starts, strict=False)
    ]
    joined = iter(table.made_rows([text for own in joins for text in own], 1))
    split = iter(table.made_rows([text for own in cuts for text in own], 0))
    out = []
    for join, cut in zip(joins, cuts, strict=True):
        made = [next(joined) for _ in join] + [next(split) for _ in cut]
        out.append([row for row in made if table.best(row) >= LIKELY])
    return out


def _joins(tokens: list[Token], table: TokenTable) -> list[str]:
    pairs = pairwise(tokens)
    texts = (a.text + b.text for a, b in pairs if len(a.text) > 1 and is_arabic(a.text) == is_arabic(b.text))
    return [text for text in texts if table.has_skeleton(text)]


def _cuts(token: Token, row: int, table: TokenTable) -> list[str]:
    text = token.text
    if len(text) < SHORTEST_SPLIT or table.best(row) >= DOUBTFUL:
        return []
    halves = ((text[:cut], text[cut:]) for cut in range(2, len(text) - 1))
    return [part for pair in halves if table.has_skeleton(pair[0]) and table.has_skeleton(pair[1]) for part in pair]
