"""The compiled knowledge of names says what its YAML says, in tokens."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tahaluf.names.fold import fold
from tahaluf.names.kin import KIN_KINDS
from tahaluf.names.knowledge import knowledge
from tahaluf.names.romanize import romanize

ROOT = Path(__file__).resolve().parents[2]


def token(text: str) -> str:
    return " ".join(romanize(word) for word in fold(text).split())


def test_the_committed_table_is_what_the_resources_give() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_names.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", ["articles", "nasab", "kunya", "umm", "servants", "din", "allah", "soft", "dropped"])
def test_every_word_is_a_folded_romanized_token(kind: str) -> None:
    words = getattr(knowledge(), kind)
    assert [word for word in words if token(word) != word] == []


def test_particles_are_known_in_both_scripts() -> None:
    known = knowledge()
    assert {"al", "ال"} <= known.articles
    assert {"bin", "ould", "بن", "بنت"} <= known.nasab
    assert {"abu", token("أبو")} <= known.kunya
    assert {"abdel", "عبد"} <= known.servants
    assert {"eddine", "الدين"} <= known.din


def test_a_single_letter_is_no_sure_patronymic() -> None:
    assert "b" not in knowledge().nasab


def test_titles_have_one_strength_each() -> None:
    known = knowledge()
    assert not known.dropped & known.soft
    assert not known.ranks & (known.soft | known.dropped)
    assert token("الدكتور") in known.dropped
    assert {"haji", "mullah", token("الشيخ"), token("السيد")} <= known.soft


@pytest.mark.parametrize("name", ["Amir", "Sultan", "Malik", "Karim", "He", "Md", "Thierno"])
def test_common_given_names_are_no_titles(name: str) -> None:
    known = knowledge()
    assert token(name) not in known.soft | known.dropped | known.ranks


@pytest.mark.parametrize(
    ("first", "second", "met"),
    [
        ("ООО", "LLC", True),
        ("GmbH", "ش.ذ.م.م", True),
        ("GmbH", "FGUP", False),
        ("PAO", "AG", True),
        ("Karim", "LLC", False),
    ],
)
def test_legal_forms_meet_by_class(first: str, second: str, met: bool) -> None:
    keys = [token(text).replace(".", "").replace(" ", "") for text in (first, second)]
    assert knowledge().compare_known(*keys)[1] == ("legal_form" if met else "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bank", "مصرف"),
        ("Banque", "بنك"),
        ("Relief", "إغاثة"),
        ("Secours", "Igatha"),
        ("Trading", "تجارة"),
        ("Co", "شركة"),
    ],
)
def test_generic_words_meet_by_concept(first: str, second: str) -> None:
    generic = knowledge().generic
    assert generic[token(first)] == generic[token(second)]


@pytest.mark.parametrize(("first", "second"), [("Bank", "Group"), ("Hotel", "Travel"), ("Radio", "Press")])
def test_concepts_that_differ_stay_apart(first: str, second: str) -> None:
    assert knowledge().generic[token(first)] != knowledge().generic[token(second)]


def test_familiar_forms_work_both_ways_and_say_why() -> None:
    known = knowledge()
    for first, second in [("bob", "robert"), ("robert", "bob"), ("hamoudi", "mohamed"), ("kolya", "nikolai")]:
        assert known.compare_known(first, second) == (known.similarity["nickname"], "nickname")


def test_a_short_form_of_two_names_does_not_join_them() -> None:
    assert knowledge().compare_known("edward", "theodore") == (0.0, "")


def test_names_of_scripture_meet_across_languages_below_a_nickname() -> None:
    known = knowledge()
    for first, second in [("yusuf", "joseph"), ("يحيي", "jean"), ("musa", "moshe"), ("iskandar", "alexander")]:
        assert known.compare_known(first, second) == (known.similarity["equivalent"], "equivalent")
    assert known.similarity["equivalent"] < known.similarity["nickname"] < 1.0


@pytest.mark.parametrize(("first", "second"), [("Edmund", "Edgar"), ("Helen", "Eleanor"), ("Yaroslav", "Svyatoslav")])
def test_names_that_share_a_familiar_form_do_not_meet_each_other(first: str, second: str) -> None:
    assert knowledge().compare_known(token(first), token(second)) == (0.0, "")


def test_words_of_one_concept_meet_across_languages() -> None:
    known = knowledge()
    for first, second in [("Bank", "مصرف"), ("Relief", "إغاثة"), ("first", "الأول")]:
        assert known.compare_known(token(first), token(second)) == (known.similarity["concept"], "concept")


def test_every_group_has_a_kind_and_more_than_one_word() -> None:
    known = knowledge()
    sizes = Counter(group for groups in known.kin.values() for group in groups)
    assert sorted(sizes) == list(range(len(known.kin_kinds)))
    assert min(sizes.values()) > 1
    assert set(known.kin_kinds) == set(known.similarity) == set(KIN_KINDS)


def test_compound_names_are_known_in_their_joined_form() -> None:
    assert knowledge().compare_known("abdrahman", "dahmane")[1] == "nickname"


def test_acronyms_leave_out_the_small_words() -> None:
    rule = knowledge().acronyms
    assert {"of", "de", token("في")} <= rule.skipped
    assert rule.shortest < rule.longest


def test_the_version_is_that_of_the_content() -> None:
    version = knowledge().version
    assert len(version) == 12
    assert int(version, 16) >= 0
