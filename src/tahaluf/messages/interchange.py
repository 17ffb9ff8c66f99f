"""Files of UN/EDIFACT interchanges: each message goes to the handler of its type, in the order of the file.

A handler is `Callable[[Message, Intake], Iterator[pa.RecordBatch]]` (see `messages.edifact`): it gives batches when
they are full, the rest is given here at the end of the file. Messages of other types are passed over whole, by report.
"""

import re
from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from tahaluf.domain import Problem
from tahaluf.messages.edifact import Intake, Message, read_messages
from tahaluf.messages.edifact.stream import START
from tahaluf.messages.edifact.traces import find_traces
from tahaluf.messages.paxlst import read_paxlst
from tahaluf.messages.pnrgov import read_pnrgov
from tahaluf.messages.request import Request

Handler = Callable[[Message, Intake], Iterator[pa.RecordBatch]]
HANDLERS: dict[str, Handler] = {"PAXLST": read_paxlst, "PNRGOV": read_pnrgov}
# A file that is cut short in its first header is none of rows all the same.
_SERVICE = re.compile(r"\s*UN(?:A.{5,6}\s*UN|[BGH] *[^\w\s,;|\"])", re.DOTALL)
# Types that concern travel or its replies and hold nobody to screen; they are named in the report.
KNOWN = frozenset(("CUSRES", "APERAK", "CONTRL", "GOVCBR", "CUSCAR", "IFCSUM", "BERMAN"))


def recognizes(head: bytes) -> bool:
    """Whether a file that begins so holds interchanges, be it after a mail's header or without a readable envelope."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode("ascii", "ignore")
    text = head.decode("latin-1")
    begins = _SERVICE.match(text) or START.search(text[: 1 << 14])
    return begins is not None or find_traces(text) is not None


def read_interchanges(request: Request, handlers: Mapping[str, Handler] | None = None) -> Iterator[pa.RecordBatch]:
    """Batches of the parties in all messages of a file; `handlers` by message type, `HANDLERS` where None."""
    handlers = HANDLERS if handlers is None else handlers
    intake = Intake(str(request.path), request.rejects)
    for message in read_messages(request.path, intake):
        handler = _handler(message, intake, handlers)
        if handler is not None:
            yield from handler(message, intake)
    if len(intake.batches):
        yield intake.batches.take()


def _handler(message: Message, intake: Intake, handlers: Mapping[str, Handler]) -> Handler | None:
    """The handler of a message's type, of the type that it nearly names, or of the travelers that it holds; None is
    reported."""
    kind = message.header.type
    if kind in handlers:
        return handlers[kind]
    where = message.where(None, "UNH.2.1")
    near = next((known for known in handlers if _differs_in_one(kind, known)), "")
    near = near or ("" if kind in KNOWN else message.find_kind())
    if near in handlers:
        message.type_read = near
        intake.warn(Problem("messages.edifact.type_repaired", where, near, kind[:20]))
        return handlers[near]
    message.type_read = ""
    code = "type_without_parties" if kind in KNOWN else "type_unknown"
    intake.warn(Problem(f"messages.edifact.{code}", where, ", ".join(sorted(handlers)), kind[:20]))
    return None


def _differs_in_one(kind: str, known: str) -> bool:
    """Whether a type is a known one with one letter put in, left out or changed, or two exchanged."""
    if abs(len(kind) - len(known)) > 1 or kind in KNOWN:
        return False
    if len(kind) == len(known):
        differing = sum(a != b for a, b in zip(kind, known, strict=True))
        return differing == 1 or (differing == 2 and sorted(kind) == sorted(known))
    longer, shorter = (kind, known) if len(kind) > len(known) else (known, kind)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
