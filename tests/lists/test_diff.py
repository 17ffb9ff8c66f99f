"""Differences between versions of a list."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import Alias, AliasKind, Kind, Listing
from tahaluf.lists import Change, diff, read
from tests.conftest import shared_file

NAMES = st.lists(
    st.sampled_from(["Idriss Salem", "Nadia Berkane", "ماريا فلد", "Marius Feld"]), min_size=1, unique=True
)
LISTINGS = st.dictionaries(st.sampled_from("abcdef"), NAMES, max_size=6)


def make(entries: dict[str, list[str]]) -> list[Listing]:
    return [Listing(key, Kind.PERSON, "tests", tuple(Alias(name) for name in names)) for key, names in entries.items()]


@given(LISTINGS)
def test_a_version_does_not_differ_from_itself(entries: dict[str, list[str]]) -> None:
    assert not diff(make(entries), reversed(make(entries)))


@given(LISTINGS, LISTINGS)
def test_each_listing_is_added_removed_amended_or_the_same(
    old: dict[str, list[str]], new: dict[str, list[str]]
) -> None:
    found = diff(make(old), make(new))
    assert {listing.id for listing in found.added} == new.keys() - old.keys()
    assert {listing.id for listing in found.removed} == old.keys() - new.keys()
    amended = {key for key in old.keys() & new.keys() if set(old[key]) != set(new[key])}
    assert {amendment.listing_id for amendment in found.amended} == amended


def test_an_amendment_names_the_field_and_what_it_was_and_is() -> None:
    (before,) = make({"a": ["Idriss Salem"]})
    after = replace(before, names=(Alias("Idriss Salem"), Alias("Abu Talha", AliasKind.WEAK)), reference="TTi.001")
    (amendment,) = diff([before], [after]).amended
    assert amendment.changes == (
        Change("names", (), (Alias("Abu Talha", AliasKind.WEAK),)), Change("reference", (), ("TTi.001",)),
    )  # fmt: skip


def test_the_order_within_a_field_is_no_change() -> None:
    (before,) = make({"a": ["Idriss Salem", "Nadia Berkane"]})
    assert not diff([before], [replace(before, names=before.names[::-1])])


def test_real_versions_differ_as_their_raw_text_does() -> None:
    entries = []
    paths = [shared_file("data", "lists", "un", f"consolidated-{day}.xml") for day in ("2026-01-28", "2026-02-27")]
    for path in paths:
        found = re.findall(r"<(INDIVIDUAL|ENTITY)>(.*?)</\1>", path.read_text(encoding="utf-8"), re.DOTALL)
        entries.append({str(re.search(r"<DATAID>(\d+)", body)[1]): body for _, body in found})  # type: ignore[index]
    old, new = entries
    found = diff(read(paths[0]), read(paths[1]))
    assert {listing.id for listing in found.added} == {f"un-{key}" for key in new.keys() - old.keys()}
    assert len(found.added) == 4
    assert {listing.id for listing in found.removed} == {f"un-{key}" for key in old.keys() - new.keys()}
    changed = {f"un-{key}" for key in old.keys() & new.keys() if old[key] != new[key]}
    assert {amendment.listing_id for amendment in found.amended} == changed


def test_real_versions_half_a_year_apart_differ_by_the_ids_of_their_raw_text() -> None:
    ids = []
    paths = [shared_file("data", "lists", "un", f"consolidated-{day}.xml") for day in ("2025-08-16", "2026-01-28")]
    for path in paths:
        ids.append({f"un-{key.decode()}" for key in re.findall(rb"<DATAID>(\d+)<", path.read_bytes())})
    found = diff(read(paths[0]), read(paths[1]))
    assert {listing.id for listing in found.added} == ids[1] - ids[0]
    assert {listing.id for listing in found.removed} == ids[0] - ids[1]
