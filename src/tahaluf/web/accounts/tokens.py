"""Programs' tokens: made, found again by what a request carries, revoked.

Finding is on the way of every request of the API: what was found is kept in the process for `KEPT_SECONDS`, so a busy
client costs no query. A revocation, a changed role or a deactivation takes effect at once in the process in which it is
done, and in all others within that time.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Collection, Iterable
from datetime import timedelta
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.accounts.models import ApiToken, Scope, User
from tahaluf.web.accounts.ports import purposes
from tahaluf.web.common.audit.services import record

START = "thl_"
KEPT_SECONDS = 10.0
NOTED_EVERY = timedelta(minutes=1)
MOST_DAYS = 366
MOST_KEPT = 1024
NAME_LENGTH = 80


class _Kept(NamedTuple):
    token: ApiToken
    until: float


_KEPT: OrderedDict[str, _Kept] = OrderedDict()
_LOCK = Lock()


def make_token(
    owner: User, name: str, scopes: Iterable[str], days: int, *, purpose: str = "", other_purposes: Iterable[str] = ()
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is told this once and kept nowhere. One that may match has a purpose."""
    asked = sorted(set(scopes))
    if not asked or not set(asked) <= set(Scope.values):
        raise InputError(Problem("web.token_scopes", Where(field="scopes"), ", ".join(Scope.values), ", ".join(asked)))
    if not 1 <= days <= MOST_DAYS:
        raise InputError(Problem("web.token_days", Where(field="days"), f"1–{MOST_DAYS}", str(days)))
    others = sorted({*other_purposes} - {purpose})
    _check_purposes(asked, purpose, others)
    secret = START + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            owner=owner,
            name=" ".join(name.split())[:NAME_LENGTH],
            prefix=secret[:12],
            digest=digest_of(secret),
            scopes=asked,
            purpose=purpose,
            other_purposes=others,
            expires_at=timezone.now() + timedelta(days=days),
        )
        told = {"name": token.name, "scopes": asked, "days": days, "purposes": token.purposes}
        record(owner, "token.made", ("token", token.pk), **told)
    return token, secret


def _check_purposes(scopes: Collection[str], purpose: str, others: Collection[str]) -> None:
    """InputError where a token that may match has no purpose, or any of its purposes is none that is in use."""
    wanted = {purpose, *others} if purpose or others or Scope.MATCH in scopes else set()
    known = {choice.slug for choice in purposes()} if wanted else set()
    if unknown := wanted - known:
        field = "purpose" if purpose in unknown else "other_purposes"
        expected = ", ".join(sorted(known)) or "–"
        raise InputError(Problem("web.token_purpose", Where(field=field), expected, ", ".join(sorted(unknown))))


def find_token(secret: str) -> ApiToken | None:
    """The token of this secret, with its owner, unless expired, revoked or of someone who is no longer active. The
    object is shared between requests: read it, never change it."""
    if not secret.startswith(START) or len(secret) > 100:
        return None
    digest = digest_of(secret)
    token = _kept(digest) or _load(digest)
    if token is None or (token.expires_at is not None and token.expires_at <= timezone.now()):
        return None
    _note_use(token)
    return token


def revoke_token(token: ApiToken, by: User) -> None:
    """The token opens nothing any more; doing so again changes nothing."""
    with transaction.atomic():
        now = timezone.now()
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
            record(by, "token.revoked", ("token", token.pk), name=token.name, owner=token.owner.get_username())
    forget_tokens()


def forget_tokens() -> None:
    """What this process kept of tokens and their owners' permissions is looked up anew."""
    with _LOCK:
        _KEPT.clear()


def digest_of(secret: str) -> str:
    """The SHA-256 in hex: a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _kept(digest: str) -> ApiToken | None:
    with _LOCK:
        kept = _KEPT.get(digest)
    return kept.token if kept is not None and monotonic() < kept.until else None


def _load(digest: str) -> ApiToken | None:
    # The time counts from before the query: what is revoked meanwhile is not kept for longer.
    until = monotonic() + KEPT_SECONDS
    token = ApiToken.objects.select_related("owner").filter(digest=digest, revoked_at=None).first()
    if token is None or not hmac.compare_digest(token.digest, digest) or not token.owner.is_active:
        return None
    token.owner.may()  # reads the roles now, so that no later request asks for them
    with _LOCK:
        _KEPT[digest] = _Kept(token, until)
        _KEPT.move_to_end(digest)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    return token


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        token.last_used_at = now
        unnoted = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
