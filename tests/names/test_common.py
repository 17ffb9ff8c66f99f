"""Common names are known by their spellings in both scripts, with how common they are and whose they are."""

import pytest

from tahaluf.names.common import MOST_NAMES, common_names
from tahaluf.names.fold import fold
from tahaluf.names.letters import is_arabic, skeleton


@pytest.mark.parametrize(("latin", "arabic"), [("mohamed", "محمد"), ("mahmoud", "محمود"), ("fatima", "فاطمة")])
def test_a_name_is_one_in_both_scripts(latin: str, arabic: str) -> None:
    known = common_names().by_spelling
    assert set(known[latin]) & set(known[fold(arabic)])


def test_common_names_that_look_alike_are_two() -> None:
    known = common_names().by_spelling
    assert not set(known["mohamed"]) & set(known["mahmoud"])


def test_a_spelling_of_two_names_may_be_either() -> None:
    known = common_names().by_spelling
    assert {known[fold("حمد")][0], known[fold("حامد")][0]} <= set(known["hamed"])
    assert all(1 <= len(numbers) <= MOST_NAMES for numbers in known.values())


def test_the_commoner_name_has_the_higher_frequency() -> None:
    names = common_names()
    mohamed, hamdan = names.by_spelling["mohamed"][0], names.by_spelling["hamdan"][0]
    assert names.frequency[mohamed] > names.frequency[hamdan] > 0


def test_men_and_women_are_told_apart() -> None:
    names = common_names()
    assert names.gender[names.by_spelling["ali"][0]] == "male"
    assert names.gender[names.by_spelling["fatima"][0]] == "female"


def test_latin_spellings_are_found_by_their_skeleton_and_arabic_ones_are_not() -> None:
    for key, spellings in common_names().by_skeleton.items():
        assert {skeleton(spelling) for spelling in spellings} == {key}
        assert not [spelling for spelling in spellings if is_arabic(spelling)]


def test_every_number_has_a_frequency_and_a_gender() -> None:
    names = common_names()
    used = {number for numbers in names.by_spelling.values() for number in numbers}
    assert used == set(range(len(names.frequency))) == set(range(len(names.gender)))
