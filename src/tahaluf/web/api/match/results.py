"""Hits as `/match` gives them: the entity, the score, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from tahaluf.domain import AttributeEffect, Explanation, Hit, TokenMatch
from tahaluf.web.api.match.entities import Pair, Written

NAME = "name_match"
DECIMALS = 4
Feature = dict[str, Any]


def scored(hit: Hit, entity: Written, threshold: float) -> orjson.Fragment:
    """A result: the finished entity and, after it, what is this hit's own."""
    own = {
        "score": round(hit.score, DECIMALS),
        "match": hit.score >= threshold,
        "explanations": explanations(hit.explanation),
    }
    return orjson.Fragment(entity.head + b"," + orjson.dumps(own)[1:])


def bare_entity(hit: Hit) -> Written:
    """What is known of a listing by its hit alone: it left its list after the index was compiled."""
    times = {"first_seen": None, "last_seen": None, "last_change": None}
    told = {
        "id": hit.listing_id, "caption": hit.caption, "schema": "LegalEntity", "properties": {"name": [hit.caption]},
        "datasets": [hit.dataset], "referents": [], "target": True, **times,
    }  # fmt: skip
    head = orjson.dumps(told)[:-1]
    return Written(hit.listing_id, "LegalEntity", hit.dataset, frozenset(), frozenset(), "", head)


def entity_of(hit: Hit, entities: Mapping[Pair, Written]) -> Written:
    """The hit's listing."""
    return entities.get((hit.dataset, hit.listing_id)) or bare_entity(hit)


def explanations(explanation: Explanation) -> dict[str, Feature]:
    """What made the score: the names that met with their alignment, and each attribute that had an effect. The score
    of the name is 0–1, of an attribute its effect in log-odds."""
    told = {
        NAME: {
            "detail": alignment(explanation.tokens) or None,
            "score": round(explanation.name_score, DECIMALS),
            "query": explanation.subject_name,
            "candidate": explanation.listing_name,
        }
    }
    for effect in explanation.attributes:
        if effect.effect or effect.reason:
            told[effect.attribute] = _feature(effect)
    return told


def alignment(tokens: Sequence[TokenMatch]) -> str:
    """Token by token: `djamel = جمال (romanized 0.97); okacha – (unmatched)`."""
    return "; ".join(
        f"{token.subject or '–'} = {token.listing or '–'} ({token.reason} {token.similarity:.2f})" for token in tokens
    )


def _feature(effect: AttributeEffect) -> Feature:
    return {
        "detail": effect.reason, "score": round(effect.effect, DECIMALS), "query": effect.subject or None,
        "candidate": effect.listing or None,
    }  # fmt: skip
