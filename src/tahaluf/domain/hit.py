"""What screening says of a subject and a listing: a score, and every reason for it.

The written form of these is specified in `spec/screening-result.md`.
"""

from dataclasses import dataclass

from tahaluf.domain.roles import PartyRole


@dataclass(frozen=True, slots=True)
class TokenMatch:
    """One step of a name alignment. `subject` or `listing` is empty where a token stands alone; `reason` is a
    stable code.

    `similarity` is 0–1; `weight` is the evidence that the token carries (its rarity), in nats; below 0 where it has no
    partner.
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
class ScoreTerm:
    """One part of the name score: `term` is a stable code, `effect` what it adds to the log-odds."""

    term: str
    effect: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a pair scored as it did: the names that met, how, what the rest did, by which versions.

    The effects of `terms` add up to the log-odds of `name_score`; empty where they are not known.
    """

    subject_name: str
    listing_name: str
    name_score: float
    tokens: tuple[TokenMatch, ...]
    attributes: tuple[AttributeEffect, ...]
    engine: str
    index: str
    terms: tuple[ScoreTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a subject stands in a message, and in what role; see `Subject` and `Where`."""

    role: PartyRole | None
    unit: int | None
    message: str | None
    segment: int | None
    field: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage of a text that names a listing: its letters from `start` to before `end`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair over the threshold. `score` is 0–1; `listing_id` is the listing's id in its list; `rank` counts from 1.

    `line` tells two subjects of one id apart: the line or row of the subject in its file, counted from 1; None where
    it is not known. `reference` is the publisher's own, by which its list is searched. `evidence` stands with hits in
    free text.
    """

    subject_id: str
    listing_id: str
    dataset: str
    score: float
    rank: int
    caption: str
    explanation: Explanation
    line: int | None = None
    reference: str | None = None
    source: Source | None = None
    evidence: Evidence | None = None
