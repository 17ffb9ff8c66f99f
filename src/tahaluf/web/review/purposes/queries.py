"""Reading purposes: reach for these from pages, jobs and the API."""

from tahaluf.web.review.tables.purposes import Purpose


def active_purposes() -> list[Purpose]:
    """Those that may be chosen, by short name."""
    return list(Purpose.objects.filter(active=True))


def purpose_of(slug: str) -> Purpose:
    """The purpose of this short name that is in use; Purpose.DoesNotExist otherwise."""
    return Purpose.objects.get(slug=slug, active=True)
