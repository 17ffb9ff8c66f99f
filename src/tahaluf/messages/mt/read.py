"""Files of FIN messages to batches of parties: streamed, each message on its own.

Reach for `read_mt` through `messages.read_batches`, for `parse` to have the messages themselves. A `unit` is a
transaction; all problems of a message go to the sink before its parties arrive.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.batches import BatchBuilder
from tahaluf.messages.content import open_binary
from tahaluf.messages.mt.blocks import Parsed, parse_piece
from tahaluf.messages.mt.model import Fault, Message
from tahaluf.messages.mt.pieces import BEGINS, MAX_MESSAGE, Piece, decode, iter_pieces
from tahaluf.messages.mt.transactions import Transactions
from tahaluf.messages.request import Request

_HEADER = re.compile(BEGINS)


def parse(text: str) -> list[Message]:
    """The messages of a text, acknowledgements among them; what is broken is left as far as it can be read."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return [parsed.message for parsed in _in_pieces(plain) if not parsed.stray]


def _in_pieces(text: str) -> Iterator[Parsed]:
    starts = [0, *(begin.start() for begin in _HEADER.finditer(text, 1))]
    line = 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield from parse_piece(text[start:end], line)
        line += text.count("\n", start, end)


def read_mt(request: Request) -> Iterator[pa.RecordBatch]:
    """Batches in `SUBJECT_SCHEMA`; InputError where the file cannot be unpacked or holds no message at all."""
    builder = BatchBuilder()
    transactions = Transactions(builder, request)
    try:
        with closing(open_binary(request.path)) as file:
            for piece in iter_pieces(file):
                for _ in _messages(piece, transactions):
                    if builder.full or request.rejects.is_due():
                        yield builder.take()
    except (EOFError, zlib.error, gzip.BadGzipFile) as damaged:
        where = Where(str(request.path))
        raise InputError(Problem("messages.table.damaged", where, "gzip", str(damaged))) from damaged
    if not request.rejects.units:
        where = Where(str(request.path))
        request.rejects.warn(Problem("messages.mt.no_transaction", where, ":20:", "0"))
    if len(builder):
        yield builder.take()


def _messages(piece: Piece, transactions: Transactions) -> Iterator[None]:
    """Each step reads one transaction of the piece, or a message that has none."""
    text = decode(piece.data)
    for parsed in parse_piece(text, piece.line):
        yield from transactions.add(parsed)
        yield
    if piece.cut:
        line = piece.line + piece.data.count(b"\n")
        found = f"{len(piece.data) + piece.cut}"
        transactions.lose(Fault("messages.mt.too_large", line, None, f"{MAX_MESSAGE}", found, text[-60:]))
