"""What stands in the menus, for whom; read by the base template."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tahaluf import __version__
from tahaluf.web.accounts.permissions import Permission as P


class Entry(NamedTuple):
    """A page of a menu: its name, its route, who sees it (nobody named: everyone who is signed in), its icon."""

    title: Promise | str
    route: str
    needs: tuple[P, ...]
    icon: str


class Shown(NamedTuple):
    """An entry as this request shows it."""

    title: Promise | str
    address: str
    icon: str
    is_current: bool


MENU: tuple[Entry, ...] = (
    Entry(_("Desk"), "home", (), "home"),
    Entry(_("Screen"), "review:screen", (P.SCREEN,), "search"),
    Entry(_("Alerts"), "review:queue", (P.SEE_ALERTS,), "bell"),
    Entry(_("Screenings"), "review:screenings", (P.SEE_SCREENINGS,), "file"),
    Entry(_("Watched subjects"), "monitoring:subjects", (P.SEE_SUBJECTS,), "eye"),
    Entry(_("Complaints"), "redress:complaints", (P.SEE_COMPLAINTS,), "mail"),
    Entry(_("Lists"), "catalogue:lists", (P.SEE_LISTS,), "list"),
    Entry(_("Statistics"), "review:statistics", (P.SEE_STATISTICS,), "chart"),
    Entry(_("Purposes"), "review:purposes", (P.SEE_PURPOSES,), "sliders"),
    Entry(_("Webhooks"), "monitoring:webhooks", (P.MANAGE_WEBHOOKS,), "feed"),
    Entry(_("People"), "accounts:people", (P.SEE_PEOPLE,), "people"),
    Entry(_("Letterhead"), "accounts:letterhead", (P.MANAGE_OFFICE,), "file"),
    Entry(_("Audit log"), "common:audit", (P.SEE_AUDIT,), "shield"),
)
USER_MENU: tuple[Entry, ...] = (
    Entry(_("Settings"), "accounts:preferences", (), "sliders"),
    Entry(_("Password"), "account_change_password", (), "key"),
    Entry(_("Second factor"), "mfa_index", (), "shield"),
    Entry(_("Open sessions"), "usersessions_list", (), "clock"),
    Entry(_("Tokens for programs"), "accounts:tokens", (P.OWN_TOKENS,), "link"),
)
LANGUAGES = (("ar", "العربية"), ("fr", "Français"), ("en", "English"))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`menu` and `user_menu`: what the person may open, the current page marked."""
    told: dict[str, Any] = {"menu": [], "desk_version": __version__, "offered_languages": LANGUAGES}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return told
    for name, entries in (("menu", MENU), ("user_menu", USER_MENU)):
        told[name] = _shown([e for e in entries if not e.needs or user.may(*e.needs)], request.path)
    return told


def _shown(entries: list[Entry], path: str) -> list[Shown]:
    addresses = {entry.route: address for entry in entries if (address := address_of(entry.route))}
    # The longest address that the path begins with is where the person is.
    above = [a for a in addresses.values() if path == a or (a != "/" and path.startswith(a))]
    here = max(above, key=len, default="")
    return [
        Shown(entry.title, addresses[entry.route], entry.icon, addresses[entry.route] == here)
        for entry in entries
        if entry.route in addresses
    ]


def address_of(route: str) -> str:
    """The address of a page; empty where this desk has no such page."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
