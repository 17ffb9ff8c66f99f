"""How often the name score errs, and for whom; writes `docs/accuracy.md`.

usage: accuracy.py [BENCH_DIR] [--write]   (a folder laid out as `names-dev`; without --write the text is only printed)
Cross-validated as the score is fitted: no name is scored by weights that saw it. Names alone are measured.
"""

import math
import os
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

from tahaluf import lists  # noqa: E402
from tahaluf.domain import AttributeEffect  # noqa: E402
from tahaluf.names.common import common_names  # noqa: E402
from tahaluf.names.likeness.model import likeness  # noqa: E402
from tahaluf.names.tokenize import Role  # noqa: E402
from tahaluf.screening.attributes import DEFAULT_CONFIG, combine  # noqa: E402
from tahaluf.screening.weighed import weighed_tokens  # noqa: E402
from tahaluf.screening.weights import score_weights  # noqa: E402
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
PAGE_TEXT = """# How often it errs, and for whom

Written by `benchmarks/accuracy.py` on {date}, at commit {commit}, weights `{weights}`, on a machine of {cores} cores. **Names alone**
are measured, against published lists with {listed} listings, and {ordinary} names of parliamentarians stand for ordinary people.
Figures are cross-validated in {folds} folds: no name is scored by weights that saw it. The score's features were chosen while looking
at these names, so expect a little less on others. The brackets give 95 % intervals; where they overlap, a difference may be chance.

## In short

{worst}
A name alone identifies nobody. What helps is said [below](#what-helps): a birth date first, a document number, then nationality.

## Beside another engine

Tahaluf / nomenklatura 4.17 (its blocker and LogicV2), the same queries, lists and evaluation, two cores; the figures of
nomenklatura were taken apart from this run. “Found at 1 %” is the share of queries whose right listing scores above the threshold
at which 1 % of ordinary names alert on that task's list; the list of politicians has no such threshold of its own.

{benchmark}
## The threshold

The score is shifted so that the default threshold, 0.5, is where 1 % of ordinary names alert on the list of {listed}. That is a
choice: of a thousand travelers who are not listed ten are looked at by a person, for their name alone. On a shorter list fewer
alert, on a longer one more. Who can look at more takes about {low} (5 %); who must stop fewer, about {high} (0.1 %), and misses more.

{thresholds}
## Ordinary names that alert, by script and country

At the default threshold, on the list of {listed}. Country is that of the parliament, not of the name's origin; countries with at
least {fewest} names are shown. A few of these people may really be listed.

{alerts}
## Listed people found and ordinary people stopped, by kind of name

At the default threshold. “Found” is the right listing above the threshold; shares of fewer than {marked} queries are not shown.
Tokens are counted without particles, titles and initials. A token is *very common* when the table of common names gives it {very}
per thousand bearers or more. Gender goes by the given names of that table: a name is taken as a woman's when any token is a
woman's name only, as a man's when its first token is a man's name only; this is a rule of thumb, and leaves many names out.
Queries of `alias` include organizations.

{groups}
## What helps

The engine's own effects, applied to the scores above: how many of the listed people of `alias` are found when the listing
confirms what is known, and how many of the {ordinary} ordinary names still alert when it contradicts it. These are
calculated, not measured on real birth dates or documents.

{help}
- **Birth date**: when it is the same, it brings back most people whose name was written too differently; when it is more than ten
  years off, it clears most ordinary people whose name is alike. Give it wherever it is known, even the year alone.
- **Document number**: the same document outweighs every difference of the name; another number says little, since people have several.
- **Nationality**: confirms little, and never lifts a pair over the threshold by itself; another nationality lowers the score a little.
- **The full name**: give all its parts, in the original script too where it is known.
"""
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
    listed = sum(1 for _ in lists.read(folder / f"{TASKS['alias']}.ftm.json.gz"))
    return Measurement(queries, {task: values - cut for task, values in tops.items()}, ordinary, listed)


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


def alerts(tops: NDArray[np.float64], mask: Bools) -> Rate:
    return Rate(int((tops[mask] > 0).sum()), int(mask.sum()))


def sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


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


def tell_thresholds(found: Measurement) -> str:
    rows = []
    for share in (0.001, 0.005, 0.01, 0.02, 0.05):
        cut = cut_at(found.tops["alias"], share)
        rates = [f"{recall(queries, lambda q, c=cut: q.margin > c).share:.1%}" for queries in found.queries.values()]
        rows.append([f"{share:.1%}", f"{sigmoid(cut):.3f}", *rates])
    return table(["Ordinary names alerting", "Threshold", *(f"`{task}` found" for task in found.queries)], rows)


def tell_help(found: Measurement) -> str:
    """What else is known of a person moves the score by the engine's own effects: people found, alerts left."""
    config, rows = DEFAULT_CONFIG, []
    for what, attribute, reason, effect in (
        ("nothing but the name", "", "", 0.0),
        ("same birth date", "birth_date", "same_day", config.date_same_day),
        ("same birth year, no more known", "birth_date", "same_year", config.date_same_year),
        ("birth date more than ten years off", "birth_date", "contradicted", config.date_contradicted),
        ("same document", "document", "same", config.document_same),
        ("same nationality", "country", "same", config.nationality_same),
        ("another nationality", "country", "other", config.nationality_other),
        ("another gender", "gender", "other", config.gender_other),
    ):
        effects = [AttributeEffect(attribute, f"{attribute}.{reason}", effect, "", "")] if attribute else []
        margins = [query.margin for query in found.queries["alias"]], found.tops["alias"].tolist()
        people, left = (sum(combine(sigmoid(margin), effects) > 0.5 for margin in side) for side in margins)
        rows.append([
            what, f"{effect:+.1f}", f"{people / len(margins[0]):.1%}" if effect >= 0 else "–",
            left if effect <= 0 else "–",
        ])  # fmt: skip
    return table(
        ["Known besides the name", "Effect (log-odds)", "Listed people found", "Ordinary names alerting"], rows
    )


def write_page(found: Measurement) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tops = found.tops["alias"]
    low, high = (f"{sigmoid(cut_at(tops, share)):.2f}" for share in (0.05, 0.001))
    return PAGE_TEXT.format(
        commit=commit.stdout.strip(), date=datetime.now(UTC).date(), cores=os.cpu_count(), weights=score_weights().version,
        ordinary=len(found.ordinary), listed=f"{found.listed:,}", folds=FOLDS, benchmark=tell_benchmark(found),
        thresholds=tell_thresholds(found), low=low, high=high, worst=tell_worst(found), alerts=tell_alerts(found),
        groups=tell_groups(found), help=tell_help(found), fewest=FEWEST, marked=MARKED, very=int(VERY_COMMON),
    )  # fmt: skip


def main() -> int:
    given = [argument for argument in sys.argv[1:] if argument != "--write"]
    folder = Path(given[0]) if given else ROOT.parent / "shared" / "bench" / "names-dev"
    if not folder.is_dir():
        print(f"{folder} is absent: nothing is measured")
        return 2 if given else 0
    text = write_page(measure(folder))
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
