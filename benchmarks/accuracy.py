"""How often the name score errs, and for whom: renews the measured sections of `docs/accuracy.md`.

usage: accuracy.py [BENCH_DIR] [--write]   (a folder laid out as `names-dev`; without --write the page is only printed)
Cross-validated as the score is fitted: no name is scored by weights that saw it. Names alone are measured.
"""

import math
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from measuring.listed import count_found  # noqa: E402
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
MEANT = {  # what a task is, and the peer's figures
    "alias": ("a Latin alias that was taken off the list", ("0.86", "0.76", "0.53")),
    "ar2lat": ("Arabic query, list in Latin letters", ("0.55", "0.26")),
    "lat2ar": ("Latin query, list in Arabic letters", ("0.67", "0.30")),
    "people_ar2lat": ("Arabic query, list of politicians in Latin letters", ("0.35",)),
}
UNKNOWN = "not known"
TOKENS = ("1", "2", "3", "4 or more")
COMMON = ("a token not in the table", "every token in the table", "every token very common")
GROUPS = {"Number of tokens": TOKENS, "Rarest token": COMMON, "Given name": ("men's", "women's", UNKNOWN)}
WRITTEN = {"Latn": "Latin", "Arab": "Arabic", "Saudi_Arabia(PEP)": "Saudi Arabia"}
SECTION = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
Bools = NDArray[np.bool_]


class Rate(NamedTuple):
    """`share` of `cases`."""

    share: float
    cases: int

    def __str__(self) -> str:
        """The share with Wilson's 95% interval."""
        z, n, p = 1.96, self.cases, self.share
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = (max((middle + sign * half) / (1 + z * z / n), 0.0) for sign in (-1, 1))
        return f"{p:.1%} ({low:.1%}–{high:.1%})"

    @property
    def hits(self) -> int:
        return round(self.share * self.cases)


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
    """All tasks, cross-validated; the default threshold is put where 1% of ordinary names alert on the full list."""
    ordinary = read_rows(folder / "ordinary.csv")
    names = [row["name"] for row in ordinary]
    tasks = {task: load(folder, task, names) for task in TASKS}
    parts = [examples(part) for pair in tasks.values() for part in pair if part is not None]
    x, y, fold = (np.concatenate(column) for column in zip(*parts, strict=True))
    models = [fit(x[fold != k], y[fold != k]) for k in range(FOLDS)]
    tops = {task: part.scores(models).max(axis=1) for task, (_, part) in tasks.items() if part is not None}
    cut = cut_at(tops["alias"], 0.01)
    queries = {
        task: read_queries(folder / f"{task}.csv", own, own.scores(models), cut) for task, (own, _) in tasks.items()
    }
    listed = sum(1 for _ in lists.read(folder / f"{TASKS['alias']}.ftm.json.gz"))
    return Measurement(queries, {task: values - cut for task, values in tops.items()}, ordinary, listed)


def read_queries(path: Path, own: Task, scores: NDArray[np.float64], cut: float) -> list[Query]:
    right = np.where(own.listings == own.expected[:, None], scores, -99.0).max(axis=1)
    first = (right >= scores.max(axis=1)) & (right > -99)
    rows = zip(read_rows(path), right, first, strict=True)
    return [Query(row["name"], float(odds - cut), bool(is_first)) for row, odds, is_first in rows]


def cut_at(tops: NDArray[np.float64], share: float) -> float:
    """The log-odds that this share of ordinary names goes beyond."""
    return float(np.sort(tops)[::-1][int(share * len(tops))])


def groups_of(names: Iterable[str]) -> dict[str, dict[str, Bools]]:
    """Who is in which group: by number of tokens, by the commonness of the rarest, by the gender of given names."""
    labels = [label(name) for name in names]
    return {
        kind: {group: np.array([row[place] == group for row in labels]) for group in groups}
        for place, (kind, groups) in enumerate(GROUPS.items())
    }


def label(name: str) -> tuple[str, str, str]:
    tokens = [token.text for token in weighed_tokens(name) if token.role is Role.NAME and len(token.text) > 1]
    table = common_names()
    spelled = [[number for number in row if number >= 0] for row in likeness().codes(tokens).common.tolist()]
    rarest = min((max((table.frequency[n] for n in found), default=0.0) for found in spelled), default=0.0)
    genders = [{table.gender[n] for n in found} for found in spelled]
    gender = "women's" if {"female"} in genders else "men's" if genders[:1] == [{"male"}] else UNKNOWN
    return TOKENS[min(max(len(tokens), 1), 4) - 1], COMMON[(rarest > 0) + (rarest >= VERY_COMMON)], gender


