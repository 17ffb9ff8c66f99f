"""Makes this folder an app of Django and, when the desk starts, ties in people, roles and tokens."""

from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings

from tahaluf.domain import InputError, Problem, Where

SWEEP = "accounts.sweep"


class AccountsConfig(AppConfig):
    name = "tahaluf.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from tahaluf.web.accounts import acts, sessions
        from tahaluf.web.common.audit import words
        from tahaluf.web.common.jobs.scheduling import schedule
        from tahaluf.web.common.jobs.services import register

        check_roles(settings.ENVIRONMENT.second_factor)
        connect()
        register(SWEEP, lambda _running: sessions.sweep())
        schedule(SWEEP, timedelta(days=1))
        words.register(acts.ACTIONS, acts.THINGS)


def check_roles(named: tuple[str, ...]) -> None:
    """A misspelled role would ask nobody for a second factor, without a word."""
    from tahaluf.web.accounts.permissions import Role

    if unknown := set(named) - set(Role.values):
        place = Where(field="TAHALUF_SECOND_FACTOR")
        raise InputError(Problem("web.setting", place, ", ".join(Role.values), ", ".join(sorted(unknown))))


def connect() -> None:
    """What the libraries tell of signing in goes to the session and to the audit log."""
    from allauth.account import signals as account
    from allauth.mfa import signals as mfa
    from django.contrib.auth import signals as auth

    from tahaluf.web.accounts import journal, sessions

    auth.user_logged_in.connect(sessions.begin)
    account.user_logged_in.connect(journal.note_login)
    auth.user_logged_out.connect(journal.note_logout)
    auth.user_login_failed.connect(journal.note_failure)
    account.password_changed.connect(journal.note_password)
    mfa.authenticator_added.connect(journal.note_added)
    mfa.authenticator_removed.connect(journal.note_removed)
    mfa.authentication_failed.connect(journal.note_wrong_code)
