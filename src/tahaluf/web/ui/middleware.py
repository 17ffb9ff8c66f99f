"""Where an address is asked for in a way that it does not answer to: lead on, or say so.

What a form is sent to lies under the page that the form is on (`/lists/upload/` under `/lists/`). Whoever comes to such
an address otherwise – by the switch of language on a page that shows a form's errors, by reloading it, by a bookmark –
is led to that page.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from tahaluf.web.ui.errors import not_so

GetResponse = Callable[[HttpRequest], HttpResponse]


class Leading:
    """Answers a browser's 405 with the page above (GET), or with a page that says what is wrong."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            query = request.META.get("QUERY_STRING", "")
            return redirect(page_above(request.path) + (f"?{query}" if query else ""))
        told = not_so(request)
        told.headers["Allow"] = response.headers["Allow"]
        return told


def page_above(path: str) -> str:
    """The nearest address above this one that is one of the desk's."""
    while (path := path.rstrip("/").rpartition("/")[0] + "/") != "/":
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"
