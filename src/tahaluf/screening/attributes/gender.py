"""Compare genders: a mismatch lowers the score, agreement says next to nothing, and "other" is never a mismatch."""

from tahaluf.domain import AttributeEffect, Gender
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

_OPPOSED = frozenset({Gender.MALE, Gender.FEMALE})


def compare_genders(
    subject: Gender | None, listing: Gender | None, config: AttributeConfig = DEFAULT_CONFIG
) -> AttributeEffect | None:
    """None where a side is missing or the two cannot contradict each other."""
    if subject is None or listing is None:
        return None
    if subject is listing:
        return AttributeEffect("gender", "gender.same", 0.0, subject.value, listing.value)
    if {subject, listing} != _OPPOSED:
        return None
    return AttributeEffect("gender", "gender.other", config.gender_other, subject.value, listing.value)
