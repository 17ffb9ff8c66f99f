"""Bring the name's score and the effects of the attributes to one: `sigmoid(logit(name) + effects)`, bounded.

Guarantees: the result lies strictly within 0–1; it grows with the name's score and with every effect; no effects leave
the name's score as it is; country, gender and place alone never lift a pair that lies under `weak_ceiling` to it.
"""

from collections.abc import Sequence
from math import exp, log

from tahaluf.domain import AttributeEffect
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

STRONG = frozenset({"birth_date", "document"})
_EXTREME = 1e-12


def combine(name_score: float, effects: Sequence[AttributeEffect], config: AttributeConfig = DEFAULT_CONFIG) -> float:
    """The score of a pair whose names score `name_score` (0–1)."""
    name = min(max(name_score, _EXTREME), 1 - _EXTREME)
    if not effects:
        return name
    before = log(name / (1 - name))
    total = sum_effects(effects, config)
    if total == 0:
        return name
    if total > 0 and not any(effect.effect > 0 and effect.attribute in STRONG for effect in effects):
        ceiling = log(config.weak_ceiling / (1 - config.weak_ceiling))
        total = min(total, (ceiling - before) / 2) if before < ceiling else total
    return 1 / (1 + exp(-(before + total)))


def sum_effects(effects: Sequence[AttributeEffect], config: AttributeConfig = DEFAULT_CONFIG) -> float:
    """All effects in nats, within the limits; the same document keeps the sum at `document_floor` or more."""
    total = min(max(sum(effect.effect for effect in effects), config.lowest), config.highest)
    if any(effect.reason == "document.same" for effect in effects):
        return max(total, config.document_floor)
    return total
