"""What a subject's name may mean besides what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.screening.readings import MOST, readings_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zoubeir Tarawely", []),
        ("Zoubeir Tarawely (account closed)", ["Zoubeir Tarawely"]),
        ("[ref 12] Zoubeir Tarawely", ["Zoubeir Tarawely"]),
        ("Zoubeir Tarawely / Atar", ["Zoubeir Tarawely"]),
        ("Zoubeir Tarawely; Salem Kerroubi", ["Zoubeir Tarawely", "Salem Kerroubi"]),
        ("Zoubeir (Abou Salem) Tarawely", ["Zoubeir Tarawely"]),
        ("<b>Zoubeir</b> Tarawely", ["Zoubeir Tarawely"]),
        ("(Zoubeir)", []),
        ("Jean-Luc Ferrandier", []),
    ],
)
def test_notes_and_parts_give_readings_of_their_own(name: str, expected: list[str]) -> None:
    readings = readings_of([name])
    assert readings[0] == name
    assert [reading for reading in readings[1:] if "/" not in reading and ";" not in reading] == expected


@given(st.lists(st.text(alphabet="ab ()[]<>/;-|ب", max_size=40), max_size=4))
def test_the_names_themselves_come_first_and_the_readings_are_bounded(names: list[str]) -> None:
    readings = readings_of(names)
    assert set(names) <= set(readings)
    assert len(readings) <= len(names) + MOST
