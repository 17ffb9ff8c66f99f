"""How the person of this request, or of this piece of work, wants dates, numbers and text: `current()`.

Set around each request by `accounts.middleware.Preferred`, and by whoever writes to someone (`preferring`); outside of
both, the desk's own settings hold.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from tahaluf.prose.i18n import speaking


@dataclass(frozen=True, slots=True)
class Preferences:
    """`language`: ar, fr, en; `region`: ISO 3166-1, decides month names and the form of numbers; `arabic_digits`:
    ٠١٢ instead of 012 where the language is Arabic; `time_zone`: an IANA name."""

    language: str
    region: str
    arabic_digits: bool
    time_zone: str


_CURRENT: ContextVar[Preferences | None] = ContextVar("preferences", default=None)


def current() -> Preferences:
    """The preferences that hold here. The language is that of Django's translation, so that a text put into another
    language by `translation.override` has its dates in it, too."""
    kept = _CURRENT.get()
    language = translation.get_language() or settings.LANGUAGE_CODE
    if kept is None:
        return Preferences(language, settings.ENVIRONMENT.region, False, settings.TIME_ZONE)
    if kept.language == language:
        return kept
    return Preferences(language, kept.region, kept.arabic_digits, kept.time_zone)


@contextmanager
def preferring(preferences: Preferences) -> Iterator[None]:
    """All text, dates and numbers within are as these preferences want them."""
    token = _CURRENT.set(preferences)
    try:
        with (
            translation.override(preferences.language),
            speaking(preferences.language),
            timezone.override(preferences.time_zone),
        ):
            yield
    finally:
        _CURRENT.reset(token)
