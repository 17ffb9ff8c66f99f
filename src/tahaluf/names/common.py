"""Common names: which of them a token spells, and how common that makes it.

What is common is weak evidence, and two common names that look alike (محمد, محمود) are two names. The table is
knowledge
(`resources/common_names.yaml`); a spelling that it does not hold is assigned by the caller's likeness among those
of the
same skeleton.
"""

from functools import cache
from typing import NamedTuple

from tahaluf.names.letters import is_arabic, skeleton
from tahaluf.names.tables import table

NONE = -1
MOST_NAMES = 3


class CommonNames(NamedTuple):
    """`by_spelling`: numbers of the names that a folded spelling may be; `by_skeleton`: Latin spellings to compare
    with;
    `frequency`: per thousand bearers, by number; `gender`: "male", "female" or "", by number.
    """

    by_spelling: dict[str, tuple[int, ...]]
    by_skeleton: dict[str, tuple[str, ...]]
    frequency: tuple[float, ...]
    gender: tuple[str, ...]


@cache
def common_names() -> CommonNames:
    """The table, read once."""
    rows = table("common_names")
    spellings: dict[str, tuple[int, ...]] = {}
    skeletons: dict[str, tuple[str, ...]] = {}
    for number, (_, _, texts) in enumerate(rows):
        for text in texts:
            if text not in spellings and not is_arabic(text):
                key = skeleton(text)
                skeletons[key] = (*skeletons.get(key, ()), text)
            spellings[text] = (*spellings.get(text, ()), number)[:MOST_NAMES]
    return CommonNames(spellings, skeletons, tuple(row[0] for row in rows), tuple(row[1] for row in rows))
