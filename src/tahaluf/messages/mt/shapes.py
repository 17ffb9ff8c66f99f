"""What follows from the tags of a transaction alone: computed once for all of the same shape.

Banks' systems write the same fields in the same order, so that few shapes make up a file.
"""

from functools import lru_cache
from typing import NamedTuple

from tahaluf.domain import PartyRole
from tahaluf.messages.mt.checks import is_unruled
from tahaluf.messages.mt.required import missing_own
from tahaluf.messages.mt.sequences import STATEMENTS
from tahaluf.messages.mt.tags import DEBIT_ROLES, DEBITS, INSTRUCTING, PARTIES, ROLES, TEXTS

Tags = tuple[str, ...]
# Shapes of more fields are computed each time, so that what is kept stays small.
MOST_KEPT, LONGEST_KEPT = 1 << 10, 64


class Shape(NamedTuple):
    """Places count through the shared fields, then the own ones; `plain` are those of structured values, `repeats`: a
    field of the own ones may be twice."""

    parties: tuple[tuple[int, PartyRole], ...]
    texts: tuple[int, ...]
    plain: tuple[int, ...]
    missing: Tags
    repeats: bool


def shape_of(kind: str, shared: Tags, own: Tags) -> Shape:
    """The shape of a transaction of a message of this type."""
    kept = len(shared) + len(own) <= LONGEST_KEPT
    return _kept(kind, shared, own) if kept else _shape_of(kind, shared, own)


def role_of(kind: str, tag: str) -> PartyRole:
    """The role of the party of a field 50 to 59."""
    roles = DEBIT_ROLES if kind in DEBITS else ROLES
    return PartyRole.INITIATING_PARTY if tag in INSTRUCTING else roles[tag[:2]]


def _shape_of(kind: str, shared: Tags, own: Tags) -> Shape:
    tags = shared + own
    parties = tuple((at, role_of(kind, tag)) for at, tag in enumerate(tags) if tag[:2] in PARTIES)
    texts = tuple(at for at, tag in enumerate(tags) if _is_text(kind, tag))
    keys = [tag[:2] if tag[:2] in PARTIES else tag for tag in (own if len(own) > 1 else tags)]
    read = {*texts, *(at for at, _ in parties)}
    plain = tuple(at for at in range(len(tags)) if at not in read)
    return Shape(parties, texts, plain, tuple(missing_own(kind, shared, own)), len(set(keys)) < len(keys))


_kept = lru_cache(maxsize=MOST_KEPT)(_shape_of)


def _is_text(kind: str, tag: str) -> bool:
    return tag[:2] not in PARTIES and (tag in TEXTS or (tag == "61" and kind in STATEMENTS) or is_unruled(tag))
