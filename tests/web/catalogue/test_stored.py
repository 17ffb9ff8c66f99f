"""Listings survive the database exactly."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf import lists
from tahaluf.domain import DateSpan, Listing, PartialDate
from tahaluf.web.catalogue.stored import digest_of, from_plain, to_plain
from tests.conftest import shared_file

REAL = (
    "un/consolidated-2025-08-16.xml", "un/consolidated-2026-02-27.xml", "ofac/consolidated-2026-01-08.xml",
    "ofac/cons_advanced-2020-03-17.xml", "ofac/sdn-csv-2022-01", "ftm/parteispenden.entities.ftm.json",
    "ftm/t1.entities.ftm.json", "ftm/targets.simple.csv", "ftm/zala.entities.ftm.json",
)  # fmt: skip


def dates() -> st.SearchStrategy[PartialDate]:
    days = st.dates().map(lambda day: (day.year, day.month, day.day))
    known = st.sampled_from((0, 1, 2))

    def build(day: tuple[int, int, int], left_out: int, circa: bool) -> PartialDate:
        year, month, of_month = day
        return PartialDate(year, month if left_out < 2 else None, of_month if not left_out else None, circa)

    return st.builds(build, days, known, st.booleans())


st.register_type_strategy(PartialDate, dates())
st.register_type_strategy(DateSpan, st.builds(DateSpan, dates(), st.none() | dates()))


def round_trip(listing: Listing) -> Listing:
    return from_plain(json.loads(json.dumps(to_plain(listing))))


@settings(max_examples=150, deadline=None)
@given(st.from_type(Listing))
def test_every_listing_comes_back_as_it_was(listing: Listing) -> None:
    assert round_trip(listing) == listing
    assert digest_of(to_plain(round_trip(listing))) == digest_of(to_plain(listing))


@settings(max_examples=100, deadline=None)
@given(st.from_type(Listing), st.from_type(Listing))
def test_two_listings_that_differ_have_two_digests(one: Listing, other: Listing) -> None:
    assert (digest_of(to_plain(one)) == digest_of(to_plain(other))) == (one == other)


@pytest.mark.parametrize("name", REAL)
def test_real_lists_come_back_as_they_were(name: str) -> None:
    for listing in lists.read(shared_file("data", "lists", *Path(name).parts)):
        assert round_trip(listing) == listing


def test_the_order_of_keys_says_nothing_and_half_a_surrogate_pair_is_no_trap() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    assert digest_of({"names": [{"text": "\ud800"}]}) != digest_of({"names": [{"text": "\ud801"}]})


@pytest.mark.parametrize("broken", [{}, {"id": "1"}, {"id": "1", "kind": "Ship", "dataset": "a", "names": []}])
def test_what_is_no_listing_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        from_plain(broken)
