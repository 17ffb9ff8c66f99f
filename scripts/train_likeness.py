"""Learn how spellings correspond from pairs of single names in Arabic and Latin letters; write the likeness table.

usage: train_likeness.py PAIRS.csv   (columns arabic,latin; see docs/decisions/0011-likeness.md)
The result is the same, to the byte, for the same pairs, resources and library versions.
"""

import csv
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from tahaluf.names.fold import fold
from tahaluf.names.letters import ARABIC_LETTERS, ARABIC_UNITS, LATIN_UNITS, encode, is_arabic
from tahaluf.names.likeness.kernel import LETTERS, edit_likeness
from training.transducer import Pairs, Transducer, frequent_strings, train

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "tahaluf" / "names" / "tables" / "likeness.json"
ARABIC_ONLY = frozenset("عحصضظ")
REGIONAL = 3.0
MIX_CROSS, MIX_LATIN = 0.06, 0.05
VOWELS = ("a", "e", "i", "o", "u", "ou", "aa", "ee", "oo", "ei", "ai", "ia")
LEAST_SHOWN = 1e-4


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Distinct (Arabic, Latin) tokens of two letters or more, folded."""
    pairs = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            arabic = fold(row["arabic"]).replace(" ", "")
            latin = fold(row["latin"]).replace(" ", "").replace("-", "")
            known = set(arabic) <= set(ARABIC_LETTERS) and is_arabic(arabic)
            if len(arabic) >= 2 and len(latin) >= 2 and known and latin.isascii() and latin.isalpha():
                pairs.add((arabic, latin))
    return sorted(pairs)


def make_pairs(left: list[str], right: list[str], weight: list[float]) -> Pairs:
    """Parallel tokens as arrays."""
    a, b = encode(left), encode(right)
    return Pairs(a.source, a.sizes[:, 0], b.target, b.sizes[:, 1], np.asarray(weight))


def region_weight(arabic: str) -> float:
    """More for names that hold letters which foreign names written in Arabic hardly ever do."""
    return REGIONAL if ARABIC_ONLY & set(arabic) else 1.0


def latin_pairs(pairs: list[tuple[str, str]]) -> tuple[list[str], list[str], list[float]]:
    """Latin spellings of one Arabic token, that are not too far apart, both ways; and each with itself."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for arabic, latin in pairs:
        spellings[arabic].append(latin)
    rows = []
    for arabic, own in spellings.items():
        share = (2.0 if ARABIC_ONLY & set(arabic) else 1.0) / max(1.0, (len(own) - 1) ** 0.5)
        near = ((x, y) for x, y in itertools.permutations(own, 2) if alike(x, y) >= 0.5)
        rows += [(x, y, share) for x, y in near] + [(x, x, 0.5) for x in own]
    left, right, weight = zip(*rows, strict=True)
    return list(left), list(right), list(weight)


def alike(first: str, second: str) -> float:
    """1 − edits / longer length."""
    a, b = (np.frombuffer(text.encode(), np.uint8) for text in (first, second))
    return float(edit_likeness(a, len(a), b, len(b), np.empty(LETTERS, np.int64)))


def cross_prior(strings: list[tuple[int, ...]], letters: dict[str, list[str]]) -> NDArray[np.float64]:
    """Which strings an Arabic unit may write, by the table of letters: a vowel may follow any consonant."""
    place = {string: number for number, string in enumerate(strings)}
    prior = np.zeros((len(ARABIC_UNITS) * 3, len(strings)))
    for unit, position in itertools.product(range(len(ARABIC_UNITS)), range(3)):
        row = prior[unit * 3 + position]
        own = ARABIC_UNITS[unit]
        vowel = (0.04 if position == 2 else 0.12) if len(own) == 1 and own not in "اعوي" else 0.0
        for text in unit_spellings(own, letters):
            _add(row, place, text, 1.0)
            for ending in VOWELS:
                _add(row, place, text + ending, vowel)
        row /= row.sum()
    return prior


