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
from pathlib import Path
from typing import Any

import yaml

from tahaluf.names.compounds import normalize_compound
from tahaluf.names.fold import fold
from tahaluf.names.romanize import romanize

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "tahaluf" / "names" / "tables" / "names.json"
WORD = re.compile(r"[^\W_]+")
MOST_KIN = 6
PLAIN_SETS = (
    "articles",
    "assimilated",
    "nasab",
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


def concept_words(classes: dict[str, str]) -> list[set[str]]:
    """The single words of each class, classes of one word left out."""
    groups: dict[str, set[str]] = defaultdict(set)
    for word, concept in classes.items():
        if " " not in word:
            groups[concept] |= {word}
    return [group for group in groups.values() if len(group) > 1]


def kin_groups(names: dict[str, Any], *concepts: dict[str, str], legal: dict[str, str]) -> list[tuple[str, set[str]]]:
    """Groups of tokens that stand for one another though not spelt alike, each with the kind of its kinship."""
    groups = [("nickname", name_keys([*group["full"], *group["short"]])) for group in names["nicknames"]]
    groups += [("equivalent", name_keys(group)) for group in names["equivalents"]]
    merged = [(kind, set[str]().union(*keys)) for kind, keys in groups]
    merged += [("concept", group) for kind in concepts for group in concept_words(kind)]
    return merged + [("legal_form", group) for group in concept_words(legal)]


def to_kin(groups: list[tuple[str, set[str]]]) -> tuple[list[str], dict[str, list[int]]]:
    """The kind of each group by number, and the groups of each token; a token of too many groups stops the build."""
    kin: dict[str, list[int]] = defaultdict(list)
    for number, (_, words) in enumerate(groups):
        for word in words:
            kin[word].append(number)
    many = {word: len(numbers) for word, numbers in kin.items() if len(numbers) > MOST_KIN}
    if many:
        raise SystemExit(f"kin: tokens of more than {MOST_KIN} groups: {many}")
    return [kind for kind, _ in groups], dict(sorted(kin.items()))


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
    numbers = to_classes(organizations["numbers"], "numbers")
    kin_kinds, kin = to_kin(kin_groups(names, generic, numbers, legal=legal_forms))
    rows |= {
        "titles": titles,
        "legal_forms": legal_forms,
        "generic": generic,
        "acronyms": {**acronyms, "skipped": to_set(acronyms["skipped"]), "alike": list(map(to_set, acronyms["alike"]))},
        "similarity": {**names["similarity"], **organizations["similarity"]},
        "kin_kinds": kin_kinds,
        "kin": kin,
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
