"""Listings found by the numbers of their documents alone: a passport, a ship, an account, whatever the names say.

`NumberFinder` looks the documents of subjects up in a compiled index; `weigh_numbers` says how strongly a listing that
no name brought up is meant.
"""

from tahaluf.screening.numbers.evidence import (
    DEFAULT_BASES,
    NumberBases,
    NumberEvidence,
    weigh_numbers,
    with_evidence,
    without_name,
)
from tahaluf.screening.numbers.finder import NumberFinder, NumberMatch, find_numbers

__all__ = [
    "DEFAULT_BASES", "NumberBases", "NumberEvidence", "NumberFinder", "NumberMatch", "find_numbers", "weigh_numbers",
    "with_evidence", "without_name",
]  # fmt: skip
