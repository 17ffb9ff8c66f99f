"""A file of ISO 20022 messages as batches of subjects: the way in, and how such a file is told."""

import re
from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa

from tahaluf.domain import Problem, Where
from tahaluf.messages.content import open_binary
from tahaluf.messages.iso20022.markup import ROOTS
from tahaluf.messages.iso20022.reader import Reader
from tahaluf.messages.iso20022.shared import CODE, Shared
from tahaluf.messages.iso20022.text import decode_head, read_blocks
from tahaluf.messages.request import Request

MAX_JUNK = 2048
# A namespace of the standard or of a community's copy of it, or an element that only its messages have.
SIGN = re.compile(
    rf"(?:iso:std:iso:20022|[^\w.](?:pacs|pain|camt|admi|remt|head)\.\d{{3}}\.\d{{3}}\.\d{{2}})"
    rf"|(?:<|&lt;)(?:[\w.-]+:)?(?:{ROOTS.removeprefix('Document|')})[\s/>]"
)
MARKUP = re.compile(r"<(?:[?!]|[A-Za-z_][\w.:-]*[\s/>])")


def is_iso20022(head: bytes) -> bool:
    """Whether a file that begins so is XML with a message of ISO 20022 in it."""
    text = decode_head(head).lstrip("\ufeff\x00 \t\r\n")
    begins = MARKUP.search(text, 0, MAX_JUNK)
    return begins is not None and not text.startswith(("{", "[")) and SIGN.search(text) is not None


def read_iso20022(request: Request) -> Iterator[pa.RecordBatch]:
    """Every party of every transaction, in the order of the file; `rejects.units` counts transactions. InputError
    for a document type, and for elements nested too deep around transactions."""
    shared = Shared(str(request.path), request.rejects)
    told: set[str] = set()

    def tell(code: str, expected: str, found: str) -> None:
        if code not in told:
            told.add(code)
            request.rejects.warn(Problem(CODE + code, Where(shared.file), expected, found))

    with closing(open_binary(request.path)) as file:
        yield from Reader(shared).read(read_blocks(file, tell))
    if not request.rejects.units:
        request.rejects.warn(Problem(CODE + "no_transaction", Where(shared.file), "CdtTrfTxInf", "0"))
    if len(shared.columns):
        yield shared.columns.take()
