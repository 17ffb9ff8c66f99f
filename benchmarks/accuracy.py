"""How often the name score errs, and for whom; writes `docs/accuracy.md`.

usage: accuracy.py [BENCH_DIR] [--write]   (a folder laid out as `names-dev`; without --write the text is only printed)
Cross-validated as the score is fitted: no name is scored by weights that saw it. Names alone are measured.
"""

import math
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from tahaluf.names.common import common_names  # noqa: E402
from tahaluf.names.likeness.model import likeness  # noqa: E402
from tahaluf.names.tokenize import Role  # noqa: E402
from tahaluf.screening.attributes import DEFAULT_CONFIG  # noqa: E402
from tahaluf.screening.weighed import weighed_tokens  # noqa: E402
from train_score import FOLDS, TASKS, Task, examples, fit, load, read_rows  # noqa: E402

PAGE = ROOT / "docs" / "accuracy.md"
FEWEST, MARKED, VERY_COMMON = 50, 30, 5.0
PEER: dict[str, tuple[float, ...]] = {
    "alias": (0.86, 0.76, 0.53), "ar2lat": (0.55, 0.26), "lat2ar": (0.67, 0.30), "people_ar2lat": (0.35,)
}  # fmt: skip
MEANT = {
    "alias": "a Latin alias that was taken off the list",
    "ar2lat": "Arabic query, list in Latin letters",
    "lat2ar": "Latin query, list in Arabic letters",
    "people_ar2lat": "Arabic query, list of politicians in Latin letters",
}
TOKENS, COMMON, GENDER = "Number of tokens", "Rarest token", "Given name"
EVERY_COMMON, IN_TABLE, NOT_IN_TABLE = "every token very common", "every token in the table", "a token not in the table"
Bools = NDArray[np.bool_]


class Rate(NamedTuple):
    """`hits` of `count`."""

    hits: int
    count: int

    def __str__(self) -> str:
        low, high = self.bounds()
        return f"{self.share:.1%} ({low:.1%}–{high:.1%})" if self.count else "–"

    @property
    def share(self) -> float:
        return self.hits / self.count if self.count else math.nan

    def bounds(self) -> tuple[float, float]:
        """Wilson's 95 % interval."""
        z, n, p = 1.96, self.count, self.share
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max((middle - half) / (1 + z * z / n), 0.0), min((middle + half) / (1 + z * z / n), 1.0)


class Query(NamedTuple):
    """A name of a task, its log-odds above the default threshold for the right listing, and whether that came first."""

    name: str
    margin: float
    first: bool


class Measurement(NamedTuple):
    """`queries` and `tops` (ordinary names' best log-odds above the threshold) by task, `ordinary` rows in order."""

    queries: dict[str, list[Query]]
    tops: dict[str, NDArray[np.float64]]
    ordinary: list[dict[str, str]]
    listed: int


def measure(folder: Path) -> Measurement:
    """All tasks, cross-validated; the default threshold is put where 1 % of ordinary names alert on the full list."""
    ordinary = read_rows(folder / "ordinary.csv")
    names = [row["name"] for row in ordinary]
    tasks = {task: load(folder, task, names) for task in TASKS}
    parts = [examples(part) for pair in tasks.values() for part in pair if part is not None]
    x, y, fold = (np.concatenate(column) for column in zip(*parts, strict=True))
    models = [fit(x[fold != k], y[fold != k]) for k in range(FOLDS)]
    tops = {task: part.scores(models).max(axis=1) for task, (_, part) in tasks.items() if part is not None}
    cut = cut_at(tops["alias"], 0.01)
    queries = {}
    for task, (own, _) in tasks.items():
        texts = [row["name"] for row in read_rows(folder / f"{task}.csv")]
        queries[task] = read_queries(texts, own, own.scores(models), cut)
    listed = count_listings(folder / f"{TASKS['alias']}.ftm.json.gz")
    return Measurement(queries, {task: values - cut for task, values in tops.items()}, ordinary, listed)


def count_listings(path: Path) -> int:
    from tahaluf import lists  # noqa: PLC0415

    return sum(1 for _ in lists.read(path))


