"""Tokens that stand for one another though they are not spelt alike, as numbers for the kernels.

A familiar form (Bob, Robert), the same name in another language (Yusuf, Joseph), the same word in another language
(bank, مصرف), legal forms of one class (GmbH, LLC): see `names.knowledge`. A group's number holds its kind in the lower
two bits.
"""

import math
from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.knowledge import knowledge

KIN_KINDS = ("nickname", "equivalent", "concept", "legal_form")
# Of this kind on, tokens meet where names are aligned, but do not bring names together.
FIRST_SLIGHT = KIN_KINDS.index("legal_form")
MOST_KIN = 6


@cache
def kin_groups() -> Mapping[str, tuple[int, ...]]:
    """The numbers of the groups of each token, at most `MOST_KIN`."""
    known = knowledge()
    numbers = [group * 4 + KIN_KINDS.index(name) for group, name in enumerate(known.kin_kinds)]
    return {word: tuple([numbers[group] for group in groups]) for word, groups in known.kin.items()}


@cache
def kin_size() -> int:
    """One more than the highest number of a group."""
    return len(knowledge().kin_kinds) * 4


def kin_odds() -> NDArray[np.float32]:
    """Log-odds that two tokens of one group mean the same, by kind of group."""
    shares = [knowledge().similarity[kind] for kind in KIN_KINDS]
    return np.asarray([math.log(p / (1 - p)) for p in shares], dtype=np.float32)
