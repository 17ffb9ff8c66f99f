"""`tahaluf explain` with the engine itself: how the score came about, the reference, what the list says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tahaluf.cli.main import run
from tahaluf.domain import Alias, Kind, Listing
from tahaluf.domain.kinds import Gender
from tahaluf.prose import i18n
from tahaluf.screening import Screener
from tests.screening.test_screener import OTHERS, person


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    listed = Listing(
        "L1", Kind.PERSON, "invented", (Alias("Zoubeir Ould Khatry Tarawely"), Alias("Abou Dhoumari")),
        reference="QDi.900", nationalities=("dz",), gender=Gender.MALE,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("explain") / "index"
    Screener.compile((listed, person("two", "Ahmed Ali"), *OTHERS), path)
    return path


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leaves the language as it was."""
    yield
    i18n.set_language("en")


def explained(capsys: pytest.CaptureFixture[str], index: Path, name: str, *options: str) -> str:
    assert run(["explain", name, "--against", str(index), "--top", "1", *options]) == 0
    return capsys.readouterr().out


def test_words_left_over_show_their_cost_and_the_whole_is_told(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    text = explained(capsys, index, "Zubair Khatri Taraoueli compte cloture")
    lines = {line.split()[0]: line for line in text.splitlines() if line.strip()}
    assert "-8." in lines["compte"] and "only in the name screened" in lines["compte"]
    assert "words left over in the name screened" in text
    assert "The names together: score 0." in text


def test_words_stand_as_each_name_spells_them(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    text = explained(capsys, index, "ZOUBEÏR Khatri TARAOUELI Clôture")
    rows = [line.split() for line in text.splitlines() if line.strip()]
    assert ["ZOUBEÏR", "Zoubeir"] in [row[:2] for row in rows]
    assert ["TARAOUELI", "Tarawely"] in [row[:2] for row in rows]
    assert ["Clôture", "—"] in [row[:2] for row in rows]


def test_the_reference_and_what_the_list_says_of_the_best_hit_are_shown(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    text = explained(capsys, index, "Zubair Khatri Taraoueli", "--nationality", "fr")
    for words in ("Reference: QDi.900", "What the list says", "Abou Dhoumari", "Algeria", "France", "All together"):
        assert words in text


def test_in_arabic_no_word_of_another_language_stands_for_a_value(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    text = explained(
        capsys, index, "Zubair Khatri Taraoueli", "--nationality", "dz", "--gender", "male", "--lang", "ar"
    )
    assert "الجزائر" in text and "ذكر" in text
    assert not {"dz", "male", "Person"} & set(text.split())
