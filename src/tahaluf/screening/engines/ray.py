"""Batches on a Ray cluster, for an input that outgrows one machine (extra `tahaluf[ray]`).

Uses the cluster that is already connected, else that of RAY_ADDRESS, else a local one; it ends only what it began. Each
worker opens the index once. An error of ours comes back whole, any other as Ray reports it; the rest is then given up.
"""

import importlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Generic

import pyarrow as pa

from tahaluf.domain import InputError, Problem, TahalufError
from tahaluf.screening.engines.ordered import AHEAD, in_order
from tahaluf.screening.engines.ports import BatchScreener, Result, Run


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of ours on its way back: its class and the values that make it."""

    kind: type[TahalufError]
    problem: Problem
    permanent: bool


class Worker(Generic[Result]):
    """One process of the cluster; opens the index at the first batch, so that a bad index is told as a bad batch is."""

    def __init__(self, run: Run[Result]) -> None:
        self._run = run
        self._screener: BatchScreener[Result] | None = None

    def screen(self, batch: pa.RecordBatch) -> Result | Failure:
        """The hits of a batch, or why there are none."""
        try:
            if self._screener is None:
                self._screener = self._run.open_index(self._run.index)
            return self._screener.screen_batch(batch, top=self._run.top, threshold=self._run.threshold)
        except TahalufError as error:
            return Failure(type(error), error.problem, error.permanent)


def screen_batches(
    run: Run[Result], batches: Iterable[pa.RecordBatch], *, workers: int | None = None
) -> Iterator[Result]:
    """The hits of each batch, in the order of the batches; one worker for each processor of the cluster unless told."""
    ray = _import_ray()
    ours = not ray.is_initialized()
    if ours:
        connected = "RAY_ADDRESS" in os.environ
        ray.init(num_cpus=None if connected else workers, log_to_driver=False, include_dashboard=False)
    hired = []
    try:
        count = workers or int(ray.cluster_resources().get("CPU", 1))
        remote = ray.remote(num_cpus=1)(Worker)
        hired = [remote.remote(run) for _ in range(count)]
        turns = cycle(hired)
        yield from in_order(batches, lambda batch: _taker(ray, next(turns).screen.remote(batch)), count * AHEAD)
    finally:
        for worker in hired:
            ray.kill(worker)
        if ours:
            ray.shutdown()


def _taker(ray: Any, reference: Any) -> Callable[[], Any]:
    def take() -> Any:
        outcome = ray.get(reference)
        if isinstance(outcome, Failure):
            raise outcome.kind(outcome.problem, permanent=outcome.permanent)
        return outcome

    return take


def _import_ray() -> Any:
    try:
        return importlib.import_module("ray")
    except ImportError as missing:
        raise InputError(Problem("screening.ray.missing", expected="tahaluf[ray]", found=str(missing))) from missing
