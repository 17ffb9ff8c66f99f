"""Compiles resources/mrz.yaml and the ISO 3166-1 codes of CLDR into src/tahaluf/messages/mrz/table.json.

Run it after editing the YAML; `--check` writes nothing and fails when the committed table differs. A code that is the
beginning of another, or that two letters claim, is an error: the Arabic table must be read in one way only.

How a name that was transliterated from Arabic is told from one in ordinary Latin spelling is learned from
resources/common_names.yaml, which has both of each name: for each pair of neighboring letters, how much likelier (log2)
it is in the one than in the other.
"""

import json
import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from build_countries import list_aliases

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "mrz.yaml"
NAMES = SOURCE.with_name("common_names.yaml")
NICKNAMES = SOURCE.with_name("nicknames.yaml")
TARGET = ROOT / "src" / "tahaluf" / "messages" / "mrz" / "table.json"
TEH_MARBUTA = "XAH"
PERSIAN = str.maketrans("يك", "یک")


def iso_states() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes → lower-case alpha-2; those that ISO leaves to users name no State."""
    return {code: alpha_2.lower() for code, alpha_2 in list_aliases().items()}


def arabic_codes(source: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Code → letter and romanization; SystemExit where a code is claimed twice or begins another."""
    codes: dict[str, tuple[str, str]] = {}
    for letter, (code, latin) in [*source["arabic"].items(), *source["arabic_final"].items()]:
        if code in codes:
            raise SystemExit(f"{code} stands for {codes[code][0]} and for {letter}")
        codes[code] = letter, latin
    for code in codes:
        longer = [other for other in codes if other != code and other.startswith(code)]
        if longer:
            raise SystemExit(f"{code} begins {', '.join(longer)}")
    return codes


def spellings(letters: Mapping[str, str]) -> tuple[set[str], set[str]]:
    """Common names transliterated (with and without the article), and in ordinary Latin spelling; upper case."""
    names: dict[str, dict[str, list[Any]]] = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    nicknames: dict[str, Any] = yaml.safe_load(NICKNAMES.read_text(encoding="utf-8"))
    arabic: set[str] = set()
    latin: set[str] = set()
    for section, entries in names.items():
        for written, (_, *usual) in entries.items():
            words = [spelled for word in written.split() for spelled in unfolded(word)]
            codes = {"".join(letters.get(letter, letter) for letter in word) for word in words}
            arabic |= codes | {"AL" + code for code in codes if section == "family"}
            latin.update(usual)
    latin.update(word for group in nicknames["nicknames"] for form in group.values() for word in form)
    return arabic, {word for name in latin for word in plain(str(name)).split()}


def unfolded(word: str) -> list[str]:
    """A folded Arabic name as it may be written: hamza on the alef, teh marbuta at the end, Persian letters."""
    first = [start + word[1:] for start in "اأإآ"] if word[0] == "ا" else [word]
    ended = [name[:-1] + end for name in first for end in (("ه", TEH_MARBUTA) if name[-1] == "ه" else (name[-1],))]
    return [*ended, *(name.translate(PERSIAN) for name in ended)]


def plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).upper()
    return re.sub("[^A-Z ]", "", decomposed)


def likelihood(arabic: Iterable[str], latin: Iterable[str]) -> dict[str, float]:
    """Pair of neighboring letters (`^` begins, `$` ends a word) → log2 of how much likelier transliteration has it."""
    counts = [Counter(a + b for word in words for a, b in pairwise(f"^{word}$") if word) for words in (arabic, latin)]
    totals = [count.total() + 0.5 * 27 * 27 for count in counts]
    ours, theirs = ({pair: (count[pair] + 0.5) / total for pair in counts[0] | counts[1]} for count, total in
                    zip(counts, totals, strict=True))  # fmt: skip
    return {pair: round(math.log2(ours[pair] / theirs[pair]), 1) for pair in sorted(ours)}


def build() -> str:
    source: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    codes = arabic_codes(source)
    rows: dict[str, Any] = {
        "arabic": {letter: code for letter, (code, _) in source["arabic"].items()} | source["arabic_shared"],
        "arabic_final": {letter: code for letter, (code, _) in source["arabic_final"].items()},
        "unwritten": "".join(source["arabic_unwritten"]),
        "restored": {code: letter for code, (letter, _) in codes.items()},
        "romanized": {code: latin.upper() for code, (_, latin) in codes.items()},
        "latin": source["latin"],
        "states": iso_states() | source["former_states"] | source["states"],
        "likelihood": likelihood(*spellings({letter: code for letter, (code, _) in source["arabic"].items()})),
        "confused": source["confused"],
        "digit_for": source["digit_for"],
        "letters_for": source["letters_for"],
    }
    parts = (f"{json.dumps(name)}: {json.dumps(rows[name], ensure_ascii=False, sort_keys=True)}" for name in rows)
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    text = build()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{TARGET.relative_to(ROOT)} is not what its sources give: run this script")


if __name__ == "__main__":
    main()
