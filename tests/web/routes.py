"""Every route of the desk, found by walking the addresses: what a test must say of all of them, new ones too."""

import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse
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
    return list(_walk(get_resolver(), ""))


def our_routes() -> list[Route]:
    return [route for route in all_routes() if route.is_ours]


def _walk(resolver: URLResolver, space: str, given: dict[str, Any] | None = None) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        values = {**(given or {}), **_values(entry)}
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space, values)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name}"
            yield Route(name, reverse(name, kwargs=values), entry.callback)


def _values(entry: URLPattern | URLResolver) -> dict[str, Any]:
    """A value for each part of the address that varies; of `(?P<form>csv|jsonl)` the first."""
    if isinstance(entry.pattern, RegexPattern):
        return {
            name: choice.split("|")[0] for name, choice in re.findall(r"\(\?P<(\w+)>([\w|]+)\)", str(entry.pattern))
        }
    return {name: GENERIC[type(kind).__name__] for name, kind in entry.pattern.converters.items()}
