"""How strongly each attribute beyond the name speaks: every tunable of the package, in one frozen object.

Effects are in nats (additive log-odds). `spec/screening-result.md` states the same defaults; a test
holds the two together.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttributeConfig:
    """Strengths and limits; positive raises the score, negative lowers it."""

    date_same_day: float = 4.0
    date_swapped: float = 3.0
    date_hijri: float = 3.0
    date_century: float = 1.5
    date_slip: float = 2.0
    date_same_month: float = 1.8
    date_same_year: float = 1.0
    date_in_span: float = 0.4
    date_same_year_other_day: float = 0.2
    date_one_year: float = 0.1
    date_two_years: float = -0.3
    date_few_years: float = -1.2
    date_many_years: float = -2.5
    date_contradicted: float = -4.0
    few_years: int = 5
    many_years: int = 10
    circa_years: int = 2
    narrow_span_years: int = 1
    earliest_year: int = 1850
    latest_year: int = 2100

    nationality_same: float = 0.5
    nationality_other: float = -0.8
    nationality_other_of_several: float = -0.4
    residence_same: float = 0.25
    residence_other: float = -0.1

    gender_other: float = -2.0

    place_same: float = 0.8
    place_same_country: float = 0.1
    place_other: float = -0.2
    place_other_country: float = -0.4
    place_similarity: float = 0.8

    document_same: float = 8.0
    document_same_number: float = 3.0
    document_short: float = 1.5
    document_confusable: float = 4.0
    document_slip: float = 3.0
    document_other: float = -0.3
    document_length: int = 6
    document_shortest: int = 4

    lowest: float = -6.0
    highest: float = 8.0
    document_floor: float = 4.0
    weak_ceiling: float = 0.5


DEFAULT_CONFIG = AttributeConfig()
