"""Signing in and out, and what people do to their own access, in the audit log.

These come as signals of the libraries that do them; nothing is decided here.
"""

from typing import Any

from django.http import HttpRequest

from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.services import record


def note_login(sender: object, request: HttpRequest, user: User, **more: Any) -> None:
    record(user, "session.began", ("person", user.pk))


def note_logout(sender: object, request: HttpRequest, user: User | None, **more: Any) -> None:
    if user is not None:
        record(user, "session.ended", ("person", user.pk))


def note_failure(sender: object, credentials: dict[str, Any], **more: Any) -> None:
    """Only names of people who work here: what others type may be a password in the wrong field."""
    user = User.objects.filter(username__iexact=str(credentials.get("username", ""))[:150]).first()
    if user is not None:
        record(None, "session.refused", ("person", user.pk), username=user.username)
    else:
        record(None, "session.refused")


def note_password(sender: object, request: HttpRequest, user: User, **more: Any) -> None:
    record(user, "person.password_set", ("person", user.pk), by_link=False)


def note_second_factor(sender: object, request: HttpRequest, user: User, **more: Any) -> None:
    kind = getattr(more.get("authenticator"), "type", "")
    record(user, f"person.second_factor_{more['what']}", ("person", user.pk), kind=kind)


def note_added(sender: object, **more: Any) -> None:
    note_second_factor(sender, what="added", **more)


def note_removed(sender: object, **more: Any) -> None:
    note_second_factor(sender, what="removed", **more)


def note_wrong_code(sender: object, **more: Any) -> None:
    note_second_factor(sender, what="refused", **more)
