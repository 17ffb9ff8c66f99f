"""Threads give what one thread gives, in order, holding few batches."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tahaluf.domain import InputError
from tahaluf.screening.engines.local import screen_batches
from tahaluf.screening.engines.ordered import in_order
from tahaluf.screening.engines.ports import Run
from tests.screening.engines import real
from tests.screening.engines.invented import CountingOpener, InventedScreener, batches_of

RUN = Run(InventedScreener, Path("invented"), top=3, threshold=0.3)
NAMES = [[str(start + offset) for offset in range(start % 4)] for start in range(0, 60, 3)]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_hits_come_in_the_order_of_the_batches_whatever_the_workers(workers: int) -> None:
    rows = list(screen_batches(RUN, batches_of(*NAMES), workers=workers))
    assert [[hits[0].subject_id for hits in batch] for batch in rows] == NAMES
    assert rows == list(screen_batches(RUN, batches_of(*NAMES), workers=1))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real.compiled(tmp_path_factory.mktemp("real"))


def screened(index: Path, rows: list[dict[str, object]], workers: int, size: int = 16) -> bytes:
    run = Run(real.opened, index, top=5, threshold=0.0)
    return real.written(list(screen_batches(run, real.batches_of(rows, size), workers=workers)))


def test_the_real_screener_writes_the_same_bytes_whatever_the_workers_and_the_batches(index: Path) -> None:
    rows = real.subjects()
    alone = screened(index, rows, 1)
    assert alone.count(b"\n") > 2 * len(rows)
    for workers in (1, 2, 4):
        for size in (1, 16, 500):
            assert screened(index, rows, workers, size) == alone, (workers, size)


def test_the_real_screener_writes_the_same_of_each_subject_in_whatever_order_they_come(index: Path) -> None:
    rows = real.subjects()
    expected = real.in_order_of_id(screened(index, rows, 1))
    for workers in (1, 2, 4):
        assert real.in_order_of_id(screened(index, real.shuffled(rows, workers), workers)) == expected, workers


def test_top_and_threshold_reach_the_screener() -> None:
    (rows,) = screen_batches(RUN, batches_of(["1"]))
    assert [hit.score for hit in rows[0]] == [1 / 2, 1 / 3]


def test_the_index_is_opened_once() -> None:
    opener = CountingOpener()
    list(screen_batches(Run(opener, Path("invented"), 1, 0.0), batches_of(*NAMES), workers=3))
    assert len(opener.opened) == 1


def test_an_error_in_a_worker_surfaces_after_the_batches_before_it() -> None:
    rows = screen_batches(RUN, batches_of(["1"], ["bad"], ["2"]), workers=2)
    assert next(rows)[0][0].subject_id == "1"
    with pytest.raises(InputError) as caught:
        next(rows)
    assert caught.value.problem.code == "test.bad"


def test_no_batches_give_no_rows() -> None:
    assert list(screen_batches(RUN, [])) == []


def test_few_batches_are_read_ahead() -> None:
    read = 0

    def endless() -> Iterator[pa.RecordBatch]:
        nonlocal read
        while True:
            read += 1
            yield batches_of(["1"])[0]

    rows = screen_batches(RUN, endless(), workers=2)
    next(rows)
    rows.close()
    assert read <= 5


def test_in_order_never_has_more_under_way_than_allowed() -> None:
    started: list[int] = []
    taken: list[int] = []

    def submit(item: int) -> "Taker":
        started.append(item)
        assert len(started) - len(taken) <= 3
        return Taker(item, taken)

    assert list(in_order(range(10), submit, 3)) == list(range(10))


class Taker:
    def __init__(self, item: int, taken: list[int]) -> None:
        self.item, self.taken = item, taken

    def __call__(self) -> int:
        self.taken.append(self.item)
        return self.item
