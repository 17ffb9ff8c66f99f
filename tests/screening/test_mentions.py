"""Listed names and numbers in free text: what is found, what is not, and where it stands; every name is invented."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.domain import Alias, Document, Hit, Kind, Listing, PartyRole, Subject, Where
from tahaluf.messages import batch_of
from tahaluf.screening import Screener

LISTINGS = (
    Listing("a", Kind.PERSON, "invented", (Alias("Zoubeir Ould Khatry Tarawely"), Alias("الزبير ولد خطري الطراولي"))),
    Listing("b", Kind.COMPANY, "invented", (Alias("Kaltouma Transit SARL"),)),
    Listing(
        "c",
        Kind.PERSON,
        "invented",
        (Alias("Mounir Tidjani Boughazala"),),
        documents=(Document("K7730915", "passport", "dz"),),
    ),
    Listing("l", Kind.ORGANIZATION, "invented", (Alias("Jama'a of the invented (JNIM)"),)),
    Listing("w", Kind.ORGANIZATION, "invented", (Alias("Zarqoun"),)),
    Listing("v", Kind.VESSEL, "invented", (Alias("Vincent"),)),
    *(
        Listing(f"o{n}", Kind.PERSON, "invented", (Alias(f"Ibrahim {name} Aghali"),))
        for n, name in enumerate(("Moussa", "Hassan", "Salem"))
    ),
)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile(LISTINGS, tmp_path_factory.mktemp("mentions") / "index")


def told(text: str, *documents: Document) -> Subject:
    return Subject("t", (), role=PartyRole.TEXT, documents=documents, where=Where(), unit=1, details=(("text", text),))


def found(screener: Screener, text: str, *documents: Document) -> list[Hit]:
    return screener.match(told(text, *documents))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("INVOICE 22 PAYMENT TO ZUBAIR KHATRI TARAOUELI FOR RENT", "ZUBAIR KHATRI TARAOUELI"),
        ("loyer mars en faveur de Zoubeir Khatry Tarawely", "Zoubeir Khatry Tarawely"),
        ("راتب السيد الزبير ولد خطري الطراولي", "الزبير ولد خطري الطراولي"),
        ("حوالة لصالح الزبير ولد خطري الطراولي عن شهر مارس", "الزبير ولد خطري الطراولي"),
    ],
)
def test_a_listed_name_is_found_in_a_text_and_its_place_is_told(screener: Screener, text: str, part: str) -> None:
    hit = found(screener, text)[0]
    assert hit.listing_id == "a"
    assert hit.evidence is not None
    assert hit.evidence.text[hit.evidence.start : hit.evidence.end] == part
    assert hit.explanation.subject_name == part
    assert hit.explanation.tokens


def test_an_organization_is_found_in_a_text(screener: Screener) -> None:
    assert [hit.listing_id for hit in found(screener, "freight charges Kaltouma Transit container 4")] == ["b"]


@pytest.mark.parametrize(
    "text", ["", "   ", "???", "rent march 2024", "Ibrahim", "payment for goods and services 1234567"]
)
def test_ordinary_text_names_no_one(screener: Screener, text: str) -> None:
    assert found(screener, text) == []


def test_a_listed_number_in_a_text_is_evidence(screener: Screener) -> None:
    (hit,) = found(screener, "passport K7730915 copy attached", Document("K7730915", "passport"))
    assert hit.listing_id == "c"
    assert hit.evidence is not None
    assert hit.evidence.text[hit.evidence.start : hit.evidence.end] == "K7730915"


@pytest.mark.parametrize(("text", "listing"), [("transfer for JNIM fighters", "l"), ("don pour GSIM", "l")])
def test_well_known_letters_of_an_organization_are_found(screener: Screener, text: str, listing: str) -> None:
    hit = found(screener, text)[0]
    assert hit.listing_id == listing


def test_one_word_is_found_where_it_is_an_organization_and_no_ordinary_word_or_name(screener: Screener) -> None:
    assert [hit.listing_id for hit in found(screener, "support ZARQOUN")] == ["w"]
    assert found(screener, "salary Vincent march") == []


def test_two_names_in_one_text_do_not_hide_each_other(screener: Screener) -> None:
    text = "from Zoubeir Khatry Tarawely to Mounir Tidjani Boughazala"
    assert {hit.listing_id for hit in screener.match(told(text), top=1)} == {"a", "c"}


@pytest.mark.parametrize("kind", [Kind.COMPANY, Kind.ORGANIZATION])
def test_a_person_is_found_where_a_payment_says_that_it_is_an_organization(screener: Screener, kind: Kind) -> None:
    bank = Subject("b", ("Zoubeir Khatry Tarawely",), kind, role=PartyRole.CREDITOR_AGENT, where=Where(), unit=1)
    assert [hit.listing_id for hit in screener.match(bank)] == ["a"]


def test_a_name_behind_a_thousand_words_is_found(screener: Screener) -> None:
    text = "no " * 1500 + "Zoubeir Khatry Tarawely"
    assert [hit.listing_id for hit in found(screener, text)] == ["a"]


def test_a_name_far_down_a_long_text_is_found_with_what_stands_around_it(screener: Screener) -> None:
    text = "goods delivered as agreed. " * 60 + "Mounir Tidjani Boughazala" + " and so on" * 60
    (hit,) = found(screener, text)
    assert hit.evidence is not None
    assert hit.evidence.text[hit.evidence.start : hit.evidence.end] == "Mounir Tidjani Boughazala"
    assert len(hit.evidence.text) < 500


def test_texts_and_names_may_stand_in_one_batch(screener: Screener) -> None:
    subjects = [
        Subject("n", ("Mounir Tidjani Boughazala",), role=PartyRole.DEBTOR, where=Where(), unit=1),
        told("PAYMENT TO ZUBAIR KHATRI TARAOUELI FOR RENT"),
        Subject("bank", (), role=PartyRole.DEBTOR_AGENT, where=Where(), unit=1),
    ]
    rows = screener.screen_batch(batch_of(subjects))
    assert [[hit.listing_id for hit in hits] for hits in rows] == [["c"], ["a"], []]
    assert [hits[0].source.role for hits in rows[:2] if hits[0].source] == [PartyRole.DEBTOR, PartyRole.TEXT]


@settings(deadline=None, max_examples=40)
@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_whatever_stands_around_places_fit_the_text(before: str, after: str) -> None:
    screener = _SHARED.setdefault("screener", Screener.compile(LISTINGS, Path(_folder()) / "index"))
    text = f"{before} Zoubeir Khatry Tarawely {after}"
    for hit in found(screener, text):
        assert hit.evidence is not None
        assert 0 <= hit.evidence.start < hit.evidence.end <= len(hit.evidence.text)
        assert hit.evidence.text in text


_SHARED: dict[str, Screener] = {}


def _folder() -> str:
    import tempfile

    return tempfile.mkdtemp()
