"""The second check, where bytes leave: it reads the marking out of the very bytes, and shares no code with the first.

Plain JSON, plain comparisons: whoever makes a mistake in `marking`, `registry` or `egress` does not make it here too.
See `spec/exchange/egress.md`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

# Of each group at a version ("sahel@4"): the members who have it now.
Groups = Mapping[str, frozenset[str]]


def releases(record: bytes, receiver: str, groups: Groups, now: datetime) -> bool:
    """Whether the bytes of a record say that this receiver may have them now. False for whatever is not understood."""
    try:
        told = json.loads(record)
        [extension] = told["extensions"].values()
        return _is_for(extension["marking"], receiver, groups) and _is_in_time(told, extension, now)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _is_for(marking: dict[str, Any], receiver: str, groups: Groups) -> bool:
    members, named_groups = marking["members"], marking["groups"]
    if not isinstance(members, list) or not isinstance(named_groups, list):
        return False
    return receiver in members or any(receiver in groups.get(group, frozenset()) for group in named_groups)


def _is_in_time(told: dict[str, Any], extension: dict[str, Any], now: datetime) -> bool:
    """A withdrawal always is, if it tells of nobody."""
    if told.get("revoked") is True:
        return "entities" not in extension and told["name"] == "withdrawn"
    expires = extension["marking"]["expires_at"]
    return expires is None or now < datetime.fromisoformat(expires)
