"""Many listings with one name: all of them come up, not the first few."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tahaluf.domain import Alias, AliasKind, Kind, Listing, Subject
from tahaluf.screening import Screener
from tahaluf.screening.matcher import SHORTLIST
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import engine
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.review.screenings import deepening, single
from tahaluf.web.review.screenings.deepening import FIRST, deepen, match_all, told_of_cut
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening
from tests.web.review.alerts.conftest import make_hit

NAME = "Zoubeir Tamrakchi"
BEARERS = 9


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    def listings() -> Iterator[Listing]:
        for number in range(BEARERS):
            yield Listing(f"T-{number}", Kind.PERSON, "made_up", (Alias(NAME, AliasKind.PRIMARY),))
        yield Listing("A-1", Kind.PERSON, "made_up", (Alias("Ingrid Solvang", AliasKind.PRIMARY),))

    folder: Path = tmp_path_factory.mktemp("many") / "index"
    return Screener.compile(listings(), folder)


def batch(*names: str) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {
            "id": [str(n) for n in range(len(names))],
            "names": [[name] for name in names],
            "kind": ["Person"] * len(names),
        }
    )


def test_all_listings_of_a_common_name_are_hits(screener: Screener) -> None:
    rows = batch("Ingrid Solvang", NAME, "Awa Diallo")
    found = screener.screen_batch(rows, top=FIRST, threshold=0.2)
    assert len(found[1]) == FIRST
    whole = deepen(screener, rows, found, 0.5)
    assert {hit.listing_id for hit in whole[1]} == {f"T-{number}" for number in range(BEARERS)}
    assert (whole[0], whole[2]) == (found[0], found[2])


def test_whoever_has_few_hits_is_not_screened_again(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = batch("Ingrid Solvang", "Awa Diallo")
    found = screener.screen_batch(rows, top=FIRST, threshold=0.2)
    monkeypatch.setattr(Screener, "screen_batch", None)
    assert deepen(screener, rows, found, 0.5) == found


def test_of_one_name_all_hits_are_found_too(screener: Screener) -> None:
    subject = Subject("1", (NAME,), Kind.PERSON)
    assert len(match_all(screener, subject, 0.2, 0.5, 5)) == BEARERS
    assert len(match_all(screener, subject, 0.2, 0.999999, 5)) <= 5


def test_where_there_may_be_more_the_alert_says_so() -> None:
    assert told_of_cut([make_hit(str(number)) for number in range(SHORTLIST - 1)]) == {}
    assert told_of_cut([make_hit(str(number)) for number in range(SHORTLIST)]) == {"cut": SHORTLIST}
    assert deepening.MOST == 1000


def test_a_file_and_a_name_raise_alerts_with_all_hits(
    screened: Callable[..., Screening], purpose: Purpose, analyst: User, screener: Screener, edition: Edition,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    opened = engine.current()._replace(screener=screener)
    monkeypatch.setattr(engine, "current", lambda: opened)
    monkeypatch.setattr(single, "TOP", FIRST)
    assert screened(f"name\n{NAME}\n").alerts.get().hit_count == BEARERS
    alert = single.screen_one(analyst, purpose, Subject("1", (NAME,), Kind.PERSON)).alert
    assert alert is not None and alert.hit_count == BEARERS
