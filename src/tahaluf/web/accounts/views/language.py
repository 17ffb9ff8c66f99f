"""The switch of language: works signed in or not, and leads back to where it was pressed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tahaluf.web.accounts.guards import public
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.services import save_preferences

A_YEAR = 365 * 24 * 3600


@public
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keeps the choice with the person, and in a cookie for whoever is not signed in."""
    answer = redirect(safe_place(request, request.POST.get("next", "")))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember(answer, language)
        if isinstance(request.user, User):
            save_preferences(request.user, language=language)
    return answer


def remember(answer: HttpResponse, language: str) -> None:
    """The cookie that holds the choice; without one, the browser's language counts again."""
    if not language:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def safe_place(request: HttpRequest, place: str) -> str:
    """The place, if it is a path on this desk; its first page otherwise."""
    here = place.startswith("/") and not any(c == "\\" or c < " " for c in place)
    return place if here and url_has_allowed_host_and_scheme(place, allowed_hosts=None) else "/"