def read_queries(names: list[str], own: Task, scores: NDArray[np.float64], cut: float) -> list[Query]:
    right = np.where(own.listings == own.expected[:, None], scores, -99.0).max(axis=1)
    first = (right >= scores.max(axis=1)) & (right > -99)
    return [Query(name, float(r - cut), bool(f)) for name, r, f in zip(names, right, first, strict=True)]


def cut_at(tops: NDArray[np.float64], share: float) -> float:
    """The log-odds that this share of ordinary names goes beyond."""
    return float(np.sort(tops)[::-1][int(share * len(tops))])


def groups_of(names: Iterable[str]) -> dict[str, dict[str, Bools]]:
    """Who is in which group: by number of tokens, by the commonness of the rarest, by the gender of given names."""
    labels = [label(name) for name in names]
    out: dict[str, dict[str, Bools]] = {}
    for place, (kind, order) in enumerate(
        [
            (TOKENS, ("1", "2", "3", "4 or more")),
            (COMMON, (EVERY_COMMON, IN_TABLE, NOT_IN_TABLE)),
            (GENDER, ("men's", "women's", "not known")),
        ]
    ):
        out[kind] = {group: np.array([row[place] == group for row in labels]) for group in order}
    return out


def label(name: str) -> tuple[str, str, str]:
    tokens = [token.text for token in weighed_tokens(name) if token.role is Role.NAME and len(token.text) > 1]
    table = common_names()
    spelled = [[number for number in row if number >= 0] for row in likeness().codes(tokens).common.tolist()]
    rarest = min((max((table.frequency[n] for n in found), default=0.0) for found in spelled), default=0.0)
    common = NOT_IN_TABLE if rarest == 0 else EVERY_COMMON if rarest >= VERY_COMMON else IN_TABLE
    genders = [{table.gender[n] for n in found} for found in spelled]
    gender = "women's" if {"female"} in genders else "men's" if genders[:1] == [{"male"}] else "not known"
    return ("4 or more" if len(tokens) > 3 else str(max(len(tokens), 1))), common, gender


def recall(queries: list[Query], where: Callable[[Query], bool] = lambda query: query.margin > 0) -> Rate:
    return Rate(sum(map(where, queries)), len(queries))


def alerts(tops: NDArray[np.float64], mask: Bools, shift: float = 0.0) -> Rate:
    return Rate(int((tops[mask] + shift > 0).sum()), int(mask.sum()))


