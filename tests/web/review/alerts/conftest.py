"""Screenings with hits on an invented list, without an index: what is tested here is what people do with hits."""

from collections.abc import Callable
from typing import Any

import pytest

from tahaluf.domain import (
    AttributeEffect,
    Explanation,
    Hit,
    Kind,
    PartialDate,
    ScoreTerm,
    Subject,
    TokenMatch,
)
from tahaluf.web.catalogue.models import ListingState, ListSource, ListVersion
from tahaluf.web.review.alerts.services import Row, raise_alerts
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

LIST = "made_up"
NAMES = {"L-1": "Samir al-Nadawi", "L-2": "Samira Nadawi", "L-3": "سمير الندوي"}


def make_hit(listing: str = "L-1", score: float = 0.91, rank: int = 1, **more: Any) -> Hit:
    explanation = Explanation(
        "Samir Nadaoui",
        NAMES.get(listing, "Someone"),
        0.88,
        (
            TokenMatch("samir", "samir", 1.0, 4.2, "exact"),
            TokenMatch("nadaoui", "nadawi", 0.93, 5.1, "romanized"),
            TokenMatch("", "al", 0.0, 0.0, "particle"),
        ),
        (AttributeEffect("birth_date", "same_year", 0.7, "1984", "1984-05-02"),),
        "1",
        "0123456789ab",
        (ScoreTerm("start", -5.0), ScoreTerm("agreement", 7.0)),
    )
    return Hit(
        "row-1", listing, LIST, score, rank, NAMES.get(listing, "Someone"), explanation, reference="QDx.1", **more
    )


def make_subject(name: str = "Samir Nadaoui", born: str = "1984") -> Subject:
    return Subject("row-1", (name,), Kind.PERSON, (PartialDate.from_iso(born),), ("ma",))


def make_row(row: int = 1, *hits: Hit, subject: Subject | None = None) -> Row:
    return Row(row, subject or make_subject(), hits or (make_hit(),), {"file": "travelers.csv", "line": row + 1})


def make_listing(listing: str, **changed: Any) -> ListingState:
    """The listing as it now stands, in a new version of the list."""
    source, _ = ListSource.objects.get_or_create(slug=LIST, defaults={"title": "An invented list"})
    number = source.versions.count() + 1
    version = ListVersion.objects.create(
        source=source, number=number, digest=f"{number:064}", file="f", file_name="f", format="ftm", ready=True
    )
    content = {
        "id": listing,
        "kind": "Person",
        "dataset": LIST,
        "names": [{"text": NAMES.get(listing, "Someone"), "kind": "primary"}],
        "birth_dates": ["1984-05-02"],
        **changed,
    }
    source.states.filter(listing_id=listing, until=None).update(until=version)
    return ListingState.objects.create(
        source=source,
        listing_id=listing,
        kind="Person",
        caption=NAMES.get(listing, "Someone"),
        content=content,
        digest=f"{number:064}",
        since=version,
    )


@pytest.fixture
def purpose(db: None) -> Purpose:
    return Purpose.objects.create(
        slug="crossing",
        title_en="Border",
        title_fr="Frontière",
        title_ar="الحدود",
        legal_basis_en="An invented law",
        legal_basis_fr="Une loi inventée",
        legal_basis_ar="قانون مختلق",
        threshold=0.7,
        keep_days=100,
        keep_match_days=1000,
        due_hours=12,
        exemption_days=90,
    )


@pytest.fixture
def new_screening(purpose: Purpose) -> Callable[..., Screening]:
    def make(**more: Any) -> Screening:
        told: dict[str, Any] = {
            "origin": Origin.FILE,
            "purpose": purpose,
            "legal_basis": purpose.legal_basis,
            "title": "travelers.csv",
            "threshold": 0.7,
            "state": ScreeningState.DONE,
            "versions": {LIST: 1},
            "index_id": "0123456789ab",
            "engine": "1",
        }
        return Screening.objects.create(**told | more)

    return make


@pytest.fixture
def listings(db: None) -> list[ListingState]:
    return [make_listing(listing) for listing in NAMES]


@pytest.fixture
def new_alert(new_screening: Callable[..., Screening], listings: list[ListingState]) -> Callable[..., Alert]:
    """An alert of a screening of its own."""

    def make(*hits: Hit, subject: Subject | None = None, row: int = 1) -> Alert:
        screening = new_screening()
        raise_alerts(screening, [make_row(row, *hits, subject=subject)])
        return screening.alerts.get()

    return make


@pytest.fixture
def alert(new_alert: Callable[..., Alert]) -> Alert:
    return new_alert(make_hit("L-1", 0.91), make_hit("L-2", 0.82, 2))
