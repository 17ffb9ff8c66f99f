"""Around every request: the language that its sender prefers, and whether the sender may come in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]
# Of libraries that know nothing of our guards; these check by themselves.
OTHERS = ("allauth.", "django.views.static", "django.contrib.staticfiles")


class Preferred:
    """The language of the cookie that the switch sets, else the browser's, else the desk's."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class Guarded:
    """No view is reached that does not say who may (`accounts/guards.py`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if getattr(view, "is_public", False) or view.__module__.startswith(OTHERS):
            return None
        if not hasattr(view, "needs"):
            raise PermissionDenied(f"{view.__module__}.{view.__name__} does not say who may call it")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if view.needs and not request.user.may(*view.needs):
            raise PermissionDenied
        return None
