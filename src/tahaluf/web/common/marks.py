"""Who may call the views of this layer, which knows no roles: the same marks as those of `accounts/guards.py`."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
SEE_AUDIT = "see_audit"


def needs(*permissions: str) -> Callable[[View], View]:
    """The view is for people with one of these permissions, by their codes."""

    def mark(view: View) -> View:
        view.needs = frozenset(permissions)  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """The view is for whoever comes; it checks by itself what must be checked."""
    view.is_public = True  # type: ignore[attr-defined]
    return view
