"""Parse, write, parse: the same subjects."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Subject
from tahaluf.messages.edifact import Separators
from tahaluf.messages.edifact.write import Outgoing
from tahaluf.messages.paxlst import write_paxlst
from tests.conftest import shared_file
from tests.messages.paxlst.samples import FLIGHT, message, read_file, read_text

OUTGOING = Outgoing("CARRIER", "STATE", datetime(2026, 1, 10, 9, 0, tzinfo=UTC), grouped=True)
ODD = replace(OUTGOING, separators=Separators("(", ".", "\\", '"', ""), grouped=False)
LETTERS = st.text("ABDEMRSTZ abé'+:?-./إب", min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
CODES = st.text("ABCXYZ0189", min_size=1, max_size=9)
STATES = st.sampled_from(["MLI", "FRA", "DEU", "GBR", "ARE", "RKS", "UNO", "SAU", "ZAF", "CN", "D"])
DAYS = st.dates().map(lambda day: day.strftime("%y%m%d")) | st.sampled_from(
    ["840300", "840000", "1984", "19840312:102"]
)
TITLES = st.sampled_from(["", "", " MR", "MRS", "MS", "MSTR", " DR"])


def escape(text: str) -> str:
    return "".join(f"?{char}" if char in "?'+:" else char for char in text)


@st.composite
def travelers(draw: st.DrawFn) -> list[str]:
    """The segments of one traveler."""
    names = [escape(draw(LETTERS)), escape(draw(LETTERS)) + draw(TITLES), escape(draw(LETTERS))][
        : draw(st.integers(1, 3))
    ]
    kinds = [
        st.builds("ATT+2++{}".format, st.sampled_from("MFX")), st.builds("DTM+329:{}".format, DAYS),
        st.builds("LOC+22+{}".format, CODES), st.builds("LOC+178+{}".format, CODES),
        st.builds("LOC+174+{}".format, STATES),
        st.builds("LOC+180+:::{}".format, LETTERS.map(escape)), st.builds("NAT+2+{}".format, STATES),
        st.builds("COM+{}:TE".format, CODES), st.builds("COM+{}:EM".format, LETTERS.map(escape)),
        st.builds("EMP+1+:::{}".format, CODES), st.builds("FTX+BAG+++{}".format, CODES),
        st.builds("MEA+CT++:{}".format, CODES),
        st.builds("RFF+{}:{}".format, st.sampled_from(["AVF", "ABO", "SEA", "AEA", "CR"]), LETTERS.map(escape)),
        st.builds("DOC+{}:110:111+{}".format, st.sampled_from(["P", "V", "I", "AC", "PR"]), CODES),
        st.builds("DTM+36:{}".format, DAYS), st.builds("DTM+182:{}".format, DAYS),
        st.builds("LOC+91+{}".format, STATES),
    ]  # fmt: skip
    qualifier = draw(st.sampled_from(["FL", "FM", "DDU", "DDT"]))
    address = draw(st.sampled_from(["", "+12 RUE X+SEGOU++99+MLI"]))
    return [f"NAD+{qualifier}+++{':'.join(names)}{address}", *draw(st.lists(st.one_of(kinds), max_size=12))]


def told(subjects: Sequence[Subject]) -> list[Subject]:
    """Subjects without their places, details in one order."""
    return [
        replace(subject, where=None, id=str(number), unit=number, details=tuple(sorted(subject.details)))
        for number, subject in enumerate(subjects)
    ]


@pytest.mark.parametrize("outgoing", [OUTGOING, ODD])
@pytest.mark.parametrize("name", ["Test1.txt", "airline2.edi", "multiple_flight_leg_apis.txt"])
def test_a_real_list_is_the_same_after_it_was_written(tmp_path: Path, name: str, outgoing: Outgoing) -> None:
    subjects = read_file(shared_file("data", "travel", "paxlst", name)).subjects
    again = read_text(tmp_path, write_paxlst(subjects, outgoing))
    assert told(again.subjects) == told(subjects)
    assert not [warning for warning in again.warnings if "edifact" in warning[0]]
    assert "paxlst.count" not in again.codes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(travelers(), min_size=1, max_size=4))
def test_any_list_is_the_same_after_it_was_written(tmp_path: Path, people: list[list[str]]) -> None:
    text = message([segment for person in people for segment in person], head=("BGM+745", *FLIGHT))
    subjects = read_text(tmp_path, text).subjects
    for outgoing in (OUTGOING, ODD):
        again = read_text(tmp_path, write_paxlst(subjects, outgoing))
        assert told(again.subjects) == told(subjects)
