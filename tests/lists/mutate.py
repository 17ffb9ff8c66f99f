"""Mutations of list files, and what reading one must come to: an error, a reading that tells, or everything intact."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Target:
    """A format to mutate: a small whole file, and how to find its entries (id and span) in the raw bytes."""

    name: str
    data: bytes
    entries: re.Pattern[bytes]
    prefix: str = ""
    known: list[tuple[set[str], Counter[tuple[str, str]], bool]] = field(default_factory=list)

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


def facts(reading: Reading) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.found) for problem in reading.problems)


def look(data: bytes, path: Path) -> tuple[set[str], Counter[tuple[str, str]], bool]:
    """Ids, problems and completeness of a file."""
    path.write_bytes(data)
    reading = read(path)
    ids = {listing.id for listing in reading}
    return ids, facts(reading), reading.complete


def judge(target: Target, mutated: bytes, path: Path) -> str:
    """`error`, `told` or `whole`; AssertionError where something was lost in silence.

    A slice of a real file has problems of its own: what it tells even unmutated counts for nothing.
    """
    known = target.known
    if not known:
        known.append(look(target.data, path))
    try:
        ids, problems, complete = look(mutated, path)
    except TahalufError:
        return "error"
    if problems - known[0][1] or (known[0][2] and not complete):
        return "told"
    lost = (target.intact(mutated) & known[0][0]) - ids
    assert not lost, f"{target.name}: lost in silence: {sorted(lost)[:5]}"
    return "whole"
