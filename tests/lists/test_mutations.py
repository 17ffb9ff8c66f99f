"""Mutated and cut files end in a clear error, a reading that tells, or a whole one: never in a crash or a silent loss.

The long form is `benchmarks/fuzz_readers.py`.
"""

import random
from collections import Counter
from pathlib import Path

import pytest

from tests.lists.mutate import cut, judge, judge_planted, mutate, plant
from tests.lists.targets import make_targets

NAMES = ("un", "ofac-xml", "ofac-csv", "ftm", "targets", "gzip")
TRIES = 400


@pytest.mark.parametrize("number", range(len(NAMES)), ids=NAMES)
def test_mutated_files_never_crash_a_reader_or_lose_in_silence(tmp_path: Path, number: int) -> None:
    target = make_targets(tmp_path)[number]
    rng = random.Random(number)
    outcomes = Counter(judge(target, mutate(rng, target.data), tmp_path / "sdn.csv") for _ in range(TRIES))
    assert outcomes.total() == TRIES
    assert outcomes["told"] + outcomes["error"] > TRIES // 10


@pytest.mark.parametrize("number", (0, 1), ids=NAMES[:2])
def test_xml_cut_before_its_end_always_tells(tmp_path: Path, number: int) -> None:
    target = make_targets(tmp_path)[number]
    rng = random.Random(number)
    whole = target.data.rstrip()
    for _ in range(100):
        assert judge(target, cut(rng, whole), tmp_path / "list") != "whole"


@pytest.mark.parametrize("number", (0, 1), ids=NAMES[:2])
def test_what_no_schema_knows_is_kept_or_told(tmp_path: Path, number: int) -> None:
    target = make_targets(tmp_path)[number]
    rng = random.Random(number)
    outcomes = Counter(judge_planted(target, plant(rng, target.data), tmp_path / "list") for _ in range(TRIES))
    assert outcomes["whole"] > TRIES // 2
