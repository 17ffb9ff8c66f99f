"""Who may do what: one table, read by every view and tested on every route.

Duties are kept apart: who runs the desk decides on no alert; who audits changes nothing.
"""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    SEARCH = "search"
    SEE_LISTS = "see_lists"
    IMPORT_LISTS = "import_lists"
    MANAGE_LISTS = "manage_lists"
    SCREEN = "screen"
    SEE_SCREENINGS = "see_screenings"
    SEE_ALERTS = "see_alerts"
    ADJUDICATE = "adjudicate"
    REVIEW = "review"
    ASSIGN = "assign"
    END_EXEMPTIONS = "end_exemptions"
    SEE_PURPOSES = "see_purposes"
    MANAGE_PURPOSES = "manage_purposes"
    MANAGE_RETENTION = "manage_retention"
    SEE_STATISTICS = "see_statistics"
    EXPORT = "export"
    SEE_COMPLAINTS = "see_complaints"
    HANDLE_COMPLAINTS = "handle_complaints"
    SEE_SUBJECTS = "see_subjects"
    MANAGE_SUBJECTS = "manage_subjects"
    MANAGE_WEBHOOKS = "manage_webhooks"
    SEE_AUDIT = "see_audit"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    OWN_TOKENS = "own_tokens"


class Role(models.TextChoices):
    ANALYST = "analyst", _("analyst")
    REVIEWER = "reviewer", _("reviewer")
    SUPERVISOR = "supervisor", _("supervisor")
    INFORMATION_OFFICER = "information_officer", _("information officer")
    PROGRAMME_MANAGER = "programme_manager", _("programme manager")
    PRESS = "press", _("press officer")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


P = Permission
_EVERYONE = {P.SEARCH, P.SEE_LISTS, P.SEE_PURPOSES}
_ANALYST = _EVERYONE | {
    P.SCREEN, P.SEE_SCREENINGS, P.SEE_ALERTS, P.ADJUDICATE, P.SEE_SUBJECTS, P.MANAGE_SUBJECTS, P.SEE_STATISTICS,
    P.EXPORT, P.SEE_COMPLAINTS, P.OWN_TOKENS,
}  # fmt: skip

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.ANALYST: frozenset(_ANALYST),
    Role.REVIEWER: frozenset(_ANALYST | {P.REVIEW}),
    Role.SUPERVISOR: frozenset(_ANALYST | {P.REVIEW, P.ASSIGN, P.END_EXEMPTIONS, P.HANDLE_COMPLAINTS, P.SEE_PEOPLE}),
    Role.INFORMATION_OFFICER: frozenset(_EVERYONE | {P.IMPORT_LISTS, P.SEE_COMPLAINTS, P.HANDLE_COMPLAINTS}),
    Role.PROGRAMME_MANAGER: frozenset(_EVERYONE | {P.SCREEN, P.SEE_SCREENINGS, P.SEE_STATISTICS, P.OWN_TOKENS}),
    Role.PRESS: frozenset(_EVERYONE),
    Role.ADMINISTRATOR: frozenset(
        _EVERYONE
        | {
            P.IMPORT_LISTS, P.MANAGE_LISTS, P.MANAGE_PURPOSES, P.MANAGE_RETENTION, P.MANAGE_WEBHOOKS, P.SEE_PEOPLE,
            P.MANAGE_PEOPLE, P.SEE_STATISTICS, P.OWN_TOKENS,
        }
    ),
    Role.AUDITOR: frozenset(
        _EVERYONE
        | {
            P.SEE_SCREENINGS, P.SEE_ALERTS, P.SEE_STATISTICS, P.EXPORT, P.SEE_COMPLAINTS, P.SEE_SUBJECTS, P.SEE_AUDIT,
            P.SEE_PEOPLE,
        }
    ),
}  # fmt: skip


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that the bearer of these roles may do."""
    return frozenset().union(*(MATRIX[role] for role in roles)) if roles else frozenset()
