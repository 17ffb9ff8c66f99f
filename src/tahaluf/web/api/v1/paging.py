"""Pages by cursor: each begins behind the last row of the one before, however much was added meanwhile.

page(find_alerts(…), cursor, limit, "alerts", show)
"""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from tahaluf.web.api.faults import Refused

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
MOST = 200
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def page(
    rows: QuerySet[Row], cursor: str | None, limit: int, name: str, show: Callable[[Row], dict[str, Any]], *,
    newest_first: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """`items`, and `next` where there is more. Rows have whole numbers for keys and are ordered by them."""
    if cursor:
        key = read_cursor(cursor, name)
        rows = rows.filter(pk__lt=key) if newest_first else rows.filter(pk__gt=key)
    found = list(rows.order_by("-pk" if newest_first else "pk")[: limit + 1])
    shown = found[:limit]
    return {
        "items": [show(row) for row in shown],
        "next": make_cursor(shown[-1].pk, name) if len(found) > limit else None,
    }


def slice_of(rows: Sequence[Item], cursor: str | None, limit: int, name: str) -> dict[str, Any]:
    """The same of rows that can be counted; of a sequence that reads what it is asked for, no more is read."""
    start = read_cursor(cursor, name) if cursor else 0
    stop = start + limit
    return {"items": rows[start:stop], "next": make_cursor(stop, name) if stop < len(rows) else None}


def make_cursor(key: int, name: str) -> str:
    """Opaque to whoever gets it."""
    return base64.urlsafe_b64encode(f"{name}:{key}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, name: str) -> int:
    """The key; Refused (400) where the cursor is not one of this list."""
    try:
        told, _, key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().rpartition(":")
    except (binascii.Error, ValueError) as broken:
        raise Refused(400, "api.cursor", field="cursor", found=cursor[:40]) from broken
    if told != name or not NUMBER.fullmatch(key):
        raise Refused(400, "api.cursor", field="cursor", found=cursor[:40])
    return int(key)
