"""Countries, gender and birth places: weak evidence, and what is neutral."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import AttributeEffect, Gender, Place
from tahaluf.screening.attributes.config import DEFAULT_CONFIG as CONFIG
from tahaluf.screening.attributes.country import compare_nationalities, compare_residences
from tahaluf.screening.attributes.gender import compare_genders
from tahaluf.screening.attributes.place import compare_birth_places, read_place

codes = st.lists(
    st.sampled_from(["ma", "dz", "tn", "sy", "iq", "fr", "ru", "su", "af", "pk", "ml"]), max_size=3, unique=True
)


def told(effect: AttributeEffect | None) -> tuple[str, float]:
    assert effect is not None
    return effect.reason, effect.effect


def test_a_shared_nationality_raises_a_little() -> None:
    assert told(compare_nationalities(("ma", "fr"), ("ma",))) == ("nationality.same", CONFIG.nationality_same)


def test_single_nationalities_that_differ_speak_louder_than_several() -> None:
    single = told(compare_nationalities(("ma",), ("iq",)))
    several = told(compare_nationalities(("ma", "fr"), ("iq",)))
    assert single[1] < several[1] < 0
    assert single[0] == several[0] == "nationality.other"


@pytest.mark.parametrize(("mine", "theirs"), [("su", "ru"), ("ru", "su"), ("af", "pk"), ("yu", "rs"), ("ml", "ne")])
def test_related_states_are_neutral(mine: str, theirs: str) -> None:
    assert told(compare_nationalities((mine,), (theirs,))) == ("nationality.related", 0.0)


@given(codes, codes)
def test_residence_speaks_softer_than_nationality(mine: list[str], theirs: list[str]) -> None:
    nationality, residence = compare_nationalities(mine, theirs), compare_residences(mine, theirs)
    if nationality is None or residence is None:
        assert nationality is residence
        assert not (mine and theirs)
    else:
        assert abs(residence.effect) <= abs(nationality.effect)


@given(codes, codes)
def test_countries_may_be_exchanged(mine: list[str], theirs: list[str]) -> None:
    there, back = compare_nationalities(mine, theirs), compare_nationalities(theirs, mine)
    assert (there and there.effect) == (back and back.effect)


def test_opposed_genders_lower() -> None:
    assert told(compare_genders(Gender.MALE, Gender.FEMALE)) == ("gender.other", CONFIG.gender_other)


def test_the_same_gender_says_nothing_but_is_shown() -> None:
    assert told(compare_genders(Gender.FEMALE, Gender.FEMALE)) == ("gender.same", 0.0)


@pytest.mark.parametrize("known", [*Gender, None])
def test_a_gender_missing_or_other_is_neutral(known: Gender | None) -> None:
    assert compare_genders(known, None) is None
    assert compare_genders(None, known) is None
    if known is not Gender.OTHER:
        assert compare_genders(known, Gender.OTHER) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "reason"),
    [
        ("Ville de Gao", Place("Gao, Mali"), "same"),
        ("مدينة الرقة", Place("الرقه"), "same"),
        ("Casablanca, Maroc", Place("Fez", "ma"), "same_country"),
        ("Morocco", Place("Fez", "ma"), "same_country"),
        ("Tripoli, Libya", Place("Tripoli, Lebanon"), "other_country"),
        ("Agadez", Place("Zinder"), "other"),
    ],
)
def test_places_are_judged(mine: str, theirs: Place, reason: str) -> None:
    assert told(compare_birth_places((mine,), (theirs,)))[0] == f"birth_place.{reason}"


def test_a_likeness_compares_places_across_scripts() -> None:
    alike = {("gao", "غاو"), ("غاو", "gao")}
    places = ("Gao",), (Place("غاو"),)
    assert told(compare_birth_places(*places))[0] == "birth_place.other"
    with_likeness = compare_birth_places(*places, compare=lambda a, b: 0.9 if (a, b) in alike else 0.0)
    assert told(with_likeness) == ("birth_place.same", CONFIG.place_same)


def test_a_place_without_a_telling_word_is_neutral() -> None:
    assert compare_birth_places(("Province",), (Place("Gao"),)) is None
    assert compare_birth_places((), (Place("Gao"),)) is None


def test_generic_words_and_articles_do_not_tell_a_place() -> None:
    assert read_place("Wilaya de Tlemcen, Algérie") == (("tlemcen",), "dz")


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_place(text: str) -> None:
    words, _ = read_place(text)
    assert all(words)
