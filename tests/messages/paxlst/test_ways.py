"""The fast way of reading a list and the obvious one give the same, whatever the list."""

import random
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.messages.paxlst.read import read_paxlst, read_plainly
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


def test_both_ways_give_the_same_of_mutated_lists(tmp_path: Path) -> None:
    rng = random.Random(5)
    text = message([*TRAVELER * 3, "NAD+FM+++TRAORE:AWA", *TRAVELER[1:]])
    path = tmp_path / "list.edi"
    for _ in range(100):
        path.write_bytes(mutate(text.encode(), rng))
        assert_same(path)
