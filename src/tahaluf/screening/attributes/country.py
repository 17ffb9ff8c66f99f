"""Compare nationalities and countries of residence, as ISO 3166-1 codes.

Agreement is weak evidence (most travelers of a flight share it), disagreement is weak too: people hold several papers
and cross borders. States that came from one another, or whose people often hold each other's papers, say nothing.
"""

from collections.abc import Collection

from tahaluf.domain import AttributeEffect
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

_SUCCESSORS = {
    "su": "ru ua by kz uz tm tj kg am az ge md lt lv ee",
    "yu": "rs me hr si ba mk xk csxx",
    "csxx": "rs me xk",
    "cshh": "cz sk",
    "dd": "de",
    "sd": "ss",
    "et": "er",
    "rs": "xk",
    "al": "xk",
    "in": "pk",
    "pk": "bd",
    "cn": "tw hk mo",
    "ma": "eh",
}
_SHARED_PAPERS = (
    "af pk", "af ir", "iq ir", "sy lb", "sy jo", "sy tr", "sy iq", "ps jo", "ps sy", "ps lb", "ps eg", "ps il", "iq jo",
    "so ke", "so et", "so dj", "ml ne", "ml bf", "ml mr", "ml dz", "ne ng", "ne bf", "ng cm", "td sd", "td cm", "td ly",
    "ne ly", "eh dz", "eh mr", "mr sn", "sa ye", "kw iq", "tj uz", "tj af", "uz af", "ru ua", "my id", "ph my",
)  # fmt: skip
_RELATED = frozenset(
    frozenset((old, new)) for old, successors in _SUCCESSORS.items() for new in successors.split()
) | frozenset(frozenset(pair.split()) for pair in _SHARED_PAPERS)


def compare_nationalities(
    subject: Collection[str], listing: Collection[str], config: AttributeConfig = DEFAULT_CONFIG
) -> AttributeEffect | None:
    """Same, related (neutral) or other; one each that differ speak louder. None if one is missing."""
    if not subject or not listing:
        return None
    one_each = len(subject) == len(listing) == 1
    other = config.nationality_other if one_each else config.nationality_other_of_several
    return _compare("nationality", subject, listing, (config.nationality_same, other))


def compare_residences(
    subject: Collection[str], listing: Collection[str], config: AttributeConfig = DEFAULT_CONFIG
) -> AttributeEffect | None:
    """As nationalities, and weaker: people move."""
    if not subject or not listing:
        return None
    return _compare("residence", subject, listing, (config.residence_same, config.residence_other))


def are_related(first: str, second: str) -> bool:
    """Whether one state came from the other, or people of one often hold the other's papers."""
    return frozenset((first, second)) in _RELATED


def _compare(
    attribute: str, subject: Collection[str], listing: Collection[str], effects: tuple[float, float]
) -> AttributeEffect:
    same, other = effects
    if any(code in listing for code in subject):
        effect, reason = same, "same"
    elif any(are_related(mine, theirs) for mine in subject for theirs in listing):
        effect, reason = 0.0, "related"
    else:
        effect, reason = other, "other"
    return AttributeEffect(attribute, f"{attribute}.{reason}", effect, " ".join(subject), " ".join(listing))
