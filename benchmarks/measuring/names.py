"""Made names: real given names and surnames recombined by a seeded generator, in Latin and in Arabic letters.

`Travelers` makes the subjects of a file: mostly ordinary people, some with words of listed names. `ListMaker` makes the
names of a list of any length: each has the shape of a listed or ordinary name, its words drawn as often as they occur
there, and some with a slip, so that the words of a list grow in number with it as they do in real ones.
"""

import csv
import random
import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from tahaluf import lists
from tahaluf.domain import Kind

ARABIC = re.compile("[\u0600-\u06ff]")
LETTERS = {"arabic": "ابتجحخدرسشصطعغفقكلمنهوي", "other": string.ascii_lowercase}
SLIPS, ARABIC_SHARE, LISTED_SHARE, FATHERS = 1 / 30, 1 / 3, 1 / 10, 1 / 2
ORDINARY = ("ordinary.csv", "people_ar2lat.csv")
LISTED = ("alias.csv", "lat2ar.csv", "ar2lat.csv")


def script_of(name: str) -> str:
    return "arabic" if ARABIC.search(name) else "other"


def read_names(folder: Path, files: Iterable[str]) -> list[str]:
    """The names of the benchmark's files, as they come."""
    found = []
    for file in files:
        with (folder / file).open(encoding="utf-8", newline="") as stream:
            found += [row["name"] for row in csv.DictReader(stream)]
    return found


class Travelers:
    """Names as a passenger list has them: one's given name, often one's father's, and another's surname."""

    def __init__(self, folder: Path, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._names: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
        for source, files in (("ordinary", ORDINARY), ("listed", LISTED)):
            for name in read_names(folder, files):
                if len(name.split()) > 1:
                    self._names[source, script_of(name)].append(name.split())

    def make(self, count: int) -> Iterator[str]:
        """`count` names, the same ones for the same seed; a third of them in Arabic letters."""
        for _ in range(count):
            script = "arabic" if self._chance.random() < ARABIC_SHARE else "other"
            given, surname = self._draw(script), self._draw(script)
            father = [self._draw(script)[0]] if self._chance.random() < FATHERS else []
            yield " ".join([given[0], *father, *surname[1:]])

    def _draw(self, script: str) -> list[str]:
        source = "listed" if self._chance.random() < LISTED_SHARE else "ordinary"
        return self._chance.choice(self._names[source, script])


def mix_queries(folder: Path, count: int, seed: int = 11) -> list[str]:
    """Names asked one by one: by turns a real one in Latin letters, a real one in Arabic letters, a traveler."""
    chance = random.Random(seed)
    real = sorted(set(read_names(folder, (*ORDINARY, *LISTED))))
    chance.shuffle(real)
    turns: dict[str, Iterator[str]] = {
        script: iter([name for name in real if script_of(name) == script]) for script in LETTERS
    }
    travelers = Travelers(folder, seed).make(count)
    found = []
    for number in range(count):
        turn = (turns["other"], turns["arabic"], travelers)[number % 3]
        found.append(next(turn, None) or next(travelers))
    return found


def mark_new(names: Iterable[str]) -> list[bool]:
    """Whether each name has a word that none before it had."""
    seen: set[str] = set()
    marks = []
    for name in names:
        words = set(name.casefold().split())
        marks.append(not words <= seen)
        seen |= words
    return marks


class ListMaker:
    """Invented listings with one name each."""

    def __init__(self, folder: Path, seed: int = 13) -> None:
        self._chance = random.Random(seed)
        self._shapes: list[tuple[Kind, list[str]]] = []
        self._words: dict[tuple[Kind, str, bool], list[str]] = defaultdict(list)
        for listing in lists.read(folder / "list_alias.ftm.json.gz"):
            for alias in listing.names:
                self._learn(listing.kind, alias.text)
        for name in read_names(folder, ["ordinary.csv"]):
            self._learn(Kind.PERSON, name)

    def write(self, path: Path, count: int) -> None:
        """A list of FollowTheMoney entities, a line each."""
        with path.open("wb") as stream:
            for number in range(count):
                kind, name = self.make()
                schema = "Person" if kind is Kind.PERSON else "Organization"
                entity = {
                    "id": f"made-{number}",
                    "schema": schema,
                    "datasets": ["made"],
                    "properties": {"name": [name]},
                }
                stream.write(orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE))

    def make(self) -> tuple[Kind, str]:
        """The shape of one name, the words of others."""
        kind, shape = self._chance.choice(self._shapes)
        words = [self._draw(kind, word, place == 0) for place, word in enumerate(shape)]
        return kind, " ".join(words)

    def _learn(self, kind: Kind, name: str) -> None:
        words = name.split()
        self._shapes.append((kind, words))
        for place, word in enumerate(words):
            self._words[kind, script_of(word), place == 0].append(word)

    def _draw(self, kind: Kind, like: str, first: bool) -> str:
        script = script_of(like)
        word = self._chance.choice(self._words[kind, script, first])
        if len(word) < 4 or self._chance.random() >= SLIPS:
            return word
        place = self._chance.randrange(1, len(word))
        return word[:place] + self._chance.choice(LETTERS[script]) + word[place + 1 :]
