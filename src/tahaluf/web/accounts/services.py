"""Changing who works here and what they may: people, roles, access; tokens and links from their own modules.

Each act is in the audit log, by whoever did it; without one, the desk itself did it (its first administrator, its
command line).
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.accounts.invitations import accept_invitation, find_invitation, invite
from tahaluf.web.accounts.models import RoleGrant, User
from tahaluf.web.accounts.permissions import Role, clashing
from tahaluf.web.accounts.tokens import find_token, forget_tokens, make_token, revoke_token
from tahaluf.web.common.audit.services import SYSTEM, record

__all__ = [
    "accept_invitation", "change_details", "create_person", "deactivate", "end_sessions", "find_invitation",
    "find_token", "first_administrator", "invite", "make_token", "reactivate", "reset_second_factor", "revoke_token",
    "save_preferences", "set_roles",
]  # fmt: skip

FIRST = "administrator"
JOINERS = "\u200c\u200d"
PREFERENCES = ("language", "region", "time_zone", "arabic_digits", "theme")
DETAILS = ("first_name", "last_name", "email", "office")


def create_person(username: str, *, by: User | None, roles: Iterable[Role | str] = (), **details: str) -> User:
    """A person with these roles and `details` (first_name, last_name, email, office), without a password: `invite`
    makes the link to set one. Refused are a name that differs from another's only in case, and the one by which the
    audit log tells of the desk's own acts."""
    user = User(username=clean_text(username).lower(), **_known(details))
    user.set_unusable_password()
    if user.username == SYSTEM or User.objects.filter(username__iexact=user.username).exists():
        raise InputError(Problem("web.person_exists", Where(field="username"), "", user.username))
    _check(user)
    with transaction.atomic():
        _lock_administrators()
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError as taken:
            raise InputError(Problem("web.person_exists", Where(field="username"), "", user.username)) from taken
        record(by, "person.created", ("person", user.pk), username=user.username)
        set_roles(user, roles, by)
    return user


def change_details(user: User, by: User, **details: str) -> None:
    """What the person is called and where they work."""
    new = _known(details)
    changed = sorted(name for name, value in new.items() if getattr(user, name) != value)
    for name in changed:
        setattr(user, name, new[name])
    _check(user)
    if changed:
        with transaction.atomic():
            user.save(update_fields=changed)
            record(by, "person.changed", ("person", user.pk), fields=changed)


def save_preferences(user: User, **chosen: Any) -> None:
    """How the person wants the desk to be: language, region, time_zone, arabic_digits, theme."""
    if unknown := set(chosen) - set(PREFERENCES):
        raise TypeError(f"not a preference: {', '.join(sorted(unknown))}")
    for name, value in chosen.items():
        setattr(user, name, value)
    user.save(update_fields=sorted(chosen))


def set_roles(user: User, roles: Iterable[Role | str], by: User | None) -> None:
    """These and no other roles. Nobody changes their own; the last administrator stays one; duties stay apart
    (`permissions.APART`)."""
    wanted = frozenset(Role(role) for role in roles)
    if clash := clashing(wanted):
        raise InputError(Problem("web.roles_apart", Where(field="roles"), "", ", ".join(sorted(clash))))
    with transaction.atomic():
        _lock_administrators()
        had = {Role(role) for role in RoleGrant.objects.filter(user=user).values_list("role", flat=True)}
        given, taken = sorted(wanted - had), sorted(had - wanted)
        if not given and not taken:
            return
        if by is not None and by.pk == user.pk:
            raise InputError(Problem("web.own_roles", Where(field="roles")))
        if Role.ADMINISTRATOR in taken:
            _refuse_loss(user)
        user.grants.filter(role__in=taken).delete()
        name = by.get_username() if by else ""
        RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, granted_by=name) for role in given)
        record(by, "person.roles", ("person", user.pk), username=user.username, given=given, taken=taken)
    _forget(user)


def deactivate(user: User, by: User | None) -> None:
    """The person is out at once: sessions and open links end, tokens open nothing. What they did stays."""
    with transaction.atomic():
        _lock_administrators()
        if by is not None and by.pk == user.pk:
            raise InputError(Problem("web.own_account", Where(field="person")))
        if user.grants.filter(role=Role.ADMINISTRATOR).exists():
            _refuse_loss(user)
        if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            user.invitations.filter(used_at=None).delete()
            _end_sessions(user)
            record(by, "person.deactivated", ("person", user.pk), username=user.username)
    user.is_active = False
    _forget(user)


def reactivate(user: User, by: User | None) -> None:
    """The person may sign in again, with the roles of before; tokens that were not revoked open again."""
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            record(by, "person.reactivated", ("person", user.pk), username=user.username)
    user.is_active = True
    _forget(user)


def end_sessions(user: User, by: User | None) -> None:
    """Signs the person out everywhere."""
    with transaction.atomic():
        _end_sessions(user)
        record(by, "person.signed_out", ("person", user.pk), username=user.username)


def reset_second_factor(user: User, by: User) -> None:
    """Takes away the second factor of someone who lost it, and signs them out; nobody does so for themselves here."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 (its models come after ours)

    if by.pk == user.pk:
        raise InputError(Problem("web.own_account", Where(field="person")))
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        _end_sessions(user)
        record(by, "person.second_factor_reset", ("person", user.pk), username=user.username)


def first_administrator() -> str | None:
    """Where nobody works yet: makes the person `administrator`, and returns the path of a link to set the password.
    Where that one alone is there and never set one, a new link; otherwise nothing."""
    if not User.objects.exists():
        try:
            return invite(create_person(FIRST, by=None, roles=[Role.ADMINISTRATOR]), None)
        except InputError:  # another process was faster
            return None
    alone = list(User.objects.all()[:2])
    if len(alone) == 1 and alone[0].username == FIRST and not alone[0].has_usable_password():
        return invite(alone[0], None)
    return None


def clean_text(text: str) -> str:
    """A line as typed, without control and direction characters; those that join letters stay."""
    kept = "".join(" " if c in "\t\r\n" else c for c in text if c in "\t\r\n" + JOINERS or not _is_control(c))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _check(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as wrong:
        field = next(iter(wrong.message_dict))
        raise InputError(
            Problem("web.person_detail", Where(field=field), "", str(getattr(user, field))[:60])
        ) from wrong


def _known(details: dict[str, str]) -> dict[str, str]:
    if unknown := set(details) - set(DETAILS):
        raise TypeError(f"not a detail of a person: {', '.join(sorted(unknown))}")
    return {name: clean_text(value) for name, value in details.items()}


def _lock_administrators() -> None:
    """Two administrators who remove each other at once: the second waits, and sees what the first did."""
    list(RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk"))


def _refuse_loss(user: User) -> None:
    others = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exclude(user=user)
    if user.is_active and not others.exists():
        raise InputError(Problem("web.last_administrator", Where(field="roles")))


def _end_sessions(user: User) -> None:
    # The number is part of what every session is checked against, whatever keeps the sessions.
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def _forget(user: User) -> None:
    for name in ("roles", "permissions"):
        user.__dict__.pop(name, None)
    getattr(user, "_prefetched_objects_cache", {}).pop("grants", None)
    forget_tokens()