def table(heads: list[str], rows: Iterable[Iterable[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [heads, ["---"] * len(heads), *rows]]
    return "\n".join(lines) + "\n"


def tell_benchmark(found: Measurement) -> str:
    rows = []
    for task, queries in found.queries.items():
        cells: list[str] = [f"{recall(queries, lambda query: query.first).share:.3f}"]
        for share in (0.01, 0.001):
            if task in found.tops:
                cut = cut_at(found.tops[task], share)
                cells.append(f"{np.mean([query.margin > cut for query in queries]):.3f}")
            else:
                cells.append("–")
        peer = [*(f"{value:.2f}" for value in PEER[task]), "–", "–"][:3]
        pairs = [f"{mine} / {theirs}" if mine != "–" else "–" for mine, theirs in zip(cells, peer, strict=True)]
        rows.append([f"`{task}`: {MEANT[task]}", len(queries), *pairs])
    return table(["Task", "Queries", "right one first", "found at 1 %", "found at 0.1 %"], rows)


def tell_alerts(found: Measurement) -> str:
    tops = found.tops["alias"]
    out = []
    for column, head in (("script", "Script"), ("country", "Country")):
        values = [row[column] for row in found.ordinary]
        rates = {value: alerts(tops, np.array(values) == value) for value in sorted(set(values))}
        shown = {k: rate for k, rate in rates.items() if column == "script" or rate.count >= FEWEST}
        ordered = sorted(shown.items(), key=lambda pair: -pair[1].share)
        rows = [[spell(value), rate.count, rate.hits, rate] for value, rate in ordered]
        out.append(table([head, "Names", "Alerts", "Alert rate (95 % interval)"], rows))
    return "\n".join(out)


def spell(value: str) -> str:
    known = {"Latn": "Latin", "Arab": "Arabic", "mixed": "both", "Saudi_Arabia(PEP)": "Saudi Arabia (public offices)"}
    return known.get(value, value.replace("_", " "))


def tell_groups(found: Measurement) -> str:
    own = groups_of(row["name"] for row in found.ordinary)
    asked = {task: groups_of(query.name for query in queries) for task, queries in found.queries.items()}
    rows: list[list[object]] = []
    for kind, groups in own.items():
        for group, mask in groups.items():
            rates = [pick(found.queries[task], asked[task][kind][group]) for task in TASKS]
            cells = [f"{rate}, n={rate.count}" if rate.count >= MARKED else f"(n={rate.count})" for rate in rates]
            rows.append([kind, group, *cells, f"{alerts(found.tops['alias'], mask)}, n={int(mask.sum())}"])
    return table(["By", "Group", *(f"`{task}` found" for task in TASKS), "Ordinary names alerting"], rows)


def pick(queries: list[Query], mask: Bools) -> Rate:
    return recall([query for query, mine in zip(queries, mask, strict=True) if mine])


def tell_worst(found: Measurement) -> str:
    """The sentences: for whom alerts are most frequent, and who is found least."""
    tops, out = found.tops["alias"], []
    countries = np.array([row["country"] for row in found.ordinary])
    rates = {c: alerts(tops, countries == c) for c in set(countries.tolist())}
    worst = sorted(((c, r) for c, r in rates.items() if r.count >= FEWEST), key=lambda p: -p[1].share)
    named = ", ".join(f"{spell(c)} ({r.share:.1%}, {r.hits} of {r.count})" for c, r in worst[:5])
    none = [spell(c) for c, r in worst if not r.hits]
    out.append(f"Of ordinary people, those with names of these countries are stopped most often: {named}.")
    out.append(f"No ordinary name alerted in {len(none)} of {len(worst)} countries: {', '.join(sorted(none))}.")
    own = groups_of(row["name"] for row in found.ordinary)
    asked = groups_of(query.name for query in found.queries["alias"])
    for kind, groups in own.items():
        missed = {g: pick(found.queries["alias"], mask) for g, mask in asked[kind].items() if g != "not known"}
        stopped = {g: alerts(tops, mask) for g, mask in groups.items() if g != "not known"}
        low = min((p for p in missed.items() if p[1].count >= MARKED), key=lambda p: p[1].share)
        high = max((p for p in stopped.items() if p[1].count >= MARKED), key=lambda p: p[1].share)
        out.append(
            f"{kind}: found least is “{low[0]}” ({low[1].share:.1%} of {low[1].count} queries of `alias`); ordinary names "
            f"that alert most are “{high[0]}” ({high[1].share:.1%} of {high[1].count})."
        )
    return "".join(f"- {line}\n" for line in out)


def tell_help(found: Measurement) -> str:
    """What else is known of a person moves the score by the engine's own effects: alerts left, names found."""
    config, tops, queries = DEFAULT_CONFIG, found.tops["alias"], found.queries["alias"]
    all_of = np.ones(len(tops), dtype=np.bool_)
    rows = []
    for what, effect, weak in (
        ("nothing but the name", 0.0, False),
        ("same birth date", config.date_same_day, False),
        ("same birth year", config.date_same_year, False),
        ("birth date far off (over ten years)", config.date_contradicted, False),
        ("same document number and issuer", config.document_same, False),
        ("same nationality", config.nationality_same, True),
        ("another nationality", config.nationality_other, False),
        ("another gender", config.gender_other, False),
    ):
        mine = "–" if effect < 0 else f"{recall(queries, lambda q, e=effect: q.margin + e > 0).share:.1%}"  # type: ignore[misc]
        left = "–" if effect > 0 else str(alerts(tops, all_of, effect).hits)
        rows.append([what, f"{effect:+.1f}", mine, left])
    return table(["Known besides the name", "Effect", "Listed people found", "Ordinary names alerting"], rows)
