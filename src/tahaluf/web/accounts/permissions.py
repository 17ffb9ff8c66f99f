"""Who may do what: one table, read by every view and tested on every route.

Duties are kept apart: who runs the desk decides on no alert; who audits changes nothing.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    SEARCH = "search", _("search the lists")
    SEE_LISTS = "see_lists", _("see the lists and their versions")
    IMPORT_LISTS = "import_lists", _("import lists")
    MANAGE_LISTS = "manage_lists", _("set up lists and collections")
    SCREEN = "screen", _("screen names and files")
    SEE_SCREENINGS = "see_screenings", _("see screenings")
    SEE_ALERTS = "see_alerts", _("see alerts")
    ADJUDICATE = "adjudicate", _("decide on alerts")
    REVIEW = "review", _("decide second, after another person")
    ASSIGN = "assign", _("assign alerts")
    END_EXEMPTIONS = "end_exemptions", _("end exemptions")
    SEE_PURPOSES = "see_purposes", _("see purposes and thresholds")
    MANAGE_PURPOSES = "manage_purposes", _("set purposes and thresholds")
    MANAGE_RETENTION = "manage_retention", _("set how long data is kept")
    SEE_STATISTICS = "see_statistics", _("see statistics")
    EXPORT = "export", _("export reports")
    SEE_COMPLAINTS = "see_complaints", _("see complaints")
    HANDLE_COMPLAINTS = "handle_complaints", _("handle complaints")
    SEE_SUBJECTS = "see_subjects", _("see watched subjects")
    MANAGE_SUBJECTS = "manage_subjects", _("register watched subjects")
    MANAGE_WEBHOOKS = "manage_webhooks", _("set up webhooks")
    MANAGE_OFFICE = "manage_office", _("set the name and address of the office")
    SEE_AUDIT = "see_audit", _("read the audit log")
    SEE_PEOPLE = "see_people", _("see who works here")
    MANAGE_PEOPLE = "manage_people", _("create people, give and take roles")
    OWN_TOKENS = "own_tokens", _("have tokens for programs")


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
            P.MANAGE_PEOPLE, P.MANAGE_OFFICE, P.SEE_STATISTICS, P.OWN_TOKENS,
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


# Roles that one person does not have together: who runs the desk decides on no alert, who audits does nothing else.
_DECIDING = frozenset({Role.ANALYST, Role.REVIEWER, Role.SUPERVISOR})
APART: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: _DECIDING | {Role.AUDITOR},
    Role.AUDITOR: frozenset(Role) - {Role.AUDITOR},
}


def clashing(roles: frozenset[Role]) -> frozenset[Role]:
    """Of these roles, those that must not be one person's together."""
    pairs = [{role, other} for role in roles for other in APART.get(role, frozenset()) & roles]
    return frozenset().union(*pairs)


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that the bearer of these roles may do."""
    return frozenset().union(*(MATRIX[role] for role in roles)) if roles else frozenset()
