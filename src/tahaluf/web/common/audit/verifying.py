"""Whether the audit log is whole: every entry there, in its place, as it was written.

What the walk cannot see is an end that was cut off together with the head, or a log written anew from its beginning:
for that a head that was noted elsewhere is held against it (`Anchor`).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tahaluf.web.common.audit.models import AuditEntry, AuditHead
from tahaluf.web.common.audit.services import GENESIS, digest_of

CHUNK = 1_000


class Fault(StrEnum):
    """What is wrong with the first broken entry."""

    MISSING = "missing"
    ALTERED = "altered"
    UNLINKED = "unlinked"
    CUT = "cut"
    UNCOUNTED = "uncounted"
    OTHER = "other"


class Anchor(NamedTuple):
    """The last entry at some moment, as whoever keeps it elsewhere wrote it down."""

    sequence: int
    digest: str


class Verdict(NamedTuple):
    """`fault` and the sequence of the entry that it was found at, if any; otherwise the head is what was found."""

    entries: int
    head: Anchor
    fault: Fault | None = None
    at: int = 0


def verify(anchor: Anchor | None = None) -> Verdict:
    """Walk the whole log, a thousand entries in memory at a time, while it may be appended to."""
    last = Anchor(0, GENESIS)
    while True:
        head = _head()
        for entry in _entries(last.sequence, head.sequence):
            if (fault := _fault(entry, last)) is not None:
                at = last.sequence + 1 if fault is Fault.MISSING else entry.sequence
                return Verdict(last.sequence, last, fault, at)
            last = Anchor(entry.sequence, entry.digest)
            if anchor and last.sequence == anchor.sequence and last.digest != anchor.digest:
                return Verdict(last.sequence, last, Fault.OTHER, last.sequence)
        if _head() == head:
            return _at_the_end(last, head, anchor)


def _at_the_end(last: Anchor, head: Anchor, anchor: Anchor | None) -> Verdict:
    if last.sequence < max(head.sequence, anchor.sequence if anchor else 0):
        return Verdict(last.sequence, last, Fault.CUT, last.sequence + 1)
    if last.digest != head.digest:
        return Verdict(last.sequence, last, Fault.UNLINKED, last.sequence)
    if AuditEntry.objects.filter(sequence__gt=head.sequence).exists() and _head() == head:
        return Verdict(last.sequence, last, Fault.UNCOUNTED, head.sequence + 1)
    return Verdict(last.sequence, last)


def _head() -> Anchor:
    head = AuditHead.objects.filter(pk=1).first()
    return Anchor(head.sequence, head.digest) if head else Anchor(0, GENESIS)


def _entries(after: int, until: int) -> Iterator[AuditEntry]:
    while after < until:
        within = AuditEntry.objects.filter(sequence__gt=after, sequence__lte=until)
        chunk = list(within.order_by("sequence")[:CHUNK])
        if not chunk:
            return
        yield from chunk
        after = chunk[-1].sequence


def _fault(entry: AuditEntry, last: Anchor) -> Fault | None:
    if entry.sequence != last.sequence + 1:
        return Fault.MISSING
    if digest_of(entry) != entry.digest:
        return Fault.ALTERED
    return None if entry.previous == last.digest else Fault.UNLINKED
