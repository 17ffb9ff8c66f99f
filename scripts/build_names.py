"""Compiles resources/{particles,honorifics,organizations,nicknames}.yaml into src/tahaluf/names/tables/names.json.

Run it after editing any of them; `--check` writes nothing and fails when the committed table differs.
Words are folded and romanized as the tokenizer does it; a phrase of several tokens has a space between.
A word that stands in two classes of one kind is an error: a person decides which.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import yaml

from tahaluf.names.compounds import normalize_compound
from tahaluf.names.fold import fold
from tahaluf.names.romanize import romanize

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "tahaluf" / "names" / "tables" / "names.json"
WORD = re.compile(r"[^\W_]+")
PLAIN_SETS = (
    "articles",
    "assimilated",
    "nasab",
    "nasab_initial",
    "born_of",
    "kunya",
    "umm",
    "servants",
    "din",
    "allah",
    "european",
    "conjunctions",
    "also_names",
    "places",
)


def words_of(text: object) -> list[str]:
    if not isinstance(text, str):
        raise SystemExit(f"{text!r} is read by YAML as no text: quote it")
    return [romanize(word) for word in WORD.findall(fold(text)) if romanize(word)]


def keys_of(text: object) -> set[str]:
    """The tokens of an entry; one with dots (ش.م.م) counts written together and apart."""
    words = words_of(text)
    keys = {" ".join(words)}
    return keys | {"".join(words)} if "." in str(text) else keys


def flatten(value: Any) -> Iterator[Any]:
    """Every entry of a list, or of all the lists of a mapping."""
    if isinstance(value, dict):
        value = [entry for part in value.values() for entry in part]
    yield from value


def to_set(entries: Any) -> list[str]:
    return sorted({key for entry in flatten(entries) for key in keys_of(entry) if key})


def to_classes(classes: dict[Any, Any], kind: str) -> dict[str, str]:
    """Word to the name of its class; a word of two classes stops the build."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, entries in classes.items():
        for word in to_set(entries):
            found[word].add(str(name))
    twice = {word: sorted(names) for word, names in found.items() if len(names) > 1}
    if twice:
        raise SystemExit(f"{kind}: words of two classes: {twice}")
    return {word: min(names) for word, names in sorted(found.items())}


def name_keys(entries: Iterable[str]) -> list[set[str]]:
    """Each name as the tokens it may be: as written in one word, and with its compound brought to the common form."""
    glued = ["".join(words_of(entry)) for entry in entries]
    return [{name, normalize_compound(name)} for name in glued if name]


def relate(pairs: Iterable[tuple[set[str], set[str]]]) -> dict[str, list[str]]:
    related: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        for a in first:
            related[a] |= second
            for b in second:
                related[b] |= first
    return {name: sorted(others - {name}) for name, others in sorted(related.items()) if others - {name}}


def nickname_pairs(groups: list[dict[str, list[str]]]) -> Iterator[tuple[set[str], set[str]]]:
    for group in groups:
        full, short = name_keys(group["full"]), name_keys(group["short"])
        yield from ((a, b) for a in full for b in short)
        yield from permutations(short, 2)


def equivalent_pairs(groups: list[list[str]]) -> Iterator[tuple[set[str], set[str]]]:
    for group in groups:
        yield from permutations(name_keys(group), 2)


def words_within(phrases: Iterable[str], known: set[str]) -> list[str]:
    """The words that only phrases are made of, for whoever looks at one word at a time."""
    return sorted({word for phrase in phrases if " " in phrase for word in phrase.split() if len(word) > 2} - known)


def read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "resources" / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def build() -> str:
    particles, organizations, names = read("particles"), read("organizations"), read("nicknames")
    titles = to_classes(read("honorifics"), "honorifics")
    acronyms = organizations["acronyms"]
    rows: dict[str, Any] = {name: to_set(particles[name]) for name in PLAIN_SETS}
    legal_forms = to_classes(organizations["legal_forms"], "legal_forms")
    generic = to_classes(organizations["generic"], "generic")
    small = {word for name in PLAIN_SETS for word in rows[name]}
    rows |= {
        "divine": to_classes(particles["divine"], "divine"),
        "titles": titles,
        "legal_forms": legal_forms,
        "legal_words": words_within(legal_forms, {*generic, *small, *legal_forms}),
        "legal_alike": sorted(sorted(pair) for pair in organizations["alike"]),
        "generic": generic,
        "numbers": to_classes(organizations["numbers"], "numbers"),
        "acronyms": {**acronyms, "skipped": to_set(acronyms["skipped"])},
        "similarity": names["similarity"],
        "nicknames": relate(nickname_pairs(names["nicknames"])),
        "equivalents": relate(equivalent_pairs(names["equivalents"])),
    }
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("],", "],\n") + "\n"


def main() -> None:
    text = build()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{TARGET.relative_to(ROOT)} is not what resources/ gives: run this script")
        return
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
