"""Names of members, groups, audiences and logs, with the one grammar that `spec/exchange` gives each."""

import re

from tahaluf.exchange.errors import refuse

LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
MEMBER = re.compile(rf"(?=.{{3,63}}\Z){LABEL}(?:\.{LABEL})*")
GROUP = re.compile(rf"(?=.{{2,32}}\Z){LABEL}")
GROUP_VERSION = re.compile(rf"(?P<group>(?=[^@]{{2,32}}@){LABEL})@(?P<version>[1-9][0-9]{{0,5}})")
AUDIENCE = re.compile(r"[0-9a-f]{64}")
ORIGIN = re.compile(r"(?P<author>[^/\n]+)/log/1/(?P<audience>[^/\n]+)")
INDEX = re.compile(r"(?P<author>[^/\n]+)/index/1/(?P<receiver>[^/\n]+)")


def is_member_id(text: object) -> bool:
    """`interior.azmar.example`: 3 to 63 characters, labels joined by dots."""
    return isinstance(text, str) and MEMBER.fullmatch(text) is not None


def is_group_id(text: object) -> bool:
    return isinstance(text, str) and GROUP.fullmatch(text) is not None


def is_group_version(text: object) -> bool:
    """`sahel@4`."""
    return isinstance(text, str) and GROUP_VERSION.fullmatch(text) is not None


def split_group_version(text: str) -> tuple[str, int]:
    """`sahel@4` → `sahel`, 4; ExchangeError (`exchange.record.marking`) for any other form."""
    found = GROUP_VERSION.fullmatch(text)
    if not found:
        raise refuse("exchange.record.marking", "a group at a version", text, "groups")
    return found["group"], int(found["version"])


def log_origin(author: str, audience: str) -> str:
    """The origin line of the log of an author for an audience id."""
    return checked(f"{author}/log/1/{audience}")


def checked(origin: str) -> str:
    split_origin(origin)
    return origin


def split_origin(origin: str) -> tuple[str, str]:
    """Author and audience id; ExchangeError (`exchange.log.origin`) for any other form."""
    found = ORIGIN.fullmatch(origin)
    if not found or not is_member_id(found["author"]) or not AUDIENCE.fullmatch(found["audience"]):
        raise refuse("exchange.log.origin", "member/log/1/audience id", origin)
    return found["author"], found["audience"]


def index_origin(author: str, receiver: str) -> str:
    """The origin line of an author's index note for a receiver."""
    origin = f"{author}/index/1/{receiver}"
    split_index_origin(origin)
    return origin


def split_index_origin(origin: str) -> tuple[str, str]:
    """Author and receiver; ExchangeError (`exchange.index.origin`) for any other form."""
    found = INDEX.fullmatch(origin)
    if not found or not is_member_id(found["author"]) or not is_member_id(found["receiver"]):
        raise refuse("exchange.index.origin", "member/index/1/member", origin)
    return found["author"], found["receiver"]
