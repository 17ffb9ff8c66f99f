"""Appending to the audit log.

An entry is written in the transaction of what it tells of: both stand, or neither. Entries of one transaction are
appended together where there are many. Whoever appends holds the head of the log until the transaction ends: record
last, after every other row is held, lest two wait for each other.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.audit.models import AuditEntry, AuditHead

GENESIS = "0" * 64
SYSTEM = "system"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Actor(Protocol):
    """Whoever does something: a signed-in person, or a token's."""

    pk: Any

    def get_username(self) -> str: ...


class Act(NamedTuple):
    """What was done, to what; `details` are plain JSON values, never secrets."""

    action: str
    target_type: str = ""
    target_id: str = ""
    details: Mapping[str, Any] = {}


def record(actor: Actor | None, action: str, /, target: tuple[str, Any] = ("", ""), **details: Any) -> AuditEntry:
    """Append one entry; without an actor it was the system's own act."""
    return record_all(actor, [Act(action, target[0], str(target[1]), details)])[0]


def record_all(actor: Actor | None, acts: Iterable[Act]) -> list[AuditEntry]:
    """Append entries, in order."""
    with transaction.atomic():
        head = _locked_head()
        entries = []
        now = timezone.now()
        for act in acts:
            entry = _entry(head, actor, act, now)
            head.sequence, head.digest = entry.sequence, entry.digest
            entries.append(entry)
        AuditEntry.objects.bulk_create(entries, batch_size=500)
        head.save(update_fields=["sequence", "digest"])
    return entries


def _locked_head() -> AuditHead:
    if (head := AuditHead.objects.select_for_update().filter(pk=1).first()) is None:
        AuditHead.objects.get_or_create(pk=1, defaults={"digest": GENESIS})
        head = AuditHead.objects.select_for_update().get(pk=1)
    return head


def _entry(head: AuditHead, actor: Actor | None, act: Act, now: datetime) -> AuditEntry:
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=now,
        actor=_storable(actor.get_username())[:150] if actor else SYSTEM,
        actor_id=actor.pk if actor else None,
        action=act.action,
        target_type=act.target_type,
        target_id=_storable(act.target_id)[:200],
        details=_plain(act.details),
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    return entry


def digest_of(entry: AuditEntry) -> str:
    """The SHA-256, in hex, of an entry's canonical bytes: JSON with sorted keys, times in UTC to the microsecond."""
    told = {
        "sequence": entry.sequence,
        "at": (entry.at - EPOCH) // MICROSECOND,
        "actor": entry.actor,
        "actor_id": entry.actor_id,
        "action": entry.action,
        "target_type": entry.target_type,
        "target_id": entry.target_id,
        "details": entry.details,
        "previous": entry.previous,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """The value as every database gives it back: PostgreSQL keeps no NUL, and writes 2e3 as 2000."""
    if isinstance(value, Mapping):
        return {_storable(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return _storable(value) if isinstance(value, str) else value


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