def recall(queries: list[Query], cut: float = 0.0, mask: Bools | None = None) -> Rate:
    beyond = np.array([query.margin > cut for query in queries])[... if mask is None else mask]
    return Rate(float(beyond.mean()), len(beyond))


def alerts(tops: NDArray[np.float64], mask: Bools) -> Rate:
    return Rate(float((tops[mask] > 0).mean()), int(mask.sum()))


def table(heads: list[str], rows: Iterable[Iterable[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in [heads, ["---"] * len(heads), *rows]]
    return "\n".join(lines) + "\n"


def tell_source(found: Measurement) -> str:
    git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    return (
        f"Measured on {datetime.now(UTC).date()} by `benchmarks/accuracy.py`: commit {git.stdout.strip()}, weights "
        f"`{score_weights().version}`, {os.cpu_count()} cores;\na list of {found.listed:,} listings, "
        f"{len(found.ordinary):,} ordinary names, {sum(map(len, found.queries.values())):,} queries, {FOLDS} folds.\n"
    )


def tell_benchmark(found: Measurement) -> str:
    rows = []
    for task, queries in found.queries.items():
        cells = [f"{np.mean([query.first for query in queries]):.3f}"]
        if task in found.tops:
            cuts = (cut_at(found.tops[task], share) for share in (0.01, 0.001))
            cells += [f"{recall(queries, cut).share:.3f}" for cut in cuts]
        pairs = [f"{mine} / {peer}" for mine, peer in zip_longest(cells, MEANT[task][1], fillvalue="–")]
        rows.append([f"`{task}`: {MEANT[task][0]}", len(queries), *(pairs + ["–"] * 2)[:3]])
    return table(["Task", "Queries", "Right one first", "Found at 1%", "Found at 0.1%"], rows)


def tell_thresholds(found: Measurement) -> str:
    cuts = {share: cut_at(found.tops["alias"], share) for share in (0.001, 0.005, 0.01, 0.02, 0.05)}
    asked = found.queries.values()
    rows = (
        [f"{share:.1%}", f"{1 / (1 + math.exp(-cut)):.2f}", *(f"{recall(q, cut).share:.1%}" for q in asked)]
        for share, cut in cuts.items()
    )
    return table(["Ordinary names alerting", "Threshold", *(f"`{task}` found" for task in found.queries)], rows)


def rates_by(found: Measurement, column: str) -> list[tuple[str, Rate]]:
    """Alert rates of ordinary names, highest first, where there are names enough."""
    values = np.array([WRITTEN.get(row[column], row[column].replace("_", " ")) for row in found.ordinary])
    rates = [(value, alerts(found.tops["alias"], values == value)) for value in sorted(set(values.tolist()))]
    return sorted((pair for pair in rates if pair[1].cases >= FEWEST), key=lambda pair: -pair[1].share)


def tell_groups(found: Measurement) -> str:
    own = groups_of(row["name"] for row in found.ordinary)
    asked = {task: groups_of(query.name for query in queries) for task, queries in found.queries.items()}
    rows: list[list[object]] = []
    for kind, group in ((kind, group) for kind, groups in own.items() for group in groups):
        rates = [recall(found.queries[task], 0.0, asked[task][kind][group]) for task in TASKS]
        rates.append(alerts(found.tops["alias"], own[kind][group]))
        rows.append([kind, group, *(f"{r}, n={r.cases}" if r.cases >= MARKED else f"(n={r.cases})" for r in rates)])
    return table(["By", "Group", *(f"`{task}` found" for task in TASKS), "Ordinary names alerting"], rows)


def tell_worst(found: Measurement) -> str:
    """The sentences: for whom alerts are most frequent, and who is found least."""
    tops = found.tops["alias"]
    countries = rates_by(found, "country")
    named = ",\n  ".join(
        f"{country} ({rate.share:.1%}, {rate.hits} of {rate.cases})" for country, rate in countries[:5]
    )
    none = sorted(country for country, rate in countries if not rate.hits)
    scripts = ", ".join(f"{rate.share:.1%} of names in {script} letters" for script, rate in rates_by(found, "script"))
    out = [
        f"Ordinary people are stopped most often when their names come from:\n  {named}.",
        f"No ordinary name alerts in {len(none)} of {len(countries)} countries:\n  {', '.join(none)}.",
        f"By script, alerts come on {scripts}.",
    ]
    queries = [query for task in found.tops for query in found.queries[task]]
    asked = groups_of(query.name for query in queries)
    for kind, groups in groups_of(row["name"] for row in found.ordinary).items():
        kept = [group for group in groups if group != UNKNOWN]
        low, worst = min((recall(queries, 0.0, asked[kind][group]), group) for group in kept)
        high, most = max((alerts(tops, groups[group]), group) for group in kept)
        out.append(
            f"{kind}. Found least: {worst}, {low} of {low.cases} queries; of all, {recall(queries).share:.1%}.\n"
            f"  Stopped most: {most}, {high} of {high.cases} ordinary names; of all, {np.mean(tops > 0):.1%}."
        )
    return "".join(f"- {line}\n" for line in out)


def tell_help(found: Measurement) -> str:
    """What else is known of a person moves the score by the engine's own effects: people found, alerts left."""
    config, rows = DEFAULT_CONFIG, []
    sides = [query.margin for query in found.queries["alias"]], found.tops["alias"].tolist()
    for what, attribute, reason, effect in (
        ("nothing but the name", "", "", 0.0), ("same birth date", "birth_date", "same_day", config.date_same_day),
        ("same birth year, no more known", "birth_date", "same_year", config.date_same_year),
        ("birth date more than ten years off", "birth_date", "contradicted", config.date_contradicted),
        ("same document", "document", "same", config.document_same),
        ("another document", "document", "other", config.document_other),
        ("same nationality", "country", "same", config.nationality_same),
        ("another nationality", "country", "other", config.nationality_other),
        ("another gender", "gender", "other", config.gender_other),
    ):  # fmt: skip
        effects = [AttributeEffect(attribute, f"{attribute}.{reason}", effect, "", "")]
        people, left = (sum(combine(1 / (1 + math.exp(-odds)), effects) > 0.5 for odds in side) for side in sides)
        share = f"{people / len(sides[0]):.1%}" if effect >= 0 else "–"
        rows.append([what, f"{effect:+.1f}", share, str(left) if effect <= 0 else "–"])
    return table(["Known besides the name", "Effect (log-odds)", "`alias` found", "Ordinary names alerting"], rows)


def tell_listed(folder: Path) -> str:
    """The newest list of the Security Council asked for its own names."""
    newest = max(folder.glob("*.xml"), default=None)
    if newest is None:
        return "Not measured: no list.\n"
    rows = [
        [group, f"{names:,}", f"{found:,}", f"{found / names:.1%}"] for group, names, found in count_found(newest)
    ]  # fmt: skip
    return f"List: `{newest.name}`.\n\n{table(['Names', 'Asked for', 'Found', 'Share'], rows)}"


def main() -> int:
    given = [argument for argument in sys.argv[1:] if argument != "--write"]
    folder = Path(given[0]) if given else ROOT.parent / "shared" / "bench" / "names-dev"
    if not folder.is_dir():
        print(f"{folder} is absent: nothing is measured")
        return 2 if given else 0
    found = measure(folder)
    sections = {
        "source": tell_source(found), "worst": tell_worst(found), "benchmark": tell_benchmark(found),
        "thresholds": tell_thresholds(found), "groups": tell_groups(found), "help": tell_help(found),
    }  # fmt: skip
    for column in ("script", "country"):
        rows = ([value, rate.cases, rate.hits, rate] for value, rate in rates_by(found, column))
        sections[column] = table([column.title(), "Names", "Alerts", "Alert rate (95% interval)"], rows)
    sections["listed"] = tell_listed(folder.parents[1] / "data" / "lists" / "un")
    text = SECTION.sub(
        lambda place: f"{place[1]}\n{sections[place[2]]}\n{place[3]}" if place[2] in sections else place[0],
        PAGE.read_text(encoding="utf-8"),
    )
    if "--write" in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
