"""Which reader a file is for, told by its beginning; what none of them knows is a table."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pyarrow as pa

from tahaluf.messages import interchange, mrz, mt, pnrgov
from tahaluf.messages.iso20022.read import is_iso20022, read_iso20022
from tahaluf.messages.request import Request


class MessageFormat(NamedTuple):
    """A format of messages: whether the first bytes of a file (at most `content.HEAD`) are of it, and its reader.

    `read` gives batches in `SUBJECT_SCHEMA`, in the order of the file; problems go to `request.rejects` before the
    batch that they belong to arrives, and `request.rejects.units` counts what was met. InputError where the file is
    refused as a whole.
    """

    name: str
    recognizes: Callable[[bytes], bool]
    read: Callable[[Request], Iterator[pa.RecordBatch]]


# The first that recognizes a file reads it.
FORMATS: tuple[MessageFormat, ...] = (
    MessageFormat("pnrgov-xml", pnrgov.recognizes, pnrgov.read_notifications),
    MessageFormat("swift-mt", mt.recognizes, mt.read_mt),
    MessageFormat("iso20022", is_iso20022, read_iso20022),
    MessageFormat("edifact", interchange.recognizes, interchange.read_interchanges),
    MessageFormat("mrz", mrz.is_mrz, mrz.read_mrz),
)


def format_of(head: bytes) -> MessageFormat | None:
    """The format of messages that a file begins like; None where it is none, but may be a table."""
    return next((form for form in FORMATS if form.recognizes(head)), None)
