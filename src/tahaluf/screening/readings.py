"""The ways in which a subject's names may be meant: as they stand, and without what somebody noted beside them."""

import re
from collections.abc import Sequence

MOST = 8
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}")
_PARTED = re.compile(r"\s[/|]\s|;|\s[-–—]\s")
_MARKS = frozenset("([<{/|;-–—")
_WORD = re.compile(r"[^\W\d_]{2,}")


def readings_of(names: Sequence[str]) -> list[str]:
    """`names`, then those of them that have a note in brackets, or parts beside one another, without these."""
    if all(_MARKS.isdisjoint(name) for name in names):
        return list(names)
    found = dict.fromkeys(names)
    for name in names:
        bare = " ".join(_NOTE.sub(" ", name).split())
        parts = _PARTED.split(bare)
        for reading in (bare, *(parts if len(parts) > 1 else ())):
            # A part of one word is as often a place or a remark as it is a name.
            if len(_WORD.findall(reading)) > 1:
                found.setdefault(" ".join(reading.split()))
    return list(found)[: len(names) + MOST]
