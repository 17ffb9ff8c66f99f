"""Reading purposes: reach for these from pages, jobs and the API."""

from django.utils.translation import get_language

from tahaluf.web.accounts.ports import PurposeChoice
from tahaluf.web.review.tables.purposes import Purpose


def active_purposes() -> list[Purpose]:
    """Those that may be chosen, by short name."""
    return list(Purpose.objects.filter(active=True))


def every_purpose() -> list[Purpose]:
    """Also those that are no longer in use, by short name."""
    return list(Purpose.objects.all())


def purpose_of(slug: str) -> Purpose:
    """The purpose of this short name that is in use; Purpose.DoesNotExist otherwise."""
    return Purpose.objects.get(slug=slug, active=True)


def choices() -> list[PurposeChoice]:
    """The purposes that a token may be made for, with their titles in the reader's language."""
    language = get_language() or "en"
    return [PurposeChoice(purpose.slug, purpose.title(language)) for purpose in active_purposes()]
