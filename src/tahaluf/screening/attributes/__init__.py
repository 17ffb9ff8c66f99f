"""What is compared beyond the name: birth date, countries, gender, birth place, documents; and how it moves the score.

Pure functions on values of the glossary. Each gives an effect in log-odds, or None where a side says nothing (neutral).
"""

from tahaluf.screening.attributes.combine import combine
from tahaluf.screening.attributes.compare import compare_attributes
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig
from tahaluf.screening.attributes.stored import ListingAttributes

__all__ = ["DEFAULT_CONFIG", "AttributeConfig", "ListingAttributes", "combine", "compare_attributes"]
