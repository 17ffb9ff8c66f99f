"""Hits as JSON lines, one hit a line, keys in a fixed order, and back."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from tahaluf.domain import AttributeEffect, Explanation, Hit, InputError, Problem, TokenMatch, Where
from tahaluf.screening.export.fields import fault_of


def render_hits(hits: Iterable[Hit]) -> bytes:
    """The lines of these hits."""
    dumps = orjson.dumps
    return b"".join([dumps(_hit(hit), option=orjson.OPT_APPEND_NEWLINE) for hit in hits])


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


def _hit(hit: Hit) -> dict[str, object]:
    explanation = hit.explanation
    fields = {
        "query_id": hit.subject_id,
        "entity_id": hit.listing_id,
        "score": hit.score,
        "name": explanation.listing_name,
        "dataset": hit.dataset,
        "caption": hit.caption,
        "rank": hit.rank,
        "subject_name": explanation.subject_name,
        "explanation": _explanation(explanation),
    }
    known = {"line": hit.line, "reference": hit.reference}
    return fields | {name: value for name, value in known.items() if value is not None}


def _explanation(explanation: Explanation) -> dict[str, object]:
    fields: dict[str, object] = {
        "name_score": explanation.name_score,
        "tokens": [_token(token) for token in explanation.tokens],
        "attributes": [_attribute(attribute) for attribute in explanation.attributes],
        "engine": explanation.engine,
        "index": explanation.index,
    }
    terms = [{"term": term.term, "effect": term.effect} for term in explanation.terms]
    return {**fields, "terms": terms} if terms else fields


def _token(token: TokenMatch) -> dict[str, object]:
    return {
        "subject": token.subject,
        "listing": token.listing,
        "similarity": token.similarity,
        "weight": token.weight,
        "reason": token.reason,
    }


def _attribute(effect: AttributeEffect) -> dict[str, object]:
    return {
        "attribute": effect.attribute,
        "reason": effect.reason,
        "effect": effect.effect,
        "subject": effect.subject,
        "listing": effect.listing,
    }
