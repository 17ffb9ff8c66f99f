"""Who the members are, with which keys, roles and purposes, in which groups, since when and until when.

`parse_registry` reads the file that a threshold of members signed; `Registry` answers for a time. See
`spec/exchange/registry.md`.
"""

from tahaluf.exchange.registry.history import check_history
from tahaluf.exchange.registry.parse import parse_registry, write_registry
from tahaluf.exchange.registry.roster import Group, GroupTerm, Key, KeyUse, Member, Registry, Role, Term

__all__ = [
    "Group",
    "GroupTerm",
    "Key",
    "KeyUse",
    "Member",
    "Registry",
    "Role",
    "Term",
    "check_history",
    "parse_registry",
    "write_registry",
]
