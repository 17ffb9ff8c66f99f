"""Which listed documents a document's number finds: every one of them is looked at.

The specification of `screening.kernel.numbers` and `screening.numbers.finder`, which must find exactly this.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tahaluf.domain import Document
from tahaluf.screening.attributes.identifier import fits, issuer_of, may_be_slip, read_number
from tahaluf.screening.reference.lookup import edit_distance

LEAST, LEAST_OF_SLIP, MOST = 5, 6, 50
READ_AS = {"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}
LETTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Answer(NamedTuple):
    """A listed document that answers: its listing, its place there, and how the numbers meet."""

    listing: int
    document: int
    reason: str


def likeness_of(a: str, b: str) -> str | None:
    """How two numbers in normal form meet, if they do."""
    if min(len(a), len(b)) < LEAST:
        return None
    if a == b:
        return "same"
    if min(len(a), len(b)) < LEAST_OF_SLIP or not LETTERS.issuperset(a) or not LETTERS.issuperset(b):
        return None
    if "".join(READ_AS.get(char, char) for char in a) == "".join(READ_AS.get(char, char) for char in b):
        return "confusable"
    return "one_slip" if edit_distance(a, b) == 1 else None


def is_series(number: str) -> bool:
    """Whether a number only counts up or down: it stands in forms where none is known."""
    digits = "01234567890"
    return number in digits or number in digits[::-1]


def find_numbers(asked: Document, listed: Sequence[Sequence[Document]]) -> set[Answer]:
    """The listed documents that one of a subject finds, by the documents of each listing."""
    number = read_number(asked.number, asked.type)
    if is_series(number):
        return set()
    met: dict[str, list[tuple[int, int, Document]]] = {}
    for listing, documents in enumerate(listed):
        known = set()
        for place, document in enumerate(documents):
            other = read_number(document.number, document.type)
            issuer = issuer_of(document)
            if (how := likeness_of(number, other)) and (other, issuer) not in known:
                known.add((other, issuer))
                met.setdefault(how, []).append((listing, place, document))
    found = set()
    for how, answers in met.items():
        for listing, place, document in answers if len(answers) <= MOST else ():
            if (reason := _reason(how, number, asked, document)) is not None:
                found.add(Answer(listing, place, reason))
    return found


def _reason(how: str, number: str, asked: Document, listed: Document) -> str | None:
    other = read_number(listed.number, listed.type)
    is_fitting = fits(asked, listed)
    if how == "same":
        short = "same" if len(number) >= LEAST_OF_SLIP else "same_short"
        return short if is_fitting or short == "same_short" else "same_number_other_issuer"
    may_be = may_be_slip(issuer_of(asked)[0], issuer_of(listed)[0], number, other)
    return how if is_fitting and may_be else None
