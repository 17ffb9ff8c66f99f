"""Document numbers: the same, one slip apart, other."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import Document
from tahaluf.screening.attributes.config import DEFAULT_CONFIG as CONFIG
from tahaluf.screening.attributes.document import compare_documents, is_one_slip
from tahaluf.screening.attributes.identifier import is_number, normalize_number

numbers = st.text(string.ascii_uppercase + string.digits, min_size=6, max_size=12).filter(is_number)
LETTERS = "ABC01"
PLACEHOLDERS = (
    "UNKNOWN", "INCONNU", "unknown", "غير معروف", "N/A N/A", "000000", "0000000", "٠٠٠٠٠٠", "XXXXXX", "XX0000",
    "121212", "------", "PASSEPORT",
)  # fmt: skip


def told(mine: Document, theirs: Document) -> tuple[str, float] | None:
    effect = compare_documents((mine,), (theirs,))
    return effect and (effect.reason.removeprefix("document."), effect.effect)


def passport(number: str, country: str | None = "ma") -> Document:
    return Document(number, "passport", country)


@pytest.mark.parametrize(
    ("mine", "theirs", "reason"),
    [
        (passport("AB 123-456"), passport("ab123456"), "same"),
        (passport("AB١٢٣٤٥٦"), passport("AB123456"), "same"),
        (passport("AB123456", None), Document("AB123456"), "same"),
        (passport("AB123456"), passport("AB123456", "tn"), "same_number_other_issuer"),
        (passport("AB123456"), Document("AB123456", "tax", "ma"), "same_number_other_issuer"),
        (passport("AB12"), passport("AB12"), "same_short"),
        (passport("AB10SB22"), passport("A8IO5822"), "confusable"),
        (passport("AB123456"), passport("AB123465"), "one_slip"),
        (passport("AB123456"), passport("AB12356"), "one_slip"),
        (passport("AB123456"), passport("AB123457"), "one_slip"),
        (passport("AB123456"), passport("CD998877"), "other"),
    ],
)
def test_two_documents_are_judged(mine: Document, theirs: Document, reason: str) -> None:
    judged = told(mine, theirs)
    assert judged is not None
    assert judged[0] == reason


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (passport("AB123456"), passport("AB123457", "tn")),
        (passport("AB123456"), Document("AB123457", "tax", "ma")),
        (passport("AB12"), passport("AB13", None)),
        (passport("AB1"), passport("AB1")),
        (passport("AB123456", None), passport("CD998877", None)),
        *((passport(text), passport(text)) for text in PLACEHOLDERS),
        *((passport(text), passport(text[:-1])) for text in PLACEHOLDERS),
        *((passport("AB123456"), passport(text)) for text in PLACEHOLDERS),
    ],
)
def test_documents_that_cannot_be_compared_are_neutral(mine: Document, theirs: Document) -> None:
    assert told(mine, theirs) is None


def test_a_slip_is_strong_but_less_than_the_same_number() -> None:
    assert 0 < CONFIG.document_slip < CONFIG.document_confusable < CONFIG.document_same


@given(numbers)
def test_a_number_equals_itself_however_it_is_spaced(number: str) -> None:
    assert told(passport(number), passport(" - ".join(number).lower())) == ("same", CONFIG.document_same)


@pytest.mark.parametrize("text", ["123123", "A00001", "AAB1"])
def test_a_number_of_few_different_characters_is_still_a_number(text: str) -> None:
    assert told(passport(text), passport(text)) is not None


@given(numbers, numbers)
def test_documents_may_be_exchanged(mine: str, theirs: str) -> None:
    assert told(passport(mine), passport(theirs)) == told(passport(theirs), passport(mine))


@given(st.text(LETTERS, min_size=1, max_size=6), st.text(LETTERS, min_size=1, max_size=6))
def test_one_slip_is_what_one_edit_reaches(first: str, second: str) -> None:
    assert is_one_slip(first, second) == (second in edits(first) - {first})


def edits(text: str) -> set[str]:
    cuts = [(text[:i], text[i:]) for i in range(len(text) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + char + b[1:] for a, b in cuts if b for char in LETTERS}
    return left_out | exchanged | changed | {a + char + b for a, b in cuts for char in LETTERS}


@given(st.text(max_size=100))
def test_normalizing_a_number_twice_changes_nothing(text: str) -> None:
    once = normalize_number(text)
    assert normalize_number(once) == once
