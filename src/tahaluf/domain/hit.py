"""What screening says of a subject and a listing: a score, and every reason for it.

The written form of these is specified in `spec/screening-result.md`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TokenMatch:
    """One step of a name alignment. `subject` or `listing` is empty where a token stands alone; `reason` is a
    stable code.

    `similarity` is 0–1; `weight` is the evidence that the token carries (its rarity), in nats.
    """

    subject: str
    listing: str
    similarity: float
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class AttributeEffect:
    """What one attribute beyond the name did: `effect` in log-odds (0 is neutral), `reason` a stable code."""

    attribute: str
    reason: str
    effect: float
    subject: str = ""
    listing: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pair scored as it did: the names that met, how, what the rest did, by which versions."""

    subject_name: str
    listing_name: str
    name_score: float
    tokens: tuple[TokenMatch, ...]
    attributes: tuple[AttributeEffect, ...]
    engine: str
    index: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair over the threshold. `score` is 0–1; `listing_id` is the listing's id in its list; `rank` counts from 1."""

    subject_id: str
    listing_id: str
    dataset: str
    score: float
    rank: int
    caption: str
    explanation: Explanation
