"""Listings found by the numbers of their documents: what is found is what the slow, obvious search finds."""

import random
import string
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Document, Kind, Listing
from tahaluf.screening.attributes.document import judge
from tahaluf.screening.index.numbers import build_numbers
from tahaluf.screening.numbers import NumberFinder, NumberMatch, find_numbers
from tahaluf.screening.reference.numbers import find_numbers as find_slowly
from tahaluf.screening.reference.numbers import is_series

ALPHABET = string.ascii_uppercase + string.digits


def finder_of(*listed: Sequence[Document]) -> NumberFinder:
    return NumberFinder(build_numbers(Listing(f"t-{n}", Kind.UNKNOWN, "test", (), documents=tuple(documents))
                                      for n, documents in enumerate(listed)))  # fmt: skip


def reason(mine: Document, theirs: Document) -> str | None:
    found = find_numbers([mine], finder_of([theirs]))
    assert len(found) <= 1
    return found[0].reason if found else None


def passport(number: str, country: str | None = "ml") -> Document:
    return Document(number, "passport", country)


def iban(number: str) -> Document:
    return Document(number, "iban")


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (passport("AB 123-459"), passport("ab123459"), "same"),
        (passport("AB١٢٣٤٥٩"), passport("AB123459", None), "same"),
        (passport("АВ123459"), passport("AB123459"), "same"),
        (passport("AB123459"), Document("AB123459", "diplomatic passport"), "same"),
        (passport("AB123459"), passport("AB123459", "ne"), "same_number_other_issuer"),
        (passport("AB123459"), Document("AB123459", "tax id", "ml"), "same_number_other_issuer"),
        (passport("AB129"), passport("AB129"), "same_short"),
        (passport("AB10SB29"), passport("A8IO5829"), "confusable"),
        (passport("AB123O"), passport("AB1230"), "confusable"),
        (passport("AB123459"), passport("AB123495"), "one_slip"),
        (passport("AB123459"), passport("AB12359"), "one_slip"),
        (passport("AB12359"), passport("AB123459", None), "one_slip"),
        (passport("AB123459"), passport("AB123457"), "one_slip"),
        (passport("AB123459"), passport("1AB123459"), "one_slip"),
        (Document("BAKOMLBA", "swift/bic"), Document("bako mlba xxx", "bic"), "same"),
        (Document("BAKOMLBA", "swift/bic", "ml"), Document("BAKOMLBA", "swift/bic", "fr"), "same"),
        (iban("FR76 3000 6000 0112 3456 7890 189"), iban("IBANFR7630006000011234567890189"), "same"),
        (iban("FR76 3000 6000 0112 3456 7890 198"), iban("FR7630006000011234567890189"), "one_slip"),
        (iban("FR76 3000 6000 0112 3456 7890 189"), Document("FR7630006000011234567890189", "bank account"), "same"),
        (Document("M123459", "driving license"), Document("M123459", "driver's license"), "same"),
        (Document("IMO 9187629", "imo number"), Document("9187629", "imo number", "pa"), "same"),
        (Document("IMO No. 9187629", "imo"), Document("9187629", "imo number"), "same"),
        (Document("IMO9187629", "registration"), Document("9187629", "imo number"), "same_number_other_issuer"),
        (Document("9187692", "imo number"), Document("9187629", "imo number"), "one_slip"),
        (Document("253400V1H6ART1UQ0N98", "lei"), Document("253400V1H6ART1UQ0N98", "legal entity"), "same"),
        (Document("T9" * 45 + "1", "wallet"), Document("T9" * 45 + "1", "digital currency address - xmr"), "same"),
    ],
)
def test_a_number_finds_the_listed_one(mine: Document, theirs: Document, expected: str) -> None:
    assert reason(mine, theirs) == expected


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (passport("AB123459"), passport("AB123495", "ne")),
        (passport("AB123459"), Document("AB123495", "tax id", "ml")),
        (passport("AB10SB29"), passport("A8IO5829", "ne")),
        (passport("AB129"), passport("AB128")),
        (passport("AB1297"), passport("AB129")),
        (passport("A129"), passport("A129")),
        (passport("AB123459"), passport("BA123495")),
        (Document("BAKOMLBA", "swift/bic"), Document("BAKQMLBA", "swift/bic")),
        (Document("BAKOML2A", "swift/bic"), Document("BAKOML7A")),
        (Document("677049600", "mmsi"), Document("677049200", "mmsi")),
        (Document("5IM5961"), Document("5IM5962", "call sign")),
        (Document("9187629", "imo number"), Document("9187681", "imo number")),
        (Document("9074729", "imo number"), Document("9074779", "imo number")),
        *((passport(text), passport(text)) for text in ("UNKNOWN", "N/A N/A", "000000", "XX0000", "INCONNU", "", "-")),
        *((passport(text), passport(text)) for text in ("12345", "123456789", "0123456789", "987654321", "1234567890")),
    ],
)
def test_what_is_another_number_or_none_finds_nothing(mine: Document, theirs: Document) -> None:
    assert reason(mine, theirs) is None


