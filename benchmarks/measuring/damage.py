"""Messages to be damaged, the damage, and the judge who looks for what was lost without a word.

A unit (traveler, document, transaction) is known by a piece of the raw file, found by a search that knows nothing of
the readers. Where that piece stands unchanged in a damaged file, its key must be among what was read or among what was
told.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tahaluf.domain import InputError, Problem
from tahaluf.messages import SUBJECT_SCHEMA, RejectSink, read_batches, render_rejects, subjects_of
from tahaluf.messages.content import HEAD
from tahaluf.messages.formats import format_of

REFUSED, ELSEWHERE, TOLD, WHOLE = "refused", "elsewhere", "told", "whole"
OUTCOMES = (REFUSED, ELSEWHERE, TOLD, WHOLE)
NOISE = (b"\x00", b"\xff", b"\n", b"\r\n", b" ", b"\xc3\xa9", b"9", b"A", b"\xef\xbb\xbf")


class Target(NamedTuple):
    """A good file of a format: `form` is its reader, `unit` finds units with the group `key`, `end` parts it into
    segments, `marks` are what may be put in, `covering` the codes of problems that tell of a whole stretch of the file,
    `begin` counts units where nothing is wrong."""

    format: str
    form: str
    data: bytes
    unit: re.Pattern[bytes]
    end: bytes
    marks: tuple[bytes, ...]
    covering: frozenset[str] = frozenset()
    begin: re.Pattern[bytes] | None = None

    def pieces(self) -> dict[bytes, str]:
        """The units of the good file, each with its key."""
        return {match[0]: match["key"].decode() for match in self.unit.finditer(self.data)}


class Broken(Exception):
    """A promise that a reading does not keep."""


def damage(chance: random.Random, target: Target) -> bytes:
    """One to four damages: bytes put in, exchanged, left out, doubled, moved; segments exchanged; the end cut off."""
    data = target.data
    for _ in range(chance.randint(1, 4)):
        data = _damage_once(chance, data, target) or data
    return data


def _damage_once(chance: random.Random, data: bytes, target: Target) -> bytes:  # noqa: PLR0911 (one a damage)
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 1, 2, 5, 30, 300)))
    match chance.randrange(8):
        case 0:
            return data[:at] + data[end:]
        case 1:
            return data[:at] + chance.choice((*target.marks, *target.marks, *NOISE)) + data[at:]
        case 2:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 3:
            return data[:at] + data[at:end] * chance.choice((2, 2, 5, 200)) + data[end:]
        case 4:
            return data[:at] if chance.random() < 0.2 else data
        case 5:
            rest, to = data[:at] + data[end:], chance.randrange(len(data) + 1)
            return rest[:to] + data[at:end] + rest[to:]
        case 6:
            return data[:at] + chance.choice(target.marks) * chance.choice((1, 3, 50)) + data[end:]
        case _:
            segments = data.split(target.end)
            one, two = chance.randrange(len(segments)), chance.randrange(len(segments))
            segments[one], segments[two] = segments[two], segments[one]
            return target.end.join(segments)


def judge(target: Target, data: bytes, path: Path) -> str:
    """How the reading of a damaged file ended (`OUTCOMES`); `Broken` where a promise is broken."""
    path.write_bytes(data)
    sink = RejectSink()
    # A lone carriage return ends a line too.
    lines = len(re.findall(rb"[\r\n]", data)) + 1
    rows: list[dict[str, Any]] = []
    try:
        form = format_of(data[:HEAD])
        for batch in read_batches(path, rejects=sink):
            if not batch.schema.equals(SUBJECT_SCHEMA):
                raise Broken(f"another schema: {batch.schema}")
            list(subjects_of(batch, str(path)))
            rows += batch.to_pylist()
    except InputError as refused:
        _check_problem(refused.problem, lines)
        return REFUSED
    told = sink.take()
    render_rejects(told, heading=True).encode()
    if form is None or form.name != target.form:
        if not told and not sink.warnings and any(piece in data for piece in target.pieces()):
            raise Broken("taken for something else without a word")
        return ELSEWHERE
    problems = [*(one.problem for one in told), *sink.warnings]
    for problem in problems:
        _check_problem(problem, lines)
    rejected = {one.unit for one in told if one.unit and not one.screened}
    # A report on payments may name nobody.
    _check_units(rows, rejected, sink.units, may_be_empty=not target.pieces())
    shown = _squash(" ".join([*(one.row for one in told), *(problem.found for problem in problems), *_texts(rows)]))
    codes = {problem.code for problem in problems}
    lost = [key for piece, key in target.pieces().items() if _squash(key) not in shown and piece in data]
    if lost and not codes & target.covering:
        raise Broken(f"lost without a word: {', '.join(lost)}; told: {', '.join(sorted(codes))}")
    if problems:
        return TOLD
    if target.begin and (count := len(target.begin.findall(data))) > sink.units:
        raise Broken(f"{count} units in the file, {sink.units} read and nothing told")
    return WHOLE


def _check_problem(problem: Problem, lines: int) -> None:
    if not problem.code.startswith("messages."):
        raise Broken(f"a strange code: {problem.code}")
    if problem.where.line is not None and not 1 <= problem.where.line <= lines:
        raise Broken(f"{problem.code} on line {problem.where.line}, which the file does not have")


def _squash(text: str) -> str:
    """Letters and digits: a sign that came between them is no loss."""
    return re.sub(r"[\W_]", "", text)


def _check_units(rows: list[dict[str, Any]], rejected: set[int], units: int, *, may_be_empty: bool) -> None:
    met = {row["unit"] for row in rows} | rejected
    wrong = met - set(range(1, units + 1)) if may_be_empty else met ^ set(range(1, units + 1))
    if wrong:
        raise Broken(f"of {units} units no outcome for {sorted(wrong)[:5]}")
    twice = [key for key, count in Counter(row["id"] for row in rows).items() if count > 1]
    if twice:
        raise Broken(f"identifiers given twice: {', '.join(twice[:3])}")


def _texts(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from row["names"]
        yield from (document["number"] for document in row["documents"])
        yield from (value for _, value in row["details"])
        yield row["message"] or ""
