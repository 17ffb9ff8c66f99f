"""Bring the name's score and the effects of the attributes to one: `sigmoid(logit(name) + effects)`, bounded.

Guarantees: the result lies strictly within 0–1; it never falls where the name's score or an effect grows, and what
contradicts lowers it unless a limit is reached; no effects leave the name's score as it is; weak agreement (country,
gender, place, a date that hardly agrees) alone never lifts a pair that lies under `weak_ceiling` to it, and lifts it no
further where something strong agrees too.
"""

from collections.abc import Sequence
from math import exp, inf, log

from tahaluf.domain import AttributeEffect
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

_EXTREME = 1e-12


def combine(name_score: float, effects: Sequence[AttributeEffect], config: AttributeConfig = DEFAULT_CONFIG) -> float:
    """The score of a pair whose names score `name_score` (0–1)."""
    name = min(max(name_score, _EXTREME), 1 - _EXTREME)
    before = log(name / (1 - name))
    ceiling = log(config.weak_ceiling / (1 - config.weak_ceiling))
    total = sum_effects(effects, config, (ceiling - before) / 2 if before < ceiling else inf)
    return name if total == 0 else 1 / (1 + exp(-(before + total)))


def sum_effects(
    effects: Sequence[AttributeEffect], config: AttributeConfig = DEFAULT_CONFIG, most_of_weak: float = inf
) -> float:
    """All effects in nats, within the limits; weak agreement counts up to `most_of_weak`; the same document keeps the
    sum at `document_floor` or more."""
    weak = sum(effect.effect for effect in effects if _is_weak_agreement(effect, config))
    rest = sum(effect.effect for effect in effects if not _is_weak_agreement(effect, config))
    total = min(max(min(weak, most_of_weak) + rest, config.lowest), config.highest)
    if any(effect.reason == "document.same" for effect in effects):
        return max(total, config.document_floor)
    return total


def _is_weak_agreement(effect: AttributeEffect, config: AttributeConfig) -> bool:
    """Whether an effect raises, and is neither a document's nor that of a date as near as `same_year`."""
    if effect.attribute == "birth_date":
        return 0 < effect.effect < config.date_same_year
    return effect.effect > 0 and effect.attribute != "document"
