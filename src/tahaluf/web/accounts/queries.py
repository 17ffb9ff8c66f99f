"""Reading who works here."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, QuerySet

from tahaluf.web.accounts.models import ApiToken, User
from tahaluf.web.accounts.permissions import MATRIX, Permission, Role


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the table of who may what."""

    permission: Permission
    allowed: tuple[bool, ...]


def people() -> QuerySet[User]:
    """Everyone, with `second_factor` and `last_seen_at`; who may sign in first, then by name. Roles cost no query
    for each."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 (its models come after ours)

    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return (
        User.objects.annotate(second_factor=Exists(totp), last_seen_at=Max("usersession__last_seen_at"))
        .prefetch_related("grants")
        .order_by("-is_active", "username")
    )


def last_seen(user: User) -> datetime | None:
    """When someone of `people()` last did something here."""
    times = [moment for moment in (getattr(user, "last_seen_at", None), user.last_login) if moment]
    return max(times, default=None)


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """A person's tokens for programs, newest first."""
    return user.tokens.order_by("-created_at")


def duties() -> list[Duty]:
    """The table of who may what, a row for each permission, in the order of `Role`."""
    return [Duty(p, tuple(p in MATRIX[role] for role in Role)) for p in Permission]


def has_second_factor(user: User) -> bool:
    """Whether the person has set one up."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 (its models come after ours)

    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())
