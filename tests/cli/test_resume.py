"""A run that is killed, at any step, is finished by `--resume` without a lost or doubled hit."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Outcome, job, run_apart


def screen(subjects: Path, a_list: Path, out: Path, *more: str, die_at: int = 0) -> dict[str, Any]:
    command = ["screen", subjects, "--against", a_list, "--out", out, "--batch-size", "7", "--workers", "1", *more]
    return job(*command, die_at=die_at)


def steps_of(done: Outcome) -> int:
    found = re.search(r"steps (\d+)", done.err)
    assert found, done.err
    return int(found[1])


def contents(out: Path) -> tuple[bytes, bytes]:
    return out.read_bytes(), out.with_name(out.name + ".rejects.csv").read_bytes()


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_killed_at_any_step_the_resumed_run_ends_byte_for_byte_the_same(
    subjects: Path, a_list: Path, suffix: str
) -> None:
    whole = subjects.with_name(f"whole.{suffix}")
    # The first run compiles the list as well; the second only screens.
    _, unbroken = run_apart(screen(subjects, a_list, whole), screen(subjects, a_list, whole))
    steps = steps_of(unbroken)
    assert unbroken.code == 3 and steps > 30
    outs = {point: subjects.with_name(f"cut-{point}.{suffix}") for point in range(1, steps + 1)}
    jobs = [
        one
        for point, out in outs.items()
        for one in (screen(subjects, a_list, out, die_at=point), screen(subjects, a_list, out, "--resume"))
    ]
    done = run_apart(*jobs)
    for (point, out), killed, resumed in zip(outs.items(), done[::2], done[1::2], strict=True):
        assert killed.code == -9, (point, killed.err)
        assert resumed.code == 3, (point, resumed.err)
        assert contents(out) == contents(whole), point
        left = sorted(path.name for path in out.parent.glob(f"{out.name}*"))
        assert left == [out.name, out.name + ".rejects.csv"]


def test_killed_again_and_again_it_still_ends_the_same(subjects: Path, a_list: Path) -> None:
    whole, out = subjects.with_name("whole.jsonl"), subjects.with_name("again.jsonl")
    jobs = [screen(subjects, a_list, out, "--resume", die_at=8) for _ in range(6)]
    done = run_apart(screen(subjects, a_list, whole), *jobs, screen(subjects, a_list, out, "--resume"))
    assert [one.code for one in done][1:3] == [-9, -9]
    assert done[-1].code == 3
    assert contents(out) == contents(whole)


def test_torn_writes_behind_the_last_commit_are_cut_off(subjects: Path, a_list: Path) -> None:
    whole, out = subjects.with_name("whole.jsonl"), subjects.with_name("torn.jsonl")
    run_apart(screen(subjects, a_list, whole), screen(subjects, a_list, out, die_at=22))
    for suffix in (".partial", ".journal"):
        with out.with_name(out.name + suffix).open("ab") as file:
            file.write(b'{"half a line')
    (done,) = run_apart(screen(subjects, a_list, out, "--resume"))
    assert done.code == 3
    assert contents(out) == contents(whole)


def test_a_resumed_run_starts_behind_what_is_committed(subjects: Path, a_list: Path) -> None:
    out = subjects.with_name("out.jsonl")
    _, resumed, whole = run_apart(
        screen(subjects, a_list, out, die_at=25),
        screen(subjects, a_list, out, "--resume", "--summary", "json"),
        screen(subjects, a_list, out, "--summary", "json"),
    )
    figures = json.loads(resumed.out)
    assert (figures["subjects"], figures["hits"], figures["rejected"]) == (54, 42, 6)
    assert steps_of(resumed) < steps_of(whole)


@pytest.mark.parametrize("change", ["threshold", "subjects", "list"])
def test_another_task_is_not_mixed_into_the_output(subjects: Path, a_list: Path, change: str) -> None:
    out = subjects.with_name("out.jsonl")
    run_apart(screen(subjects, a_list, out, die_at=25))
    more = ["--resume", "--threshold", "0.9"] if change == "threshold" else ["--resume"]
    if change == "subjects":
        subjects.write_text(subjects.read_text("utf-8") + "q99,Nadia Bakkar\n", "utf-8")
    if change == "list":
        a_list.write_text(a_list.read_text("utf-8").replace("Nadia", "Nadya"), "utf-8")
    (done,) = run_apart(screen(subjects, a_list, out, *more))
    assert done.code == 1
    assert "--resume" in done.err
    assert not out.exists()


def test_a_run_without_resume_starts_afresh(subjects: Path, a_list: Path) -> None:
    whole, out = subjects.with_name("whole.jsonl"), subjects.with_name("out.jsonl")
    done = run_apart(
        screen(subjects, a_list, whole), screen(subjects, a_list, out, die_at=25), screen(subjects, a_list, out)
    )
    assert [one.code for one in done] == [3, -9, 3]
    assert contents(out) == contents(whole)


def test_the_old_output_stays_until_the_new_one_is_whole(subjects: Path, a_list: Path) -> None:
    out = subjects.with_name("out.jsonl")
    out.write_text("old", "utf-8")
    run_apart(screen(subjects, a_list, out, die_at=25))
    assert out.read_text("utf-8") == "old"
    assert out.with_name("out.jsonl.partial").stat().st_size > 0