def test_two_ships_whose_numbers_are_both_right_are_two_though_one_digit_tells_them_apart() -> None:
    assert reason(Document("9074724", "imo number"), Document("9074729", "imo number")) == "one_slip"
    assert reason(Document("9074729", "imo number"), Document("9574729", "imo number")) is None


@pytest.mark.parametrize(("listings", "found"), [(50, 50), (51, 0)])
def test_a_number_that_too_many_listings_have_finds_none(listings: int, found: int) -> None:
    finder = finder_of(*[[passport("AB123459")]] * listings)
    assert len(find_numbers([passport("AB123459")], finder)) == found
    assert len(find_numbers([passport("AB123495")], finder)) == found
    assert len(find_numbers([passport("A8123459")], finder)) == found


def test_every_document_of_a_subject_and_of_a_listing_is_looked_at() -> None:
    many = [passport(f"AB{n * 7919:07}") for n in range(200)]
    found = find_numbers([passport("X1"), many[150], many[3]], finder_of([], many, many[3:4]))
    assert found == [(1, 1, 150, "same"), (1, 2, 3, "same"), (2, 2, 0, "same")]


def test_a_document_listed_twice_is_found_once() -> None:
    assert find_numbers([passport("AB123459")], finder_of([passport("AB123459"), passport("ab 123459")])) == [
        NumberMatch(0, 0, 0, "same")
    ]


def test_a_batch_finds_for_each_what_it_finds_alone_and_more_than_one_buffer_of_it() -> None:
    listed = [[passport(f"K{n * 104729 % 10**7:07}")] for n in range(3000)]
    finder = finder_of(*[documents for documents in listed for _ in range(8)])
    asked = [documents * (n % 3) for n, documents in enumerate(listed)]
    found = finder.find_batch(asked)
    assert sum(map(len, found)) > 1 << 14
    assert found[:50] == [find_numbers(documents, finder) for documents in asked[:50]]
    assert all(len(own) >= 8 for own, documents in zip(found, asked, strict=True) if documents)


def test_an_index_without_numbers_finds_none_and_no_documents_find_none() -> None:
    assert find_numbers([passport("AB123459")], finder_of()) == []
    assert find_numbers([passport("AB123459")], finder_of([], [])) == []
    assert finder_of([passport("AB123459")]).find_batch([[], []]) == [[], []]


COUNTRIES = st.sampled_from([None, "ml", "ne"])
TYPES = st.sampled_from(["passport", "identification", "tax id", "swift/bic", "imo number", "iban", "bank account"])
NUMBERS = st.text("AO01L8B2é7", min_size=4, max_size=8) | st.text(ALPHABET + "ب", min_size=4, max_size=10)
documents = st.builds(Document, NUMBERS, TYPES, COUNTRIES)


