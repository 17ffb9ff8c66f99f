"""A local Ray cluster gives what the local engine gives. Skipped, saying so, where Ray is not installed."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tahaluf.domain import InputError
from tahaluf.screening.engines import local, ray
from tahaluf.screening.engines.ports import Run
from tests.screening.engines import real
from tests.screening.engines.invented import InventedScreener, batches_of

RUN = Run(InventedScreener, Path("invented"), top=3, threshold=0.3)
NAMES = [[str(start + offset) for offset in range(start % 4)] for start in range(0, 45, 3)]
needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    module = pytest.importorskip("ray", reason="ray is not installed")
    module.init(num_cpus=2, log_to_driver=False, include_dashboard=False)
    yield module
    module.shutdown()


@needs_ray
@pytest.mark.filterwarnings("ignore")
class TestOnALocalCluster:
    def test_hits_equal_the_local_engines_in_the_same_order(self, cluster: Any) -> None:
        there = list(ray.screen_batches(RUN, batches_of(*NAMES), workers=2))
        assert there == list(local.screen_batches(RUN, batches_of(*NAMES), workers=2))

    def test_the_real_screener_writes_the_bytes_of_the_local_engine_whatever_the_workers_and_the_order(
        self, cluster: Any, tmp_path: Path
    ) -> None:
        run, rows = Run(real.opened, real.compiled(tmp_path), top=5, threshold=0.0), real.subjects()
        expected = real.written(list(local.screen_batches(run, real.batches_of(rows), workers=1)))
        for workers in (1, 2):
            found = list(ray.screen_batches(run, real.batches_of(rows), workers=workers))
            assert real.written(found) == expected, workers
        found = list(ray.screen_batches(run, real.batches_of(real.shuffled(rows, 3)), workers=2))
        assert real.in_order_of_id(real.written(found)) == real.in_order_of_id(expected)

    def test_an_error_of_ours_comes_back_whole(self, cluster: Any) -> None:
        rows = ray.screen_batches(RUN, batches_of(["1"], ["bad"], ["2"]), workers=2)
        assert next(rows)[0][0].subject_id == "1"
        with pytest.raises(InputError) as caught:
            next(rows)
        assert caught.value.problem.code == "test.bad"
        assert caught.value.problem.where.line == 7
        assert not caught.value.permanent

    def test_any_other_error_surfaces(self, cluster: Any) -> None:
        with pytest.raises(RuntimeError, match="broken on purpose"):
            list(ray.screen_batches(RUN, batches_of(["broken"]), workers=1))

    def test_a_cluster_that_was_there_before_stays(self, cluster: Any) -> None:
        list(ray.screen_batches(RUN, batches_of(["1"]), workers=1))
        assert cluster.is_initialized()


def test_without_ray_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError) as caught:
        next(ray.screen_batches(RUN, batches_of(["1"])))
    assert caught.value.problem.code == "screening.ray.missing"
    assert caught.value.problem.expected == "tahaluf[ray]"
