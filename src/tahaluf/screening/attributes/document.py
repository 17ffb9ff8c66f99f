"""Compare document numbers: the same, one slip apart, or other.

Numbers are compared without case, spaces, dashes and script of the digits. Two types fit each other when they are the
same or one is only "identification"; two countries when they are the same or one is missing. One slip (a character put
in, left out, changed, or two exchanged) counts for fitting numbers of `document_length` characters or more; characters
that optical readers confuse (O 0, I 1 L, S 5, B 8, Z 2) are a lesser slip still. What stands in place of a number
("UNKNOWN", "000000") is none and is not compared.
"""

from collections.abc import Sequence
from functools import lru_cache

from tahaluf.domain import AttributeEffect, Document
from tahaluf.names.fold import fold
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

MOST_DOCUMENTS = 50
MOST_CHARACTERS = 64
LEAST_DIFFERENT = 3
UNKNOWN_TYPES = frozenset({"", "identification", "unknown", "other"})
_CONFUSED = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"})


@lru_cache(maxsize=1 << 15)
def normalize_number(number: str) -> str:
    """Capitals and digits only, digits of every script as ASCII ones."""
    return "".join(char for char in fold(number[:MOST_CHARACTERS]).upper() if char.isalnum())


def is_number(normalized: str) -> bool:
    """Whether a normalized text may number a document: a digit in it, and at least three different characters."""
    return any(map(str.isdigit, normalized)) and len(set(normalized)) >= LEAST_DIFFERENT


def compare_documents(
    subject: Sequence[Document], listing: Sequence[Document], config: AttributeConfig = DEFAULT_CONFIG
) -> AttributeEffect | None:
    """The effect of the best pair, the first `MOST_DOCUMENTS` of each side; None where no two can be compared."""
    best: tuple[float, str, Document, Document] | None = None
    for mine in subject[:MOST_DOCUMENTS]:
        for theirs in listing[:MOST_DOCUMENTS]:
            judged = _compare(mine, theirs, config)
            if judged is not None and (best is None or judged[0] > best[0]):
                best = *judged, mine, theirs
    if best is None:
        return None
    effect, reason, mine, theirs = best
    return AttributeEffect("document", f"document.{reason}", effect, mine.number, theirs.number)


def is_one_slip(first: str, second: str) -> bool:
    """Whether two strings are at Damerau-Levenshtein distance 1 (neighbors exchanged count one)."""
    if len(first) > len(second):
        first, second = second, first
    if first == second or len(second) - len(first) > 1:
        return False
    start = 0
    while start < len(first) and first[start] == second[start]:
        start += 1
    if len(first) < len(second):
        return first[start:] == second[start + 1 :]
    rest_a, rest_b = first[start:], second[start:]
    return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])


def _compare(mine: Document, theirs: Document, config: AttributeConfig) -> tuple[float, str] | None:
    a, b = normalize_number(mine.number), normalize_number(theirs.number)
    if min(len(a), len(b)) < config.document_shortest or not (is_number(a) and is_number(b)):
        return None
    fits = _fits(mine, theirs)
    if a == b:
        return _judge_same(fits, len(a) >= config.document_length, config)
    if fits and min(len(a), len(b)) >= config.document_length:
        if a.translate(_CONFUSED) == b.translate(_CONFUSED):
            return config.document_confusable, "confusable"
        if is_one_slip(a, b):
            return config.document_slip, "one_slip"
    if mine.country is not None and mine.country == theirs.country and _is_same_known_type(mine, theirs):
        return config.document_other, "other"
    return None


def _judge_same(fits: bool, is_long: bool, config: AttributeConfig) -> tuple[float, str]:
    if not is_long:
        return config.document_short, "same_short"
    return (config.document_same, "same") if fits else (config.document_same_number, "same_number_other_issuer")


def _fits(mine: Document, theirs: Document) -> bool:
    one_issuer = mine.country is None or theirs.country is None or mine.country == theirs.country
    return one_issuer and (mine.type == theirs.type or bool({mine.type, theirs.type} & UNKNOWN_TYPES))


def _is_same_known_type(mine: Document, theirs: Document) -> bool:
    return mine.type == theirs.type and mine.type not in UNKNOWN_TYPES
