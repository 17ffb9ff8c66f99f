"""Whether a file is one of FIN messages, by its beginning."""

import re

_PADDING = rb"[\s\x00\x01\x03$]*"
# A header: its application (F, A, L), service and terminal; where it is damaged, blocks that only FIN has.
_HEADER = re.compile(_PADDING + rb"\{1:\s*[FAL]\d\d[A-Za-z0-9]{7}")
_APPLICATION = re.compile(rb"\{2:\s*[IO]\d{3}[A-Za-z0-9]{8}")
_TEXT = re.compile(rb"\{4:\s*(?::\d\d[A-Za-z]?:|\{\d{3}:)")
# A text without headers: its reference, and another field within a few lines.
_BARE = re.compile(
    _PADDING + rb"(?::9\d\d:\s*)?:20:[^\r\n]{1,35}[\r\n]+(?:[^:\r\n][^\r\n]*[\r\n]+){0,3}:\d\d[A-Za-z]?:"
)
# What is left of a text whose beginning is lost.
_FIELDS = re.compile(_PADDING + rb"(?::\d\d[A-Za-z]?:[^\r\n]+[\r\n]+(?:[^:\r\n][^\r\n]*[\r\n]+){0,3}){3}")
_FRAMED = re.compile(_PADDING + rb"\{4:\s*:20:[^\r\n]{1,35}[\r\n]+:\d\d[A-Za-z]?:")
NEAR = 2048
LEAD = 80


def recognizes(head: bytes) -> bool:
    """Whether a file that begins like this holds FIN messages, with their blocks or as bare texts."""
    head = head[:NEAR].removeprefix(b"\xef\xbb\xbf")
    if _HEADER.match(head) or _BARE.match(head) or _FIELDS.match(head) or _FRAMED.match(head):
        return True
    found = _APPLICATION.search(head)
    if found is None or found.start() > LEAD or _TEXT.search(head, found.end()) is None:
        return False
    return head.count(b'"', 0, found.start()) == 0 and b"<" not in head[: found.start()]
