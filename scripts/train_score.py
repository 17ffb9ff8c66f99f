"""Fit the name score to queries with known answers and to ordinary names, cross-validated; write its weights.

usage: train_score.py BENCH_DIR [--measure]   (a folder laid out as `names-dev`; --measure only prints the figures)
Figures are of 5 folds: no query is scored by weights that saw it, or the ordinary names of its fold. The file that is
written is fitted to all folds; the intercept is set so that
the threshold, 0.5, is where 1 % of ordinary names raise a hit on the whole list.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from tahaluf import lists
from tahaluf.screening.kernel.measure import EVIDENCE, FEATURES
from tahaluf.screening.kernel.screen import THIN
from training.features import Measured

WEIGHTS = Path(__file__).parent.parent / "resources" / "score.yaml"
HEAD = """\
# The weights of the name score: what each number of an alignment (FEATURES in screening/kernel/measure.py) adds to the
# log-odds that two names are of one bearer. Written by scripts/train_score.py, reviewed, compiled by build_score.py.
"""
TASKS = {"alias": "list_alias", "ar2lat": "list_latin", "lat2ar": "list_arabic", "people_ar2lat": "list_people"}
FOLDS, NEGATIVES, PENALTY, PASSES = 5, 12, 3.0, 25
THRESHOLD = 0.5
F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Task:
    """Measured names: `features` [n, k, f], `listings` [n, k], `expected` [n] (−1: none), `fold` [n]."""

    features: NDArray[np.float32]
    listings: NDArray[np.int32]
    expected: NDArray[np.int64]
    fold: NDArray[np.int64]

    def scores(self, models: list[F64]) -> F64:
        """Log-odds [n, k] by the model of each name's fold; −99 where there is no candidate."""
        out = np.full(self.listings.shape, -99.0)
        for fold, model in enumerate(models):
            mine = self.fold == fold
            out[mine] = self.features[mine] @ model[1:] + model[0]
        out -= np.maximum(0.0, THIN - self.features[..., EVIDENCE])
        out[self.listings < 0] = -99.0
        return out


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(folder: Path, task: str, ordinary: list[str]) -> tuple[Task, Task | None]:
    """A task's queries, and the ordinary names against its list (none for the list of ordinary people)."""
    listings = list(lists.read(folder / f"{TASKS[task]}.ftm.json.gz"))
    number = {listing.id: place for place, listing in enumerate(listings)}
    rows = read_rows(folder / f"{task}.csv")
    measured = Measured(listings)
    features, found = measured.measure([row["name"] for row in rows])
    expected = np.array([number[row["expected"]] for row in rows])
    own = Task(features, found, expected, np.random.default_rng(1).permutation(len(rows)) % FOLDS)
    if task == "people_ar2lat":
        return own, None
    features, found = measured.measure(ordinary)
    none = np.full(len(ordinary), -1)
    return own, Task(features, found, none, np.random.default_rng(2).permutation(len(ordinary)) % FOLDS)


def examples(task: Task) -> tuple[F64, NDArray[np.bool_], NDArray[np.int64]]:
    """For each name its best listings by evidence with the expected one: features, whether right, fold."""
    evidence, lost, left = (
        task.features[..., FEATURES.index(n)] for n in ("evidence", "unmatched_subject", "unmatched_listing")
    )
    value = evidence / (evidence + 1.2 * lost + 0.4 * left + 1e-6) * (1 - np.exp(-0.09 * evidence))
    order = np.argsort(-np.where(task.listings >= 0, value, -1.0), axis=1, kind="stable")
    rows, right, folds = [], [], []
    for name, places in enumerate(order):
        seen: set[int] = set()
        for place in places:
            listing = int(task.listings[name, place])
            if listing < 0 or listing in seen:
                continue
            seen.add(listing)
            is_right = listing == task.expected[name]
            if len(seen) <= NEGATIVES or is_right:
                rows.append(task.features[name, place])
                right.append(is_right)
                folds.append(task.fold[name])
    return np.asarray(rows, dtype=np.float64), np.asarray(right), np.asarray(folds)


def fit(x: F64, y: NDArray[np.bool_]) -> F64:
    """Ridge logistic regression by Newton's method on standardized features; weights in natural units, intercept
    first."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    beta = np.zeros(z.shape[1])
    ridge = np.diag([0.0] + [PENALTY] * x.shape[1])
    for _ in range(PASSES):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        beta -= np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + ridge, z.T @ (p - y) + ridge @ beta)
    weights = beta[1:] / spread
    return np.concatenate([[beta[0] - weights @ mean], weights])


def report(name: str, task: Task, ordinary: Task | None, models: list[F64]) -> None:
    """The benchmark's figures of one task."""
    scores = task.scores(models)
    right = np.where(task.listings == task.expected[:, None], scores, -99.0).max(axis=1)
    line = f"{name:14} top1 {np.mean((right >= scores.max(axis=1)) & (right > -99)):.4f}"
    if ordinary is not None:
        tops = np.sort(ordinary.scores(models).max(axis=1))[::-1]
        for share in (0.01, 0.001):
            line += f"  r@{share:.1%} {np.mean(right > tops[int(share * len(tops))]):.4f}"
    print(line)


def main() -> int:
    folder = Path(sys.argv[1])
    ordinary = [row["name"] for row in read_rows(folder / "ordinary.csv")]
    tasks = {name: load(folder, name, ordinary) for name in TASKS}
    parts = [examples(task) for pair in tasks.values() for task in pair if task is not None]
    x, y, fold = (np.concatenate(column) for column in zip(*parts, strict=True))
    models = [fit(x[fold != k], y[fold != k]) for k in range(FOLDS)]
    for name, (task, names) in tasks.items():
        report(name, task, names, models)
    if "--measure" in sys.argv:
        return 0
    final = fit(x, y)
    names = tasks["alias"][1]
    assert names is not None  # noqa: S101
    tops = np.sort(names.scores([final] * FOLDS).max(axis=1))[::-1]
    final[0] -= tops[int(0.01 * len(tops))]
    weights = {feature: round(float(value), 5) for feature, value in zip(FEATURES, final[1:], strict=True)}
    stored = {"intercept": round(float(final[0]), 5), "threshold": THRESHOLD, "weights": weights}
    WEIGHTS.write_text(HEAD + yaml.safe_dump(stored, sort_keys=False), encoding="utf-8")
    print(f"{WEIGHTS.name}: threshold {THRESHOLD}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
