"""The letter that no text has and PostgreSQL does not take, U+0000: refused once, for all pages.

A program's requests are looked at where they are read; they are refused there in the API's own words.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

GetResponse = Callable[[HttpRequest], HttpResponse]


class NoNul:
    """A middleware behind the one that looks for forged forms, so that no form is read that was not to be."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """BadRequest where an address or a form has the letter."""
        if getattr(view, "csrf_exempt", False):
            return
        if "\0" in request.path_info or _has_nul(request.GET) or _has_nul(request.POST):
            raise BadRequest("U+0000")


def _has_nul(values: QueryDict) -> bool:
    return any("\0" in name or any("\0" in value for value in own) for name, own in values.lists())