def unit_spellings(unit: str, letters: dict[str, list[str]]) -> list[str]:
    """The Latin spellings of a letter; of a pair, those of both with or without a vowel between, and the special
    ones."""
    if len(unit) == 1:
        return [fold(text) for text in letters[unit]]
    special = {"كس": ["x", "xe", "xi"], "تش": ["ch", "tch", "c"]}.get(unit, [])
    both = ((fold(a), v, fold(b)) for a in letters[unit[0]] for b in letters[unit[1]] for v in ("", *"aeiou"))
    return [text[:3] for text in map("".join, both) if len(text) <= 3] + special


def _add(row: NDArray[np.float64], place: dict[tuple[int, ...], int], text: str, weight: float) -> None:
    string = tuple(ord(char) - 97 for char in text if "a" <= char <= "z")
    if weight and string in place:
        row[place[string]] += weight


def latin_prior(strings: list[tuple[int, ...]]) -> NDArray[np.float64]:
    """A group writes itself, sometimes nothing; a vowel any vowel."""
    place = {string: number for number, string in enumerate(strings)}
    prior = np.zeros((len(LATIN_UNITS) * 3, len(strings)))
    for number, unit in enumerate(LATIN_UNITS):
        row = np.zeros(len(strings))
        row[place.get(tuple(ord(char) - 97 for char in unit), 0)] = 1.0
        row[0] += 0.05
        if unit in "aeiouy":
            for vowel in "aeiou":
                _add(row, place, vowel, 0.2)
        prior[number * 3 : number * 3 + 3] = row / row.sum()
    return prior


def chance(target: NDArray[np.int8], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """log-probability of each letter after each other; 26 stands for the edge of a token."""
    counts = np.full((27, 27), 0.5)
    for row, own in zip(target, weight, strict=True):
        before = 26
        for letter in row[row >= 0]:
            counts[before, letter] += own
            before = letter
        counts[before, 26] += own
    return np.asarray(np.log(counts / counts.sum(axis=1, keepdims=True)))


def written(model: Transducer, units: list[str]) -> dict[str, object]:
    """A transducer as it is stored: log-probabilities of what each unit writes at the start, in the middle, at the
    end."""
    texts = ["".join(chr(97 + letter) for letter in string) for string in model.strings]
    rows = {}
    for number, unit in enumerate(units):
        for position, name in enumerate(("start", "middle", "end")):
            row = model.p[number * 3 + position] * (1 - model.insert)
            shown = {texts[k]: round(float(np.log(row[k])), 3) for k in np.flatnonzero(row > LEAST_SHOWN)}
            rows[f"{unit} {name}"] = dict(sorted(shown.items(), key=lambda item: (-item[1], item[0])))
    return {"insert": [round(float(v), 3) for v in np.log(model.insert * model.inserted)], "units": rows}


def main() -> int:
    pairs = read_pairs(Path(sys.argv[1]))
    letters = yaml.safe_load((ROOT / "resources" / "romanization.yaml").read_text(encoding="utf-8"))["arabic"]
    weight = [region_weight(arabic) for arabic, _ in pairs]
    cross_pairs = make_pairs([arabic for arabic, _ in pairs], [latin for _, latin in pairs], weight)
    print(f"Arabic to Latin: {len(pairs)} pairs")
    strings = frequent_strings(cross_pairs)
    cross = train(cross_pairs, strings, cross_prior(strings, letters), MIX_CROSS)
    left, right, share = latin_pairs(pairs)
    same = make_pairs(left, right, share)
    print(f"Latin to Latin: {len(left)} pairs")
    strings = frequent_strings(same)
    latin = train(same, strings, latin_prior(strings), MIX_LATIN)
    table = {
        "cross": written(cross, ARABIC_UNITS),
        "latin": written(latin, LATIN_UNITS),
        "chance": [[round(float(v), 3) for v in row] for row in chance(cross_pairs.target, cross_pairs.weight)],
    }
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TABLE.name}: {TABLE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
