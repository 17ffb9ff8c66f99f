"""What stands in the menu, for whom; read by the base template."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tahaluf.web.accounts.permissions import Permission as P


class Entry(NamedTuple):
    """A page of the menu: its name, its route, who sees it."""

    title: Promise | str
    route: str
    needs: tuple[P, ...]


MENU: tuple[Entry, ...] = (
    Entry(_("Screen"), "review:screen", (P.SCREEN,)),
    Entry(_("Alerts"), "review:queue", (P.SEE_ALERTS,)),
    Entry(_("Screenings"), "review:screenings", (P.SEE_SCREENINGS,)),
    Entry(_("Watched subjects"), "monitoring:subjects", (P.SEE_SUBJECTS,)),
    Entry(_("Complaints"), "redress:complaints", (P.SEE_COMPLAINTS,)),
    Entry(_("Lists"), "catalogue:lists", (P.SEE_LISTS,)),
    Entry(_("Statistics"), "review:statistics", (P.SEE_STATISTICS,)),
    Entry(_("Purposes"), "review:purposes", (P.SEE_PURPOSES,)),
    Entry(_("People"), "accounts:people", (P.SEE_PEOPLE,)),
    Entry(_("Audit log"), "common:audit", (P.SEE_AUDIT,)),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`menu`: what the person may open."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menu": []}
    return {"menu": [entry for entry in MENU if user.may(*entry.needs)]}