@st.composite
def slips(draw: st.DrawFn, number: str) -> str:
    """A number none to two slips from another."""
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, max(len(number) - 1, 0)))
        letter = draw(st.sampled_from(ALPHABET))
        exchanged = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
        put, changed = number[:at] + letter + number[at:], number[:at] + letter + number[at + 1 :]
        number = draw(st.sampled_from([exchanged, put, changed, number[:at] + number[at + 1 :], letter + number]))
    return number


@st.composite
def asked_and_listed(draw: st.DrawFn) -> tuple[Document, list[list[Document]]]:
    listed = draw(st.lists(st.lists(documents, max_size=3), min_size=1, max_size=8))
    flat = [document for own in listed for document in own]
    base = draw(st.sampled_from(flat)) if flat else draw(documents)
    number = draw(slips(base.number))
    return draw(st.builds(Document, st.just(number), TYPES | st.just(base.type), COUNTRIES)), listed


@given(asked_and_listed())
@example((passport("AAB1200"), [[passport("AAAB1200"), passport("AB1200"), passport("AA8120O"), passport("AABI2O0")]]))
@settings(max_examples=400, deadline=None)
def test_what_is_found_is_what_looking_at_every_document_finds(
    case: tuple[Document, list[list[Document]]],
) -> None:
    asked, listed = case
    found = find_numbers([asked], finder_of(*listed))
    assert len(found) == len(set(found))
    assert {(match.listing, match.listing_document, match.reason) for match in found} == find_slowly(asked, listed)


@given(asked_and_listed())
@settings(max_examples=200, deadline=None)
def test_what_is_found_is_judged_as_the_comparison_of_the_two_documents_judges_it(
    case: tuple[Document, list[list[Document]]],
) -> None:
    asked, listed = case
    for match in find_numbers([asked], finder_of(*listed)):
        judged = judge(asked, listed[match.listing][match.listing_document])
        assert judged is not None and judged[1] == match.reason


@given(st.text(ALPHABET, min_size=6, max_size=10).filter(lambda text: len(set(text)) > 3), st.data())
@settings(max_examples=300, deadline=None)
def test_every_slip_of_a_listed_number_finds_it(number: str, data: st.DataObject) -> None:
    number += "17"
    slip = data.draw(slips(number).filter(lambda text: len(text) >= 6 and not is_series(text)))
    found = find_slowly(passport(slip), [[passport(number)]])
    assert {(0, 0, match.reason) for match in find_numbers([passport(slip)], finder_of([passport(number)]))} == found


@given(st.text(min_size=1, max_size=140), st.text(max_size=8), st.none() | st.text(max_size=3))
@example("٢" * 20 + "ﷺ1" * 60, "", None)
@example("AB\ud8001234", "\ud800", "\ud800")
@settings(deadline=None)
def test_whatever_stands_for_a_number_is_found_by_itself_or_not_at_all(
    number: str, kind: str, country: str | None
) -> None:
    document = Document(number, kind, country)
    found = find_numbers([document], finder_of([document]))
    assert {(match.listing, match.listing_document, match.reason) for match in found} == find_slowly(
        document, [[document]]
    )


def test_among_many_numbers_that_lie_close_together_each_finds_what_looking_at_all_finds() -> None:
    chance = random.Random(2)
    listed = [[passport("".join(chance.choices("B8O012", k=6)))] for _ in range(600)]
    finder = finder_of(*listed)
    kinds = set()
    for _ in range(40):
        asked = passport("".join(chance.choices("B8O012", k=chance.choice((5, 6, 7)))))
        found = {(match.listing, match.listing_document, match.reason) for match in find_numbers([asked], finder)}
        assert found == find_slowly(asked, listed)
        kinds |= {reason for *_, reason in found}
    assert {"confusable", "one_slip"} <= kinds
