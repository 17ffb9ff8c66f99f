"""The command with the engine itself: the same file whatever the workers, the same hits whatever the order of rows."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tahaluf.cli.main import run
from tests.screening.engines import real


def read(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The hits of each subject, without the line that it stood on."""
    hits: dict[str, list[dict[str, Any]]] = {}
    for text in path.read_text("utf-8").splitlines():
        hit = json.loads(text)
        del hit["line"]
        hits.setdefault(hit["query_id"], []).append(hit)
    return hits


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return real.compiled(tmp_path)


def rows() -> list[str]:
    return [
        f"{row['id']},{row['names'][0]},{''.join(row['birth_dates'])},{' '.join(row['nationalities'])}"
        for row in real.subjects()
    ]  # fmt: skip


def screen(tmp_path: Path, index: Path, lines: list[str], workers: int, name: str) -> Path:
    subjects, out = tmp_path / f"{name}.csv", tmp_path / f"{name}.jsonl"
    subjects.write_text("\n".join(["id,name,birth_date,nationality", *lines]) + "\n", "utf-8")
    options = ["--out", str(out), "--threshold", "0", "--workers", str(workers), "--batch-size", "16"]
    assert run(["screen", str(subjects), str(index), *options]) == 0
    return out


def test_the_number_of_workers_changes_no_byte(tmp_path: Path, index: Path) -> None:
    outs = [screen(tmp_path, index, rows(), workers, f"by-{workers}") for workers in (1, 2, 4)]
    assert outs[0].stat().st_size > 10_000
    assert len({out.read_bytes() for out in outs}) == 1


def test_the_order_of_rows_changes_no_hit(tmp_path: Path, index: Path) -> None:
    lines = rows()
    expected = read(screen(tmp_path, index, lines, 1, "in-order"))
    for workers in (1, 4):
        shuffled = random.Random(workers).sample(lines, len(lines))
        assert read(screen(tmp_path, index, shuffled, workers, f"shuffled-{workers}")) == expected
