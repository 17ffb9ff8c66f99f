"""People are shown the words of a name as it spells them, not as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.names.tokenize import tokenize
from tahaluf.names.written import as_written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("مصطفى أحمد", ["مصطفى", "أحمد"]),
        ("عبد القادر بن زروال", ["عبد القادر", "بن", "زروال"]),
        ("مُحَمَّد الشَّرِيف", ["مُحَمَّد", "الشَّرِيف"]),
        ("Abd al-Qadir Bin Zarwal", ["Abd al-Qadir", "Bin", "Zarwal"]),
        ("ABDELKADER Ben Zérouel", ["ABDELKADER", "Ben", "Zérouel"]),
        ("Jean-Luc N'Diaye", ["Jean", "Luc", "N'Diaye"]),
        ("Юсуф Захрани", ["Юсуф", "Захрани"]),
        ("نور الدين الحدّاد", ["نور الدين", "الحدّاد"]),
    ],
)
def test_each_token_is_shown_as_the_name_spells_it(name: str, written: list[str]) -> None:
    assert [as_written(token.shown, name) for token in tokenize(name)] == written


def test_of_family_names_that_stand_first_too() -> None:
    assert [as_written(token.shown, "ZÉROUEL, Abd-el Kader") for token in tokenize("ZÉROUEL, Abd-el Kader")] == [
        "Abd-el Kader", "ZÉROUEL",
    ]  # fmt: skip


def test_neighbors_with_a_particle_between_them_keep_their_spelling() -> None:
    assert as_written("hassan zerouel", "Hassan Ben Zérouel") == "Hassan Zérouel"


def test_what_the_name_does_not_hold_stays_as_it_is() -> None:
    assert as_written("karim", "Hassan Zérouel") == "karim"
    assert as_written("", "Hassan") == ""


@given(st.text(max_size=40))
def test_nothing_is_lost_of_any_name(name: str) -> None:
    for token in tokenize(name):
        assert as_written(token.shown, name)
