"""What a request prefers: by the signed-in person's own choice, else the switch's cookie, the browser, the desk."""

import zoneinfo
from functools import cache

from babel import Locale
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import translation

from tahaluf.web.accounts.models import User
from tahaluf.web.common.preferences import Preferences, current

__all__ = ["Preferences", "current", "preferences_of", "regions", "time_zones"]

# Where months, numbers or digits differ for someone who reads Arabic, French or English.
REGIONS = (
    "AE", "BE", "BF", "BH", "CA", "CH", "CI", "CM", "DJ", "DZ", "EG", "FR", "GB", "GN", "IQ", "JO", "KE", "KM", "KW",
    "LB", "LY", "MA", "ML", "MR", "NE", "NG", "OM", "PS", "QA", "SA", "SD", "SN", "SO", "SY", "TD", "TG", "TN", "US",
    "YE",
)  # fmt: skip


def preferences_of(request: HttpRequest) -> Preferences:
    """For this request; what is kept of a person and no longer known (a time zone, say) falls back."""
    user: AbstractBaseUser | AnonymousUser = request.user
    if not isinstance(user, User):
        return Preferences(_asked(request), settings.ENVIRONMENT.region, False, settings.TIME_ZONE)
    return Preferences(
        language=user.language if user.language in dict(settings.LANGUAGES) else _asked(request),
        region=user.region or settings.ENVIRONMENT.region,
        arabic_digits=user.arabic_digits,
        time_zone=user.time_zone if user.time_zone in time_zones() else settings.TIME_ZONE,
    )


def _asked(request: HttpRequest) -> str:
    return translation.get_language_from_request(request)


def regions(language: str) -> list[tuple[str, str]]:
    """Codes and names in this language, in its order."""
    names = Locale.parse(language).territories
    return sorted(((code, str(names.get(code, code))) for code in REGIONS), key=lambda pair: pair[1])


@cache
def time_zones() -> frozenset[str]:
    """The names of time zones that this machine knows, places only."""
    starts = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return frozenset(name for name in zoneinfo.available_timezones() if name.startswith(starts)) | {"UTC"}
