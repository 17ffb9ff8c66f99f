"""Around every request: the language its sender prefers, how long a session lasts, whether the sender may come in."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from tahaluf.web.accounts.preferences import preferences_of
from tahaluf.web.accounts.queries import has_second_factor
from tahaluf.web.accounts.sessions import BEGAN, SEEN, note_seen
from tahaluf.web.common.preferences import preferring

GetResponse = Callable[[HttpRequest], HttpResponse]
# Of libraries that know nothing of our guards; these check by themselves.
OTHERS = ("allauth.", "django.views.static", "django.contrib.staticfiles")
NOTED_EVERY = 60
# What someone who must set up a second factor may reach before: setting it up, and leaving.
BEFORE_SECOND_FACTOR = frozenset(
    {"mfa_activate_totp", "account_reauthenticate", "account_logout", "accounts:language", "accounts:invitation"}
)


class Preferred:
    """Everything within is in the language, region and time zone that the sender prefers."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preferences = preferences_of(request)
        with preferring(preferences):
            request.LANGUAGE_CODE = preferences.language
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", preferences.language)
        return response


class Lasting:
    """Ends a session that nobody used for `IDLE_SECONDS`, or that began `SESSION_COOKIE_AGE` ago."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._check(request, int(time.time()))
        return self._get_response(request)

    def _check(self, request: HttpRequest, now: int) -> None:
        began, seen = request.session.get(BEGAN), request.session.get(SEEN)
        if began is None or seen is None:
            request.session[BEGAN] = request.session[SEEN] = now
        elif now - began >= settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(request, _("You were signed out because a session lasts no longer than a working day."))
        elif now - seen >= settings.IDLE_SECONDS:
            logout(request)
            messages.info(request, _("You were signed out because nothing was done for a while."))
        elif now - seen >= NOTED_EVERY and not _is_by_itself(request):
            request.session[SEEN] = now
            note_seen(request)


class Guarded:
    """No view is reached that does not say who may (`accounts/guards.py`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if _lacks_second_factor(request):
            return _go(request, resolve_url("mfa_activate_totp"))
        if getattr(view, "is_public", False) or view.__module__.startswith(OTHERS):
            return None
        if not hasattr(view, "needs"):
            raise PermissionDenied(f"{view.__module__}.{view.__name__} does not say who may call it")
        if not request.user.is_authenticated:
            return _go(request, redirect_to_login(_place(request), settings.LOGIN_URL).url)
        if view.needs and not request.user.may(*view.needs):
            raise PermissionDenied
        return None


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or not request.user.must_have_second_factor:
        return False
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name not in BEFORE_SECOND_FACTOR and not has_second_factor(request.user)


def _is_by_itself(request: HttpRequest) -> bool:
    """Whether the page asked, and nobody did anything: a part that polls for progress says so (`hx-headers`)."""
    return request.method == "GET" and request.headers.get("X-Polls") == "yes"


def _place(request: HttpRequest) -> str:
    """Where to come back to: a part of a page is no place, the page around it is."""
    if request.headers.get("HX-Request") != "true":
        return request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    around = urlsplit(request.headers.get("HX-Current-URL", ""))
    return (around.path or "/") + (f"?{around.query}" if around.query else "")


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, also when only a part of it asked."""
    if request.headers.get("HX-Request") != "true":
        return redirect(address)
    return HttpResponse(status=204, headers={"HX-Redirect": address})
