"""What is known about the words of names: particles, titles, legal forms, familiar forms; compiled from `resources/`.

Reach for `knowledge()` to ask what part a token plays. All words are folded and romanized tokens; phrases of several
have a space between. Nothing here decides: whoever asks weighs the answer.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tahaluf.names.tables import table


@dataclass(frozen=True, slots=True)
class AcronymRule:
    """An acronym takes the first letter of each word but the `skipped`; its length lies within the two bounds. `alike`:
    for letters that differ by language (AQIM, AQMI) all that mean the same.
    """

    shortest: int
    longest: int
    skipped: frozenset[str]
    alike: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The tables. `dropped` and `ranks` say nothing of who it is, `soft` titles may be names; `legal_forms` and
    `generic` map a word to its class, and the words of one class translate or spell one another; `kin` has the groups
    of each word, whose members stand for one another though not spelt alike (familiar forms, the same name or word in
    another language, legal forms), `kin_kinds` the kind of each group, `similarity` how alike that kind makes them;
    `assimilated` articles count before a word of the same consonant; `also_names` are particles that are as often
    names.
    """

    articles: frozenset[str]
    assimilated: frozenset[str]
    nasab: frozenset[str]
    born_of: frozenset[str]
    kunya: frozenset[str]
    umm: frozenset[str]
    servants: frozenset[str]
    din: frozenset[str]
    allah: frozenset[str]
    european: frozenset[str]
    conjunctions: frozenset[str]
    also_names: frozenset[str]
    places: frozenset[str]
    dropped: frozenset[str]
    ranks: frozenset[str]
    soft: frozenset[str]
    legal_forms: Mapping[str, str]
    generic: Mapping[str, str]
    acronyms: AcronymRule
    kin: Mapping[str, tuple[int, ...]]
    kin_kinds: tuple[str, ...]
    similarity: Mapping[str, float]
    version: str

    def compare_known(self, first: str, second: str) -> tuple[float, str]:
        """How alike two different tokens are by knowledge alone, and why; (0.0, "") when nothing is known."""
        shared = set(self.kin.get(first, ())) & set(self.kin.get(second, ()))
        known = ((self.similarity[kind], kind) for kind in (self.kin_kinds[group] for group in shared))
        return max(known, default=(0.0, ""))


@cache
def knowledge() -> Knowledge:
    """The compiled tables, read once."""
    rows = table("names")
    titles: dict[str, str] = rows["titles"]
    plain: dict[str, Any] = {name: frozenset(rows[name]) for name in PLAIN_SETS}
    plain |= {name: rows[name] for name in ("legal_forms", "generic")}
    return Knowledge(
        **plain,
        dropped=_titles(titles, "drop"),
        ranks=_titles(titles, "rank"),
        soft=_titles(titles, "soft"),
        acronyms=_acronym_rule(rows["acronyms"]),
        kin={word: tuple(groups) for word, groups in rows["kin"].items()},
        kin_kinds=tuple(rows["kin_kinds"]),
        similarity=rows["similarity"],
        version=_version(),
    )


PLAIN_SETS = (
    "articles", "assimilated", "nasab", "born_of", "kunya", "umm", "servants", "din", "allah",
    "european", "conjunctions", "also_names", "places",
)  # fmt: skip


def _acronym_rule(row: dict[str, Any]) -> AcronymRule:
    alike = {letters: tuple(group) for group in row["alike"] for letters in group}
    return AcronymRule(row["shortest"], row["longest"], frozenset(row["skipped"]), alike)


def _titles(titles: dict[str, str], strength: str) -> frozenset[str]:
    return frozenset(word for word, its in titles.items() if its == strength)


def _version() -> str:
    content = (files("tahaluf.names.tables") / "names.json").read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]
