"""The short way to the routes of yente's API: no session, no cookie, no form, no page, so nothing that these need.

A middleware just within `common.middleware.Observed`. Such a request carries a token and gets JSON: what the others
around pages do for it is done here (the language is chosen, the headers are set).
What leads nowhere, or comes under a name that is not the desk's, goes the usual way and is refused there.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils import translation

from tahaluf.web.common.preferences import Preferences, preferring

GetResponse = Callable[[HttpRequest], HttpResponse]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Vary": "Accept-Language",
}


class Direct:
    """Hands a request for one of `api.urls.PLAIN` to its view."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response
        self._resolver: URLResolver | None = None
        self._starts: frozenset[str] = frozenset()
        self._headers = {**HEADERS, **_headers_by_settings()}
        self._secure = {**self._headers, "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}"}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (match := self._find(request.path_info)) is None or not _is_ours(request):
            return self._get_response(request)
        request.resolver_match = match
        language = translation.get_language_from_request(request)
        with preferring(Preferences(language, settings.ENVIRONMENT.region, False, settings.TIME_ZONE)):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        headers = self._secure if settings.SECURE_HSTS_SECONDS and request.is_secure() else self._headers
        for name, value in headers.items():
            response.headers[name] = value
        response.headers["Content-Language"] = language
        response.headers["Content-Length"] = str(len(response.content))
        return response

    def _find(self, path: str) -> ResolverMatch | None:
        if self._resolver is None:
            self._resolver, self._starts = _routes()
        if path[1:].partition("/")[0] not in self._starts:
            return None
        try:
            return self._resolver.resolve(path)
        except Resolver404:
            return None


def _is_ours(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _routes() -> tuple[URLResolver, frozenset[str]]:
    """The routes, under the names that they have everywhere, and the first word of each."""
    from tahaluf.web.api import urls  # noqa: PLC0415 (views are loaded once the apps are)

    starts = frozenset(str(pattern.pattern).partition("/")[0] for pattern in urls.PLAIN)
    within = URLResolver(RegexPattern(""), urls.PLAIN, app_name=urls.app_name, namespace=urls.app_name)
    return URLResolver(RegexPattern(r"^/"), [within]), starts


def _headers_by_settings() -> dict[str, str]:
    """The headers of Django's own middlewares."""
    return {
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }
