"""Compare document numbers: the same, one slip apart, or other.

Numbers are compared in their normal form (see `identifier`). Two types fit each other when they are of one family or
one is only "identification"; two countries when they are the same, one is missing, or the numbers are given once in the
world. One slip (a character put in, left out, changed, or two exchanged) counts for fitting numbers of
`document_length` characters or more, unless both are right by their check digits or given in series
(`identifier.SERIES`); characters that optical readers confuse (O 0, I 1 L, S 5, B 8, Z 2) are a lesser slip still. What
stands in place of a number ("UNKNOWN", "000000") is none and is not compared.
"""

from collections.abc import Sequence

from tahaluf.domain import AttributeEffect, Document
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig
from tahaluf.screening.attributes.identifier import fits, issuer_of, may_be_slip, read_number

MOST_DOCUMENTS = 50
CONFUSED = {"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}
_CONFUSED = str.maketrans(CONFUSED)


def compare_documents(
    subject: Sequence[Document], listing: Sequence[Document], config: AttributeConfig = DEFAULT_CONFIG
) -> AttributeEffect | None:
    """The effect of the best pair, the first `MOST_DOCUMENTS` of each side; None where no two can be compared."""
    best: tuple[float, str, Document, Document] | None = None
    for mine in subject[:MOST_DOCUMENTS]:
        for theirs in listing[:MOST_DOCUMENTS]:
            judged = judge(mine, theirs, config)
            if judged is not None and (best is None or judged[0] > best[0]):
                best = *judged, mine, theirs
    if best is None:
        return None
    effect, reason, mine, theirs = best
    return document_effect(effect, reason, mine, theirs)


def document_effect(effect: float, reason: str, mine: Document, theirs: Document) -> AttributeEffect:
    """What was judged of two documents, as it is told."""
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


def judge(mine: Document, theirs: Document, config: AttributeConfig = DEFAULT_CONFIG) -> tuple[float, str] | None:
    """The effect of two documents and the reason, `same` to `other`; None where they cannot be compared."""
    a, b = read_number(mine.number, mine.type), read_number(theirs.number, theirs.type)
    if min(len(a), len(b)) < config.document_shortest:
        return None
    is_fitting = fits(mine, theirs)
    if a == b:
        return _judge_same(is_fitting, len(a) >= config.document_length, config)
    family, other = issuer_of(mine)[0], issuer_of(theirs)[0]
    is_long = min(len(a), len(b)) >= config.document_length
    if is_fitting and is_long and may_be_slip(family, other, a, b):
        if a.translate(_CONFUSED) == b.translate(_CONFUSED):
            return config.document_confusable, "confusable"
        if is_one_slip(a, b):
            return config.document_slip, "one_slip"
    if mine.country is not None and mine.country == theirs.country and family == other != "":
        return config.document_other, "other"
    return None


def _judge_same(is_fitting: bool, is_long: bool, config: AttributeConfig) -> tuple[float, str]:
    if not is_long:
        return config.document_short, "same_short"
    return (config.document_same, "same") if is_fitting else (config.document_same_number, "same_number_other_issuer")
