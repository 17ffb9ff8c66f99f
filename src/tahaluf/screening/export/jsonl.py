"""Hits as JSON lines, one hit a line, keys in a fixed order, and back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tahaluf.domain import Hit, InputError, Problem, TokenMatch, Where
from tahaluf.screening.export.fields import fault_of


class Lines(NamedTuple):
    """The hits of some subjects as they are written, and how many each subject has."""

    data: bytes
    counts: list[int]


def render_rows(rows: Sequence[Sequence[Hit]]) -> Lines:
    """The hits of each subject as lines."""
    return Lines(render_hits(chain.from_iterable(rows)), list(map(len, rows)))


def join_lines(parts: Sequence[Lines]) -> Lines:
    """Those of several batches one after another."""
    return Lines(b"".join([part.data for part in parts]), list(chain.from_iterable(part.counts for part in parts)))


def render_hits(hits: Iterable[Hit]) -> bytes:
    """The lines of these hits."""
    dumps, known = orjson.dumps, _Known()
    return b"".join([dumps(_hit(hit, known), option=orjson.OPT_APPEND_NEWLINE) for hit in hits])


class _Known(dict[int, tuple[TokenMatch, orjson.Fragment]]):
    """What was said of two words, written once: the same object is in the reasons of many hits. It is kept beside its
    text, so that no other takes its number."""

    def write(self, token: TokenMatch) -> orjson.Fragment:
        found = self.get(id(token))
        if found is None:
            found = self[id(token)] = token, orjson.Fragment(orjson.dumps(token))
        return found[1]


def read_hits(path: Path) -> Iterator[dict[str, Any]]:
    """The hits of a file as JSON objects that hold every field; InputError at a line that is none, with the reason."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                hit = orjson.loads(line)
            except orjson.JSONDecodeError as broken:
                where = Where(str(path), number)
                raise InputError(Problem("screening.hits.malformed", where, "JSON", str(broken))) from broken
            if fault := fault_of(hit):
                where = Where(str(path), number, fault.field or None)
                raise InputError(Problem("screening.hits.malformed", where, fault.expected, fault.found))
            yield hit


def _hit(hit: Hit, known: _Known) -> dict[str, object]:
    explanation = hit.explanation
    # Reasons are written by their fields, whose names and order are those of the format.
    told: dict[str, object] = {
        "name_score": explanation.name_score,
        "tokens": [known.write(token) for token in explanation.tokens],
        "attributes": explanation.attributes,
        "engine": explanation.engine,
        "index": explanation.index,
    }
    if explanation.terms:
        told["terms"] = explanation.terms
    fields: dict[str, object] = {
        "query_id": hit.subject_id,
        "entity_id": hit.listing_id,
        "score": hit.score,
        "name": explanation.listing_name,
        "dataset": hit.dataset,
        "caption": hit.caption,
        "rank": hit.rank,
        "subject_name": explanation.subject_name,
        "explanation": told,
    }
    if hit.line is not None:
        fields["line"] = hit.line
    if hit.reference is not None:
        fields["reference"] = hit.reference
    if hit.source is not None:
        fields["source"] = hit.source
    if hit.evidence is not None:
        fields["evidence"] = hit.evidence
    return fields
