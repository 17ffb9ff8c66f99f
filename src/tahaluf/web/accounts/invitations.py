"""Links that let their bearer set a password: once, within 48 hours, the newest only."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.accounts.models import Invitation, User
from tahaluf.web.accounts.tokens import digest_of
from tahaluf.web.common.audit.services import record

VALID_FOR = timedelta(hours=48)


def invite(user: User, by: User | None) -> str:
    """The path of a new link for this person; it is told this once. An older one is dead from now on."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        _end_open(user)
        Invitation.objects.create(
            user=user,
            digest=digest_of(token),
            created_by=by.get_username() if by else "",
            expires_at=now + VALID_FOR,
        )
        record(by, "person.invited", ("person", user.pk), username=user.get_username())
    return reverse("accounts:invitation", args=[token])


def find_invitation(token: str) -> Invitation | None:
    """The link of this token, while it may still be used."""
    if len(token) > 100:
        return None
    return (
        Invitation.objects.select_related("user")
        .filter(digest=digest_of(token), used_at=None, expires_at__gt=timezone.now(), user__is_active=True)
        .first()
    )


def accept_invitation(token: str, password: str) -> User:
    """Sets the password and ends the link, and every session there is of the person. Raises InputError
    (`web.invitation`) for a link that is unknown, used or too old, Django's ValidationError for a password against
    the rules."""
    invitation = find_invitation(token)
    if invitation is None:
        raise InputError(Problem("web.invitation", Where(field="link")))
    user = invitation.user
    validate_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        now = timezone.now()
        # Two who send the same link at once: one of them finds it used.
        if not Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=now).update(used_at=now):
            raise InputError(Problem("web.invitation", Where(field="link")))
        user.save(update_fields=["password"])
        record(user, "person.password_set", ("person", user.pk), by_link=True)
    return user


def _end_open(user: User) -> None:
    now = timezone.now()
    Invitation.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
