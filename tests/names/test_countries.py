"""Countries by name, code and demonym in three languages."""

import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.names.countries import country_code, fold_country, load_countries
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sy", ["Syria", "Syrian Arab Republic", "SYR", "sy", "Syrian", "Syrie", "syrienne", "سوريا", "سورية", "سوري"]),
        ("ir", ["Iran (Islamic Republic of)", "Iran, Islamic Republic of", "إيران", "iranien", "إيرانية"]),
        ("kp", ["Korea, North", "Democratic People's Republic of Korea", "DPRK", "كوريا الشمالية"]),
        ("cd", ["Democratic Republic of the Congo", "Congo, Democratic Republic of the", "RDC", "COD"]),
        ("cg", ["Congo", "Congo, Republic of the"]),
        ("de", ["D", "DEU", "Allemagne", "allemande", "ألمانيا", "ألماني"]),
        ("gb", ["GBD", "GBP", "UK", "United Kingdom of Great Britain and Northern Ireland", "Royaume-Uni", "بريطانية"]),
        ("su", ["USSR", "SUN", "former Soviet Union", "URSS", "الاتحاد السوفياتي"]),
        ("ma", ["Morocco", "Maroc", "المغرب", "مغربي", "المغربية", "marocaine", "MAR"]),
        ("dz", ["Algérie", "الجزائر", "جزائري", "algérienne"]),
        ("ne", ["Niger", "nigérienne", "النيجر"]), ("ng", ["Nigeria", "Nigerian", "nigériane", "نيجيريا"]),
        ("tr", ["Türkiye", "Turkey", "Turquie", "turque", "تركيا"]),
        ("ps", ["State of Palestine", "Palestinian", "Region: Gaza", "فلسطين"]),
        ("xk", ["Kosovo", "RKS"]), ("ci", ["Cote d Ivoire", "Côte d'Ivoire", "Ivory Coast"]),
        ("gm", ["The Gambia", "Gambia, The"]), ("us", ["United States of America", "USA", "أمريكية", "américaine"]),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_names(code: str, words: list[str]) -> None:
    assert {word: country_code(word) for word in words} == dict.fromkeys(words, code)


@pytest.mark.parametrize("word", ["", "undetermined", "Korean", "Congolese", "XXA", "Nowhere", "12", "ال"])
def test_what_is_no_country_or_may_be_two_gives_none(word: str) -> None:
    assert country_code(word) is None


def test_codes_that_iso_leaves_to_its_users_name_no_country_but_kosovo() -> None:
    letters = string.ascii_uppercase
    pairs = ["AA", *(f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"), *(f"X{letter}" for letter in letters), "ZZ"]
    triples = [f"{pair}{letter}" for pair in pairs for letter in letters]
    found = {code: country_code(code) for code in [*pairs, *triples, "QQQ", "QZZ"]}
    assert {code: country for code, country in found.items() if country} == {"XK": "xk", "XKX": "xk"}


@given(st.sampled_from(sorted(load_countries())))
def test_every_word_of_the_table_is_its_own_folded_form(word: str) -> None:
    assert fold_country(fold_country(word)) == fold_country(word)


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    code = country_code(text)
    assert code is None or code in set(load_countries().values())


def test_the_table_is_what_its_source_gives() -> None:
    script = ROOT / "scripts" / "build_countries.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
