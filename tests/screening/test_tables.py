"""Tables that are screened from Python: which kinds their rows are of, and what of them is refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tahaluf.domain import Alias, DateSpan, InputError, Kind, Listing, PartialDate, Subject
from tahaluf.screening import Screener
from tahaluf.screening import screener as screener_module

NAME = "Tarawely Khatry Zoubeir"
LISTINGS = (
    Listing("person", Kind.PERSON, "invented", (Alias("Zoubeir Ould Khatry Tarawely"),)),
    Listing("ship", Kind.VESSEL, "invented", (Alias("Tarawely Khatry Zoubeir"),)),
    Listing("firm", Kind.COMPANY, "invented", (Alias("Khatry Tarawely Zoubeir SARL"),)),
)
DOCUMENT = {"type": "passport", "number": "K7730915", "country": "dz"}


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile(LISTINGS, tmp_path_factory.mktemp("tables") / "index")


def found(screener: Screener, kind: Kind | None = None, **columns: Any) -> list[set[str]]:
    """The listings that each row was compared with."""
    names = columns.pop("name", [NAME])
    hits = screener.screen(pa.table({"name": names, **columns}), kind=kind, threshold=0.0)
    pairs = list(zip(hits["query_id"].to_pylist(), hits["entity_id"].to_pylist(), strict=True))
    return [{listing for row, listing in pairs if row == str(number)} for number in range(1, len(names) + 1)]


def test_a_table_of_names_is_compared_with_every_kind(screener: Screener) -> None:
    assert found(screener) == [{"person", "ship", "firm"}]
    assert found(screener, id=["1"], nationalities=[["dz"]]) == [{"person", "ship", "firm"}]


@pytest.mark.parametrize(
    "column",
    [
        {"birth_dates": [["1984-03-12"], []]},
        {"birth_dates": ["1984", None]},
        {"birth_dates": [date(1984, 3, 12), None]},
        {"gender": ["female", None]},
        {"birth_places": [["Tiznit"], []]},
        {"documents": [[DOCUMENT], []]},
    ],
)
def test_a_row_with_what_only_people_have_is_a_person_and_others_are_not(
    screener: Screener, column: dict[str, Any]
) -> None:
    assert found(screener, name=[NAME, NAME], **column) == [{"person"}, {"person", "ship", "firm"}]


@pytest.mark.parametrize(
    ("kind", "listings"),
    [(Kind.PERSON, {"person"}), (Kind.VESSEL, {"ship"}), (Kind.ORGANIZATION, {"firm"}), (Kind.AIRPLANE, set())],
)
def test_the_kind_given_is_that_of_rows_that_state_none(screener: Screener, kind: Kind, listings: set[str]) -> None:
    assert found(screener, kind) == [listings]
    hits = screener.screen(
        pl.DataFrame({"name": [NAME, NAME, NAME], "kind": ["Vessel", None, ""]}), kind=kind, threshold=0.0
    )
    rows = [set(hits.filter(pl.col("query_id") == str(row))["entity_id"]) for row in (1, 2, 3)]
    assert rows == [{"ship"}, listings, listings]


@pytest.mark.parametrize("empty", [[None], [[]], pa.array([None]), pa.array([[]], pa.list_(pa.null()))])
def test_empty_values_are_no_values(screener: Screener, empty: Any) -> None:
    expected = found(screener)
    for column in ("birth_dates", "nationalities", "residences", "birth_places", "documents"):
        assert found(screener, **{column: empty}) == expected, column
    assert found(screener, names=[[None, "", NAME]]) == expected


def test_values_of_other_libraries_are_read_by_their_meaning(screener: Screener) -> None:
    rows = {"id": [7], "name": [NAME], "birth_dates": [["1984"]], "documents": [[DOCUMENT]]}
    for table in (
        pl.DataFrame(rows),
        pd.DataFrame(rows),
        pl.DataFrame(rows).with_columns(pl.col("name").cast(pl.Categorical)),
    ):
        hits = screener.screen(table, threshold=0.0)
        assert (list(hits["query_id"]), list(hits["entity_id"])) == (["7"], ["person"])


@pytest.mark.parametrize(
    ("columns", "code", "field", "line"),
    [
        ({"name": [NAME], "kind": ["person"]}, "screening.table.value", "kind", 1),
        ({"name": [NAME, NAME], "gender": ["male", "F"]}, "screening.table.value", "gender", 2),
        ({"name": [NAME, NAME], "birth_dates": [[], ["12/03/1984"]]}, "screening.table.value", "birth_dates", 2),
        ({"name": [NAME], "birth_dates": [["1984-02-31"]]}, "screening.table.value", "birth_dates", 1),
        ({"name": [NAME], "documents": [["K7730915"]]}, "screening.table.column", "documents", None),
        ({"name": [NAME], "documents": [[{"number": 7730915}]]}, "screening.table.column", "documents", None),
        ({"name": [NAME], "nationalities": [[["dz"]]]}, "screening.table.column", "nationalities", None),
        ({"name": [[NAME]]}, "screening.table.column", "name", None),
        ({"nom": [NAME]}, "screening.table.names", None, None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    screener: Screener, columns: dict[str, Any], code: str, field: str | None, line: int | None
) -> None:
    for table in (pa.table(columns), pl.DataFrame(columns), pd.DataFrame(columns)):
        with pytest.raises(InputError) as refused:
            screener.screen(table)
        problem = refused.value.problem
        assert (problem.code, problem.where.field, problem.where.line) == (code, field, line)


def test_a_column_that_stands_there_twice_and_what_is_no_table_are_refused(screener: Screener) -> None:
    twice = pa.table([pa.array([NAME]), pa.array([NAME])], names=["name", "name"])
    for table in (twice, pd.DataFrame([[NAME, 1], [1, NAME]], columns=["name", "id"]), pl.Series([NAME]), [NAME], None):
        with pytest.raises(InputError):
            screener.screen(table)


@pytest.mark.parametrize(
    "options",
    [{"top": 0}, {"top": -1}, {"top": 1001}, {"threshold": -0.1}, {"threshold": 1.1}, {"threshold": float("nan")}],
)
def test_options_out_of_range_are_refused(screener: Screener, options: dict[str, Any]) -> None:
    for screen in (lambda: screener.match(Subject("s", (NAME,)), **options), lambda: found_with(screener, options)):
        with pytest.raises(InputError) as refused:
            screen()
        assert refused.value.problem.code == "screening.option"


def found_with(screener: Screener, options: dict[str, Any]) -> Any:
    return screener.screen(pa.table({"name": [NAME]}), **options)


def test_the_most_that_can_be_asked_for_gives_all_that_there_is(screener: Screener) -> None:
    assert len(screener.match(Subject("s", (NAME,)), top=1000, threshold=0.0)) == len(LISTINGS)


def test_a_table_is_screened_in_parts_and_comes_back_whole(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"name": [NAME, "Jean Ferrandier", NAME, "", NAME], "gender": ["male", None, None, None, "male"]})
    whole = screener.screen(table)
    monkeypatch.setattr(screener_module, "BATCH", 2)
    assert screener.screen(table).equals(whole)


def test_an_index_in_the_place_of_which_another_was_made_stays_open_as_it_was(tmp_path: Path) -> None:
    first = Screener.compile(LISTINGS, tmp_path / "index")
    (tmp_path / "index").rename(tmp_path / "old")
    Screener.compile(LISTINGS[:1], tmp_path / "index")
    assert {hit.listing_id for hit in first.match(Subject("s", (NAME,)), threshold=0.0)} == {"person", "ship", "firm"}


def test_a_birth_date_picks_out_one_of_many_who_bear_a_common_name(tmp_path: Path) -> None:
    same = [
        Listing(
            f"p-{year}",
            Kind.PERSON,
            "invented",
            (Alias("Mohamed Ali"),),
            birth_dates=(DateSpan(PartialDate(year, 3, 9)),),
        )
        for year in range(1960, 1990)
    ]
    screener = Screener.compile(same, tmp_path / "index")
    hits = screener.match(Subject("s", ("Mohamed Ali",), Kind.PERSON, birth_dates=(PartialDate(1984, 3, 9),)), top=1)
    assert [hit.listing_id for hit in hits] == ["p-1984"]
