"""The letters that stand for organizations."""

import pytest

from tahaluf.names.acronyms import Acronym, acronyms_of


@pytest.mark.parametrize(
    ("name", "letters", "initials"),
    [
        ("Union for Relief and Trade of Kaltouma", "urtk", True),
        ("URTK", "urtk", False),
        ("U.R.T.K.", "urtk", False),
        ("Union Relief Trade Kaltouma SARL", "urtk", True),
        ("داعش", "داعش", False),
    ],
)
def test_a_name_has_the_initials_of_its_words_or_is_letters_itself(name: str, letters: str, initials: bool) -> None:
    assert acronyms_of(name) == (Acronym(letters, initials),)


def test_letters_in_brackets_stand_beside_the_initials() -> None:
    assert acronyms_of("Kaltouma Relief Society (SECK)") == (Acronym("seck", True), Acronym("krs", True))


@pytest.mark.parametrize(
    "name", ["", "()", "Al", "A B", "مؤسسة كلتومة للإغاثة", "one two three four five six seven eight nine"]
)
def test_too_few_or_too_many_letters_are_none(name: str) -> None:
    assert acronyms_of(name) == ()
