"""One outcome for each traveler, document or transaction of a message: clear, hits by party, or not read.

Specified in `spec/screening-result.md`. An outcome is a fact about data, never a decision about a person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow as pa

from tahaluf.domain import Hit

# What a unit is told by, the first that it has.
REFERENCES = ("transaction", "locator", "passenger_reference")
# How far behind the latest unit a party of an earlier one may come.
WINDOW = 4096


class Result(StrEnum):
    """What screening a unit came to."""

    CLEAR = "clear"
    HITS = "hits"
    UNREAD = "unread"


@dataclass(slots=True)
class Outcome:
    """Of one unit: its number in the file, its reference, how many parties it has, their hits and what was wrong.

    `hits` hold role, name, score, entity_id, dataset, caption and reference.
    """

    unit: int
    reference: str | None = None
    parties: int = 0
    hits: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def result(self) -> Result:
        """`UNREAD` where nobody of the unit was screened."""
        if self.hits:
            return Result.HITS
        return Result.CLEAR if self.parties else Result.UNREAD

    def to_json(self) -> dict[str, Any]:
        """The fields of a line of outcomes, in order."""
        return {
            "unit": self.unit, "reference": self.reference, "outcome": self.result, "parties": self.parties,
            "hits": self.hits, "problems": self.problems,
        }  # fmt: skip


def outcomes_of(
    batches: Iterable[pa.RecordBatch], hits: Iterable[Hit], problems: Mapping[int, Sequence[str]] | None = None
) -> list[Outcome]:
    """The outcomes of messages that fit into memory, e.g. of one payment; `hits` in the order of their subjects,
    `problems`: codes by unit."""
    wrong = problems or {}
    outcomes = {outcome.unit: outcome for outcome in join_outcomes(batches, map(_told, hits))}
    for unit in range(1, max([0, *wrong, *outcomes]) + 1):
        outcome = outcomes.setdefault(unit, Outcome(unit))
        outcome.problems += dict.fromkeys(wrong.get(unit, ()))
    return [outcomes[unit] for unit in sorted(outcomes)]


def join_outcomes(batches: Iterable[pa.RecordBatch], hits: Iterable[Mapping[str, Any]]) -> Iterator[Outcome]:
    """The outcomes of the units that have parties, in their order, without their problems.

    `hits` as `render_hits` writes them, in the order of their subjects: few units are held at a time.
    """
    coming = _Coming(hits)
    open_units: dict[int, Outcome] = {}
    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in ("id", "line", "unit", "details", "documents"))
        for subject, line, unit, told, numbers in zip(*columns, strict=True):
            if unit is None:
                continue
            outcome = open_units.get(unit) or open_units.setdefault(unit, Outcome(unit))
            outcome.parties += 1
            outcome.hits += coming.of(subject, line)
            if outcome.reference is None:
                outcome.reference = _reference(dict(reversed(told)), numbers)
        settled = max(open_units, default=0) - WINDOW
        for unit in sorted(unit for unit in open_units if unit < settled):
            yield open_units.pop(unit)
    yield from (open_units[unit] for unit in sorted(open_units))


class _Coming:
    """Hits that are taken subject by subject."""

    def __init__(self, hits: Iterable[Mapping[str, Any]]) -> None:
        self._hits = iter(hits)
        self._next = next(self._hits, None)

    def of(self, subject: str, line: int | None) -> Iterator[dict[str, Any]]:
        """The next ones, as far as they are this subject's."""
        while (hit := self._next) is not None and (hit["query_id"], hit.get("line")) == (subject, line):
            yield {
                "role": (hit.get("source") or {}).get("role"), "name": hit["subject_name"], "score": hit["score"],
                "entity_id": hit["entity_id"], "dataset": hit["dataset"], "caption": hit["caption"],
                "reference": hit.get("reference"),
            }  # fmt: skip
            self._next = next(self._hits, None)


def _reference(details: Mapping[str, str], documents: Sequence[Mapping[str, str]]) -> str | None:
    known = next((details[name] for name in REFERENCES if details.get(name)), None)
    return known or next((one["number"] for one in documents), None)


def _told(hit: Hit) -> dict[str, Any]:
    source = {"role": hit.source.role} if hit.source else None
    return {
        "query_id": hit.subject_id, "line": hit.line, "source": source, "score": hit.score,
        "subject_name": hit.explanation.subject_name,
        "entity_id": hit.listing_id, "dataset": hit.dataset, "caption": hit.caption, "reference": hit.reference,
    }  # fmt: skip
