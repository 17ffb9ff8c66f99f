"""Compare a subject with a listing in everything but the name; call it for pairs that the names brought together."""

from tahaluf.domain import AttributeEffect, Subject
from tahaluf.screening.attributes.birth_date import compare_birth_dates
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig
from tahaluf.screening.attributes.country import compare_nationalities, compare_residences
from tahaluf.screening.attributes.document import compare_documents
from tahaluf.screening.attributes.gender import compare_genders
from tahaluf.screening.attributes.place import Compare, compare_birth_places
from tahaluf.screening.attributes.stored import ListingAttributes


def compare_attributes(
    subject: Subject,
    listing: ListingAttributes,
    config: AttributeConfig = DEFAULT_CONFIG,
    compare: Compare | None = None,
) -> tuple[AttributeEffect, ...]:
    """The effects, in one order; an attribute that either side lacks is left out. `compare` likens two place tokens."""
    effects = (
        compare_birth_dates(subject.birth_dates, listing.birth_dates, config),
        compare_nationalities(subject.nationalities, listing.nationalities, config),
        compare_residences(subject.residences, listing.residences, config),
        compare_genders(subject.gender, listing.gender, config),
        compare_birth_places(subject.birth_places, listing.birth_places, config, compare),
        compare_documents(subject.documents, listing.documents, config),
    )
    return tuple(effect for effect in effects if effect is not None)
