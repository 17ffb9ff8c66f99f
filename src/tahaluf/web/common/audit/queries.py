"""Reading the audit log: filtered, newest first, a page or all of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from tahaluf.web.common.audit.models import AuditEntry

PAGE = 50
CHUNK = 1_000
ACTIONS = """
    WITH RECURSIVE known(action) AS (
        SELECT MIN(action) FROM common_auditentry
        UNION ALL
        SELECT (SELECT MIN(entry.action) FROM common_auditentry entry WHERE entry.action > known.action)
        FROM known WHERE known.action IS NOT NULL
    )
    SELECT action FROM known WHERE action IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; an empty field asks nothing. `action` is a code, or the beginning of several up to its dot
    (`alert.`); `since` and `until` are days, UTC, both included."""

    actor: str = ""
    action: str = ""
    target_type: str = ""
    target_id: str = ""
    since: date | None = None
    until: date | None = None

    def told(self) -> Mapping[str, str]:
        """What is asked for, as plain values."""
        fields = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: str(value) for name, value in fields if value}


class Page(NamedTuple):
    """Entries, and the sequence before which the next page begins."""

    entries: list[AuditEntry]
    next: int | None


def find(wanted: Filter, *, before: int | None = None, limit: int = PAGE) -> Page:
    """The newest entries before a sequence. Costs the same on every page."""
    found = _filtered(wanted)
    if before is not None:
        found = found.filter(sequence__lt=before)
    entries = list(found[: limit + 1])
    return Page(entries[:limit], entries[limit - 1].sequence if len(entries) > limit else None)


def walk(wanted: Filter) -> Iterator[AuditEntry]:
    """All entries, newest first; in pieces, so that no transaction stays open while somebody downloads slowly."""
    before: int | None = None
    while True:
        page = find(wanted, before=before, limit=CHUNK)
        yield from page.entries
        if (before := page.next) is None:
            return


def actions() -> list[str]:
    """The codes of what was ever done: from one to the next by the index, for the log grows with every page seen."""
    with connection.cursor() as cursor:
        cursor.execute(ACTIONS)
        return [action for (action,) in cursor.fetchall()]


def _filtered(wanted: Filter) -> QuerySet[AuditEntry]:
    asked: dict[str, Any] = {
        name: getattr(wanted, name) for name in ("actor", "target_type", "target_id") if getattr(wanted, name)
    }
    if wanted.action:
        asked["action__startswith" if wanted.action.endswith(".") else "action"] = wanted.action
    if wanted.since:
        asked["at__gte"] = datetime.combine(wanted.since, time.min, UTC)
    if wanted.until:
        asked["at__lte"] = datetime.combine(wanted.until, time.max, UTC)
    return AuditEntry.objects.filter(**asked).order_by("-sequence")
