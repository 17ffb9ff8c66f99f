"""Which permission a page needs: said beside each view, refused by `accounts.middleware.Guarded` where nothing is said.

@requires(Permission.SEE_ALERTS)
def show_alert(request: Request, pk: int) -> HttpResponse: ...
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


class Request(HttpRequest):
    """A request of a signed-in person, as views behind `requires` and `for_everyone` get it."""

    user: User
    htmx: Any


def requires(*any_of: Permission) -> Callable[[View], View]:
    """The view is for people with one of these permissions."""

    def mark(view: View) -> View:
        view.needs = frozenset(any_of)  # type: ignore[attr-defined]
        return view

    return mark


def for_everyone(view: View) -> View:
    """The view is for every signed-in person."""
    view.needs = frozenset()  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """The view is for whoever comes; it checks by itself what must be checked."""
    view.is_public = True  # type: ignore[attr-defined]
    return view
