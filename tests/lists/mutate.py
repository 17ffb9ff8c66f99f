"""Mutations of list files, and what reading one must come to: an error, a reading that tells, or everything intact."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tahaluf.domain import TahalufError
from tahaluf.lists import Reading, read

MARKUP = [
    b"<",
    b">",
    b"&",
    b'"',
    b"'",
    b"\x00",
    b"\xff",
    b"\n",
    b",",
    b"{",
    b"}",
    b"[",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b";",
    b"\\",
]


Looked = tuple[dict[str, str], Counter[tuple[str, str]], bool]


@dataclass(frozen=True)
class Target:
    """A format to mutate: a small whole file, and how to find its entries (id and span) in the raw bytes.

    `alone` says that an entry is read from its own bytes only, `plantable` that something unknown may be planted in it.
    """

    name: str
    data: bytes
    entries: re.Pattern[bytes]
    prefix: str = ""
    alone: bool = True
    plantable: bool = False
    known: list[Looked] = field(default_factory=list)

    def intact(self, mutated: bytes) -> set[str]:
        """Ids of the entries of the original whose bytes stand unchanged in the mutated file."""
        found = {match[0]: match["id"].decode() for match in self.entries.finditer(self.data)}
        start = b"\n" if self.entries.pattern.startswith(b"^") else b""
        return {self.prefix + key for body, key in found.items() if start + body in start + mutated}


def flip(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(MARKUP) + data[at:]


def delete(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice((1, 2, 5, 40, 400)) :]


def cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(1, len(data))]


def repeat(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    block = data[at : at + rng.choice((1, 10, 200))]
    return data[:at] + block * rng.choice((2, 5)) + data[at:]


def splice(rng: random.Random, data: bytes) -> bytes:
    first, second = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
    return data[:first] + data[second:] + data[first:second]


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    flip,
    flip,
    insert,
    insert,
    delete,
    cut,
    repeat,
    splice,
)


def mutate(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        data = rng.choice(MUTATIONS)(rng, data) or b" "
    return data


MARK = "qxjvk"
PLANTED = (
    f" {MARK} ", f"<NEW>{MARK}</NEW>", f"<NEW><A_C><B_C>{MARK}</B_C></A_C></NEW>", f"<B>{MARK}</B> tail",
    f'<NEW kind="{MARK}"/>',
)  # fmt: skip
TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)[^<>]*?(/?)>")


def plants(text: str) -> Iterator[str]:
    """Well-formed XML in which something no schema knows stands: everywhere a text, an element, a whole branch or a
    repeated field may stand."""
    tags = list(TAG.finditer(text))
    for tag in tags[:-1]:
        for planted in PLANTED:
            yield text[: tag.end()] + planted + text[tag.end() :]
    for opened, closed in pairwise(tags):
        if not opened[1] and not opened[3] and closed[1]:
            repeated = f"{opened[0]}{MARK}{closed[0]}"
            yield text[: closed.end()] + repeated + text[closed.end() :]
            yield text[: opened.start()] + repeated + text[opened.start() :]


def plant(rng: random.Random, data: bytes) -> bytes:
    """One of `plants`, drawn without making them all."""
    text = data.decode()
    at = rng.choice(list(TAG.finditer(text))[:-1]).end()
    return (text[:at] + rng.choice(PLANTED) + text[at:]).encode()


def facts(reading: Reading) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.found) for problem in reading.problems)


def look(data: bytes, path: Path) -> Looked:
    """Listings by id, problems and completeness of a file."""
    path.write_bytes(data)
    reading = read(path)
    listings = {listing.id: repr(listing) for listing in reading}
    return listings, facts(reading), reading.complete


def judge(target: Target, mutated: bytes, path: Path) -> str:
    """`error`, `told` or `whole`; AssertionError where something was lost in silence: a listing whose entry stands
    unchanged, or, where entries stand alone, anything of it.

    A slice of a real file has problems of its own: what it tells even unmutated counts for nothing.
    """
    known = target.known
    if not known:
        known.append(look(target.data, path))
    try:
        listings, problems, complete = look(mutated, path)
    except TahalufError:
        return "error"
    if problems - known[0][1] or (known[0][2] and not complete):
        return "told"
    before = known[0][0]
    intact = target.intact(mutated) & before.keys()
    lost = intact - listings.keys()
    assert not lost, f"{target.name}: lost in silence: {sorted(lost)[:5]}"
    if target.alone:
        changed = [key for key in intact if listings[key] != before[key]]
        assert not changed, f"{target.name}: read otherwise in silence: {changed[:5]}"
    return "whole"


def judge_planted(target: Target, planted: bytes, path: Path) -> str:
    """As `judge`, for a file in which `MARK` was planted: it must be in a listing, or the reading tell."""
    path.write_bytes(planted)
    try:
        reading = read(path)
        said = repr(list(reading))
    except TahalufError:
        return "error"
    if MARK in said:
        return "whole"
    told = any(MARK in problem.found for problem in reading.problems) or not reading.complete
    assert told, f"{target.name}: what was planted is lost in silence"
    return "told"
