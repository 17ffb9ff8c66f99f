"""A name is cut into tokens that carry it, and none of the words that make up names of every kind is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.names.fold import fold
from tahaluf.names.tokenize import MAX_LETTERS, MAX_TOKENS, Role, Token, tokenize

LETTERS = st.characters(codec="ascii", categories=["Lu", "Ll"]) | st.sampled_from("ابتدرسعلمنهويحخقةأéüçйш")
PARTS = [
    "al",
    "bin",
    "ibn",
    "abd",
    "abu",
    "din",
    "allah",
    "haji",
    "Dr.",
    "ltd",
    "of",
    "an",
    "zadeh",
    "Karim",
    "بن",
    "ال",
]
NAME = st.text(st.one_of(LETTERS, st.sampled_from(" ,.-'’")), max_size=60) | st.lists(
    st.sampled_from([*PARTS, "أبو", "الله", "نور", "Un", "b", "-"]), max_size=30
).map(" ".join)


def texts(name: str, role: Role = Role.NAME) -> list[str]:
    return [token.text for token in tokenize(name) if token.role is role]


def token_of(name: str, text: str) -> Token:
    return next(token for token in tokenize(name) if token.text == text)


@given(NAME)
def test_a_name_with_letters_keeps_a_token_that_counts(name: str) -> None:
    has_letters = any(char.isalnum() for char in fold(name))
    assert bool(texts(name)) == has_letters


@given(st.text(max_size=600))
def test_any_text_is_cut_within_bounds(name: str) -> None:
    tokens = tokenize(name)
    assert len(tokens) <= MAX_TOKENS
    assert all(token.text and token.shown for token in tokens)


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8))
def test_no_letter_is_lost(words: list[str]) -> None:
    name = " ".join(words)
    shown = "".join(token.shown for token in tokenize(name))
    assert shown.replace(" ", "") == fold(name).replace(" ", "").replace(".", "")


def test_a_name_that_begins_far_into_the_text_is_found() -> None:
    assert texts("-" * MAX_LETTERS + " Karim") == ["karim"]


@pytest.mark.parametrize(
    "spellings",
    [
        ["Abd al-Rahman", "Abdul Rahman", "Abdurrahman", "ʿAbd ar-Raḥman", "Abd-el-Rahman"],
        ["Nur al-Din", "Nur ad-Din", "Nuruddin", "Nur ud-Din"],
        ["Abdullah", "Abd Allah", "Abdallah"],
        ["Nasrallah", "Nasr Allah", "Nasrullah"],
        ["Abu Bakr", "Abou Bakr", "Abo Bakr"],
        ["Karimzadeh", "Karim Zadeh", "Karim-zadeh"],
        ["عبد الرحمن", "عبدالرحمن"],
        ["نور الدين", "نورالدين"],
        ["عبد الله", "عبدالله"],
        ["نصر الله", "نصرالله"],
        ["أبو بكر", "ابو بكر", "ابي بكر"],
    ],
)
def test_a_compound_is_one_token_however_it_is_spaced(spellings: list[str]) -> None:
    assert len({tuple(texts(spelling)) for spelling in spellings}) == 1
    assert len(texts(spellings[0])) == 1


@pytest.mark.parametrize(
    ("name", "particle"),
    [
        ("Salim al Tawil", "al"),
        ("Abdullah an-Nur", "an"),
        ("Salim ash-Shami", "ash"),
        ("Ludwig van Hoven", "van"),
        ("Bank of Ruvana", "of"),
        ("Salim ibn Hatim", "ibn"),
        ("سالم بن حاتم", "بن"),
        ("Dr Salim Hatim", "dr"),
        ("Colonel Salim Hatim", "colonel"),
        ("الدكتور سالم حاتم", "الدكتور"),
    ],
)
def test_words_that_say_nothing_of_who_it_is_are_particles(name: str, particle: str) -> None:
    assert texts(name, Role.PARTICLE) == [particle]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Jong Un", "un"),
        ("Or Levani", "or"),
        ("He Ling", "he"),
        ("Salim bin", "bin"),
        ("علي حسن", "علي"),
        ("شمس حسن", "شمس"),
        ("Abdi Warsame", "abdi"),
        ("Ghulam Abbas", "ghulam"),
        ("Bou Ali", "bou"),
        ("بو علي", "بو"),
        ("Oumou Keita", "oumou"),
        ("Edin Hodan", "edin"),
        ("E Salim", "e"),
    ],
)
def test_a_short_word_that_is_a_name_as_often_stays_one(name: str, kept: str) -> None:
    assert kept in texts(name)
    assert len(texts(name)) == 2


@pytest.mark.parametrize(
    ("name", "light"),
    [
        ("Haji Salim", "haji"),
        ("Mullah Salim", "mullah"),
        ("الشيخ سالم", "شيخ"),
        ("السيد سالم", "سيد"),
        ("Ruvana Trading LLC", "llc"),
        ("Ruvana Co", "co"),
        ("شركة روفانا", "شركه"),
    ],
)
def test_titles_that_may_be_names_and_legal_forms_count_little(name: str, light: str) -> None:
    assert texts(name, Role.SOFT) == [light]


@pytest.mark.parametrize("word", ["Bank", "Trading", "Relief", "Brigade"])
def test_words_that_many_organizations_share_count_in_full(word: str) -> None:
    assert texts(f"Ruvana {word}") == ["ruvana", word.lower()]


@pytest.mark.parametrize("name", ["Sheikh", "General", "bin", "of", "Ltd", "الدكتور", "ابو"])
def test_a_word_that_is_the_whole_name_counts(name: str) -> None:
    assert len(texts(name)) == 1


def test_of_nothing_but_light_words_one_counts() -> None:
    assert texts("Haji Sheikh") == ["sheikh"]
    assert texts("Dr Haji") == ["haji"]
    assert texts("Dr Dr") == ["dr"]


def test_the_father_is_marked() -> None:
    tokens = tokenize("Salim bin Hatim Tawil")
    assert [token.text for token in tokens if token.nasab] == ["hatim"]


def test_the_family_name_before_a_comma_goes_last() -> None:
    assert texts("TAWIL, Salim Hatim") == ["salim", "hatim", "tawil"]
    assert texts("Tawil, Salim, Hatim") == ["tawil", "salim", "hatim"]


def test_initials_are_tokens_of_one_letter() -> None:
    assert texts("K.M. Tawil") == ["k", "m", "tawil"]


def test_a_glued_article_is_known_beside_the_form_without_it() -> None:
    token = token_of("سالم النور", "نور")
    assert (token.bare, token.shown) == ("النور", "النور")
    assert token_of("Salim Altawil", "altawil").bare == "tawil"
