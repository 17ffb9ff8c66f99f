"""Names of one batch are shared out among threads, and each is found as if it were alone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from tahaluf.domain import Alias, Kind, Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening import matcher
from tahaluf.screening.index.build import build_names
from tahaluf.screening.matcher import Matcher

LISTED = [
    "Salem Benghazal",
    "Nourdine Qantarawi",
    "Moussa Zerdoumi",
    "سالم بن غزال",
    "Aminata Touhamine",
    "Oumar Keita",
]
NAMES = ["Salim Ben Ghazal", "", "Nour Eddine Kantaroui", "سالم بنغزال", "Musa Zerdumi", "Aminata Tuhamine", "Omar"] * 9


@pytest.fixture(scope="module")
def index() -> Any:
    return build_names([Listing(text, Kind.PERSON, "invented", (Alias(text),)) for text in LISTED], likeness())


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(matcher, "LEAST_NAMES", 4)
    yield


def found(own: Matcher, names: list[str] = NAMES) -> list[Any]:
    arrays, _ = own.match_names(names, [-1] * len(names), 3)
    return [array.tolist() for array in arrays]


@pytest.mark.parametrize("threads", [2, 3, 8, 64])
def test_several_threads_find_what_one_finds(index: Any, monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    monkeypatch.setattr(matcher, "THREADS", 1)
    alone = found(Matcher(index))
    monkeypatch.setattr(matcher, "THREADS", threads)
    assert found(Matcher(index)) == alone
    assert np.asarray(alone[0]).max() == len(LISTED) - 1


def test_no_names_and_few_names_are_matched_too(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "THREADS", 4)
    own = Matcher(index)
    assert [len(array) for array in own.match_names([], [], 3)[0]] == [0] * 5
    assert found(own, NAMES[:1])[0] == [found(own)[0][0]]


def test_batches_screened_at_once_share_the_threads_and_find_the_same(
    index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "THREADS", 4)
    own = Matcher(index)
    alone = found(own)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: found(own), range(12))) == [alone] * 12
