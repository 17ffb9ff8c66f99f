"""Every route of the desk, found by walking the addresses: what a test must say of all of them, new ones too."""

import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern

A_NUMBER = 1_000_001
GENERIC: dict[str, Any] = {
    "IntConverter": A_NUMBER,
    "UUIDConverter": uuid.UUID(int=1),
    "SlugConverter": "default",
    "StringConverter": "default",
    "PathConverter": "default/default",
}
OTHERS = ("allauth.", "ninja.", "django.views.static", "django.contrib.staticfiles")


class Route(NamedTuple):
    """An address with values put in, and the view that answers."""

    name: str
    path: str
    view: Any

    @property
    def is_ours(self) -> bool:
        return not self.view.__module__.startswith(OTHERS) and "csrf_exempt" not in vars(self.view)

    @property
    def is_public(self) -> bool:
        return bool(getattr(self.view, "is_public", False))


def all_routes() -> list[Route]:
    found = list(_walk(get_resolver(), ""))
    for route in found:
        assert resolve(route.path), route
    return found


def our_routes() -> list[Route]:
    return [route for route in all_routes() if route.is_ours]


def _walk(resolver: URLResolver, space: str, above: str = "/") -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = above + _filled(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, path)
        elif isinstance(entry, URLPattern):
            yield Route(f"{space}{entry.name or path}", path, entry.callback)


def _filled(entry: URLPattern | URLResolver) -> str:
    """The entry's part of the address, with a value where it varies; of `(?P<form>csv|jsonl)` the first."""
    text = str(entry.pattern)
    if isinstance(entry.pattern, RegexPattern):
        chosen = re.sub(r"\(\?P<\w+>([\w-]+)[\w|-]*\)", r"\1", text)
        return re.sub(r"[\^$]|\\(?=\W)", "", chosen)
    for name, kind in entry.pattern.converters.items():
        text = re.sub(rf"<(\w+:)?{name}>", kind.to_url(GENERIC[type(kind).__name__]), text)
    return text
