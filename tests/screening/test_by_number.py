"""Listings that a document's number brings up, whatever the names say; every name is invented."""

import pytest

from tahaluf.domain import Alias, DateSpan, Document, Hit, Kind, Listing, PartialDate, Subject
from tahaluf.screening import Screener

LISTINGS = (
    Listing(
        "known",
        Kind.PERSON,
        "invented",
        (Alias("Mokhtar Salah Bouderbala"),),
        documents=(Document("K7730915", "passport", "dz"),),
        birth_dates=(DateSpan(PartialDate(1971, 3, 9)),),
    ),
    Listing("stolen", Kind.UNKNOWN, "register", (), documents=(Document("AB1234567", "passport", "ma"),)),
    Listing(
        "bank", Kind.COMPANY, "invented", (Alias("Banque des Dunes"),), documents=(Document("INVFMRMR", "swift/bic"),)
    ),
)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile(LISTINGS, tmp_path_factory.mktemp("numbers") / "index")


def found(screener: Screener, *names: str, threshold: float | None = None, **more: object) -> list[Hit]:
    return screener.match(Subject("s", names, **more), threshold=threshold)  # type: ignore[arg-type]


def test_the_same_passport_finds_a_listing_of_another_name(screener: Screener) -> None:
    (hit,) = found(screener, "Claire Fontanel", documents=(Document("K 7730915", "passport", "dz"),))
    assert hit.listing_id == "known"
    assert hit.score > 0.9
    assert [one.term for one in hit.explanation.terms] == ["number"]
    assert hit.explanation.listing_name == "Mokhtar Salah Bouderbala"


def test_a_number_one_slip_away_needs_something_else_to_agree(screener: Screener) -> None:
    slip = Document("K7730951", "passport", "dz")
    assert found(screener, "Claire Fontanel", documents=(slip,)) == []
    born = found(screener, "Claire Fontanel", documents=(slip,), birth_dates=(PartialDate(1971, 3, 9),))
    assert [hit.listing_id for hit in born] == ["known"]


def test_a_name_and_a_number_that_agree_are_one_hit_with_the_reasons_of_both(screener: Screener) -> None:
    (hit,) = found(screener, "Mokhtar Bouderbala", documents=(Document("K7730915", "passport", "dz"),))
    assert hit.explanation.tokens
    assert [effect.reason for effect in hit.explanation.attributes] == ["document.same"]


def test_a_document_without_a_holder_is_found_by_its_number_alone(screener: Screener) -> None:
    assert [
        hit.listing_id for hit in found(screener, "Nadia Bakkar", documents=(Document("AB1234567", "passport", "ma"),))
    ] == ["stolen"]
    assert [hit.listing_id for hit in found(screener, documents=(Document("AB1234567", "passport"),))] == ["stolen"]


def test_a_bank_is_found_by_its_code_with_or_without_a_branch(screener: Screener) -> None:
    hits = found(screener, documents=(Document("INVFMRMRXXX", "swift/bic"),), kind=Kind.COMPANY)
    assert [hit.listing_id for hit in hits] == ["bank"]


def test_another_number_finds_no_one(screener: Screener) -> None:
    assert found(screener, "Nadia Bakkar", documents=(Document("ZZ9999999", "passport", "fr"),)) == []
