"""All that is done to watched subjects and webhooks; each act checks who may and is audited.

Reach for `watch` with as many subjects as there are: those that stand as before cost a comparison and nothing else.
"""

import ipaddress
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from tahaluf.domain import InputError, Problem, Subject, Where
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.sealing import seal
from tahaluf.web.monitoring.models import NoticeKind, WatchedSubject, Webhook
from tahaluf.web.monitoring.pending import ask_pending
from tahaluf.web.review.alerts.plain import storable_text
from tahaluf.web.review.subjects import caption_of, digest_of, key_of, plain_subject
from tahaluf.web.review.tables.purposes import Purpose

PIECE = 500
LONGEST_ID = 120
TRIES = 3
MORE = ("birth_dates", "nationalities", "residences", "gender", "birth_places", "documents")


class Watched(NamedTuple):
    """How many subjects are new, changed, as before, and were passed over because they have no name or no identifier
    of at most `LONGEST_ID` characters, or one that another before them had."""

    added: int = 0
    changed: int = 0
    same: int = 0
    unusable: int = 0


def watch(by: User, register: str, purpose: Purpose, subjects: Iterable[Subject]) -> Watched:
    """Watch these from now on, in a register; one that is known by its identifier is replaced. Of two with the same
    identifier the first counts."""
    _allow(by, Permission.MANAGE_SUBJECTS)
    total = Watched()
    coming = iter(subjects)
    seen: set[str] = set()
    while piece := list(islice(coming, PIECE)):
        usable: dict[str, Subject] = {}
        for subject in piece:
            known_as = external_id(subject.id)
            if known_as and known_as not in seen and any(map(str.strip, subject.names)):
                usable[known_as] = subject
                seen.add(known_as)
        done = _watch_piece(by, register, purpose, usable)._replace(unusable=len(piece) - len(usable))
        total = Watched(*(a + b for a, b in zip(total, done, strict=True)))
    return total


def external_id(text: str) -> str:
    """An identifier as it is kept; empty where it is none, or longer than there is room for: cut, it might be that of
    somebody else."""
    kept = storable_text(text).strip()
    return kept if len(kept) <= LONGEST_ID else ""


def _watch_piece(by: User, register: str, purpose: Purpose, usable: Mapping[str, Subject]) -> Watched:
    """Once more where somebody else registers one of these at the same moment: it is known then."""
    for _ in range(TRIES - 1):
        try:
            return _store_piece(by, register, purpose, usable)
        except IntegrityError:
            continue
    return _store_piece(by, register, purpose, usable)


@transaction.atomic
def _store_piece(by: User, register: str, purpose: Purpose, usable: Mapping[str, Subject]) -> Watched:
    known = _known(register, usable)
    added, changed = [], []
    for known_as, subject in usable.items():
        fields = _fields(subject, purpose)
        watched = known.get(known_as)
        if watched is None:
            added.append(WatchedSubject(register=register, external_id=known_as, added_by=by.get_username(), **fields))
        elif _differs(watched, fields):
            for name, value in fields.items():
                setattr(watched, name, value)
            watched.changed_at = timezone.now()
            changed.append(watched)
    WatchedSubject.objects.bulk_create(added)
    WatchedSubject.objects.bulk_update(changed, [*_fields_kept(), "changed_at"])
    done = Watched(len(added), len(changed), len(usable) - len(added) - len(changed))
    if added or changed:
        ask_pending()
        record(by, "subjects.watched", ("register", register), added=len(added), changed=len(changed))
    return done


def _known(register: str, ids: Iterable[str]) -> dict[str, WatchedSubject]:
    known = WatchedSubject.objects.filter(register=register, external_id__in=list(ids))
    return {watched.external_id: watched for watched in known}


def _fields(subject: Subject, purpose: Purpose) -> dict[str, Any]:
    plain = plain_subject(subject)
    return {
        "purpose": purpose,
        "subject": plain,
        "subject_digest": digest_of(plain),
        "subject_key": key_of(plain),
        "caption": caption_of(plain),
        "names": "\n".join(" ".join(name.split()) for name in plain["names"]),
        "kind": plain["kind"],
        "tells_more": any(plain.get(name) for name in MORE),
        "active": True,
        "pending": True,
        "altered": True,
        "delete_on": None,
    }


def _fields_kept() -> list[str]:
    return [
        "purpose", "subject", "subject_digest", "subject_key", "caption", "names", "kind", "tells_more", "active",
        "pending", "altered", "delete_on",
    ]  # fmt: skip


def _differs(watched: WatchedSubject, fields: dict[str, Any]) -> bool:
    same = watched.subject_digest == fields["subject_digest"] and watched.purpose_id == fields["purpose"].pk
    return not (same and watched.active)


@transaction.atomic
def unwatch(by: User, register: str, external_ids: Sequence[str]) -> int:
    """Watch these no longer; they are deleted when their purpose's time is over."""
    _allow(by, Permission.MANAGE_SUBJECTS)
    count = 0
    for watched in WatchedSubject.objects.filter(
        register=register, external_id__in=external_ids, active=True
    ).select_related("purpose"):
        watched.active, watched.pending = False, False
        watched.delete_on = timezone.localdate() + timedelta(days=watched.purpose.keep_days)
        watched.save(update_fields=["active", "pending", "delete_on", "changed_at"])
        record(by, "subject.unwatched", ("watched", watched.pk))
        count += 1
    return count


@transaction.atomic
def add_webhook(by: User, url: str, kinds: Sequence[str], description: str = "") -> tuple[Webhook, str]:
    """An address to be told, and the secret that its messages are signed with. InputError for an address that is none,
    or is not safe."""
    _allow(by, Permission.MANAGE_WEBHOOKS)
    check_address(url)
    if unknown := set(kinds) - set(NoticeKind.values):
        raise InputError(Problem("web.webhook.kind", Where(field="kinds"), ", ".join(NoticeKind.values), str(unknown)))
    secret = secrets.token_urlsafe(32)
    webhook = Webhook.objects.create(
        url=url, kinds=list(kinds), description=description, sealed_secret=seal(secret),
        created_by=by.get_username(),
    )  # fmt: skip
    record(by, "webhook.added", ("webhook", webhook.pk), host=urlsplit(url).hostname or "", kinds=list(kinds))
    return webhook, secret


def check_address(url: str) -> None:
    """InputError unless the address is HTTPS, or HTTP on this machine; without a name and password in it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))
    if not is_safe or not host or parts.username or parts.password:
        raise InputError(Problem("web.webhook.address", Where(field="url"), "https://…", host or url[:80]))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@transaction.atomic
def set_webhook(by: User, webhook: Webhook, *, active: bool) -> None:
    """Start or stop telling an address."""
    _allow(by, Permission.MANAGE_WEBHOOKS)
    webhook.active = active
    webhook.save(update_fields=["active"])
    record(by, "webhook.set", ("webhook", webhook.pk), active=active)


@transaction.atomic
def remove_webhook(by: User, webhook: Webhook) -> None:
    """Forget an address and what waits for it."""
    _allow(by, Permission.MANAGE_WEBHOOKS)
    pk = webhook.pk
    webhook.delete()
    record(by, "webhook.removed", ("webhook", pk))


def _allow(by: User, permission: Permission) -> None:
    if not by.may(permission):
        raise PermissionDenied
