"""The fast way of reading a list and the obvious one give the same, whatever the list."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.messages.paxlst.read import read_paxlst, read_plainly
from tahaluf.messages.paxlst.reading import Reading
from tests.messages.paxlst.mutate import mutate
from tests.messages.paxlst.samples import TRAVELER, message, read_with

SEGMENTS = st.sampled_from(
    [
        *TRAVELER, "NAD+FL+++TRAORE:AWA:MARIE", "NAD+FM+++X:Y", "NAD+FL+++:", "NAD+FL+++O?'NEIL:ZOEMRS", "ATT+2++Q",
        "DTM+329:999999", "DTM+329:840312", "LOC+91+", "DOC++", "DOC+Q9+1", "DOC+IP+22", "RFF+SEA:12A", "RFF+AVF:",
        "RFF+AVF:A B", "LOC+91+FRA", "DTM+36:100101", "NAT+2+", "TDT+20+ZZ9", "FTX+BAG+++ONE", "LOC+5+Q", "MEA+CT++:2",
        "NAD+MS+++OPS", "CNT+42:1", "QQQ+1", "NAT+2+FRA\n", "LOC+178+\nNIM", "LOC+174+FRA\nNAD+FL+++LOST:END",
        "RFF+AVF:É", "NAD+FL+++UNKNOWN:FNU", "NAD+DDU+++BA:ALI",
    ]
)  # fmt: skip


def assert_same(path: Path) -> None:
    fast, plain = read_with(path, read_paxlst), read_with(path, read_plainly)
    assert fast[0] == plain[0]
    assert fast[1:] == plain[1:]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(segments=st.lists(SEGMENTS, max_size=30))
def test_both_ways_give_the_same_rows_and_problems(tmp_path: Path, segments: Sequence[str]) -> None:
    path = tmp_path / "list.edi"
    path.write_text(message(list(segments)), encoding="utf-8")
    assert_same(path)


WRITTEN = [
    "FL+++MAIGA:IDRISSA", "FL+++TRAORE:AWAMRS", "DDU+++LE BON:MARC ADRIEN:X", "FL+++XXX:FNU", "FM+++BARRY:OMR",
    "FL+++DIOP:JEAN+1 RUE X+BAMAKO++BP 7+MLI", "FL+++DIOP:JEAN:",
]  # fmt: skip
GROUPS = st.tuples(
    st.sampled_from(WRITTEN), st.sampled_from(["M", "F", "U", "Q"]), st.sampled_from(["840312", "841300", "310000"]),
    st.sampled_from([["COM+0022 7:TE", "EMP+1+CR:::PILOT"], ["GEI+4+173"], ["FTX+BAG+++NI 12"], []]),
    st.sampled_from([[*TRAVELER[7:]], TRAVELER[7:9], ["DOC+V+77", "LOC+91+XXA"], [*TRAVELER[7:], "DOC+IP+9"], []]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    groups=st.lists(GROUPS, max_size=40),
    ends=st.sampled_from(["\n", "", "\r\n"]),
    marks=st.sampled_from([":+'", "*|#"]),
)
def test_both_ways_give_the_same_of_travelers_written_alike(
    tmp_path: Path, groups: list[tuple[str, str, str, list[str], list[str]]], ends: str, marks: str
) -> None:
    segments = [
        segment for name, gender, birth, more, documents in groups
        for segment in (f"NAD+{name}", f"ATT+2++{gender}", f"DTM+329:{birth}", *TRAVELER[3:7], *more, *documents)
    ]  # fmt: skip
    path = tmp_path / "list.edi"
    text = message(segments).replace("\n", ends)
    path.write_text(text.translate(str.maketrans(":+'", marks)), encoding="utf-8")
    assert_same(path)


def test_travelers_of_one_shape_are_not_read_segment_by_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.edi"
    path.write_text(message(TRAVELER * 50), encoding="utf-8")
    monkeypatch.setattr(Reading, "name", lambda *_: pytest.fail("a traveler went the long way"))
    rows, rejections, _ = read_with(path)
    assert [row["id"] for row in rows] == [str(number) for number in range(1, 51)]
    assert [row["line"] for row in rows[:3]] == [10, 20, 30]
    assert rejections == []


def test_both_ways_give_the_same_of_mutated_lists(tmp_path: Path) -> None:
    rng = random.Random(5)
    text = message([*TRAVELER * 3, "NAD+FM+++TRAORE:AWA", *TRAVELER[1:]])
    path = tmp_path / "list.edi"
    for _ in range(100):
        path.write_bytes(mutate(text.encode(), rng))
        assert_same(path)
