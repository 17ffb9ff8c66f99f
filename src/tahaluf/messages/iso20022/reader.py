"""The pieces of a file to rows: what stands open, which message it is, which transaction is next.

Reach for `read_iso20022` in `read`. What is wrong in one transaction is told and costs no other.
"""

from collections.abc import Iterator

import pyarrow as pa

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.iso20022 import vocabulary as words
from tahaluf.messages.iso20022.emitter import Emitter, part_nested
from tahaluf.messages.iso20022.markup import NESTED, STRAY, escape, unescape
from tahaluf.messages.iso20022.message import CURRENCY, Frame, Loss, Message, join_blocks
from tahaluf.messages.iso20022.plan import Malformed
from tahaluf.messages.iso20022.scan import MAX_BLOCK, Piece, Scanner
from tahaluf.messages.iso20022.shapes import recover
from tahaluf.messages.iso20022.shared import CODE, MAX_VALUE, Shared

MAX_OPEN = 64
MAX_NESTED = 2
MAX_RECOVERED = 1000
MAX_NESTED_TEXT = 1 << 24
# What has no place in a message is passed over in silence where it is a code, a number or a date of its envelope.
MAX_UNREAD = 200
SEPARATE_HEADS = frozenset(("AppHdr", "BizMsgHdr"))


class Reader(Emitter):
    """Reads one file, or one document that stands in a text of another (`depth`)."""

    def __init__(self, shared: Shared, depth: int = 0) -> None:
        super().__init__(shared)
        self.depth = depth
        self._scanner = Scanner(iter(()))

    def read(self, blocks: Iterator[str], line: int = 1) -> Iterator[pa.RecordBatch]:
        """Batches as they fill; what is left in the builder is the caller's."""
        shared, columns = self.shared, self.columns
        self._scanner = Scanner(blocks, line)
        for piece in self._scanner:
            if piece.what == "unit":
                nested = self._unit(piece)
                if nested:
                    yield from self._nested(nested, piece.line)
            else:
                yield from self._beside(piece)
            if columns.full or self.sink.is_due():
                shared.batch += 1
                yield columns.take()
        while len(self.frames) > 1:
            name = self.frames[-1].name
            shared.warn("malformed", self._scanner.line, name, f"</{name}>", "end of file")
            yield from self._pop()
        yield from self._finish(self.frames[0], None)

    def _beside(self, piece: Piece) -> Iterator[pa.RecordBatch]:
        what, name, text, line = piece
        match what:
            case "open":
                if name == "Document" and name in self._scanner.around:
                    yield from self._close(name, line)
                    self.shared.warn("malformed", line, name, "</Document>", "<Document>")
                self._open(piece)
            case "close":
                yield from self._close(name, line)
            case "whole":
                self._whole(piece)
            case "text":
                self._text(piece)
            case "cut" | "long":
                self._lost(piece)
            case "doctype":
                self._refuse(line)
            case _:
                self.lose(Loss("malformed", line, self.frames[-1].name, "XML", text, text))

    def _refuse(self, line: int) -> None:
        if not self.depth:
            where = Where(self.shared.file, line)
            raise InputError(Problem(CODE + "doctype", where, "no document type", "DOCTYPE"))
        self.shared.warn("doctype", line, None, "no document type", "DOCTYPE")

    def _lost(self, piece: Piece) -> None:
        """An element that does not end, or is too long; of one above transactions what can be read is used."""
        long = piece.what == "long"
        code, expected = ("too_long", f"{MAX_BLOCK}") if long else ("malformed", f"</{piece.name}>")
        found = f"more than {MAX_BLOCK}" if long else "no end"
        if piece.name in words.UNITS:
            self.count(None)
            self.shared.reject(code, piece.line, piece.name, expected, found, piece.text)
            return
        self.lose(Loss(code, piece.line, piece.name, expected, found, piece.text[:MAX_VALUE]))
        block = self._recover(piece.text)
        if block:
            self._whole(piece._replace(text=block))

    def _recover(self, block: str) -> str:
        self.shared.recovered += 1
        return recover(block) if self.shared.recovered <= MAX_RECOVERED else ""

    # Transactions.

    def _unit(self, piece: Piece) -> str:
        """A transaction to rows; gives back a document that stands in its text."""
        _, name, block, line = piece
        shared = self.shared
        plan, values = shared.plan(shared.shapes, block, name)
        if isinstance(plan, Malformed):
            self.count(None)
            code, expected = ("deep", f"{MAX_OPEN}") if plan.deep else ("malformed", "XML")
            shared.reject(code, line + plan.line, name, expected, plan.found, block)
            return ""
        self.count(values[plan.amount[0]] if plan.amount else None)
        if "&" in block and (stray := STRAY.search(block)):
            shared.line = line
            shared.tell("entity", name, 0, "&amp;", block[stray.start() : stray.start() + 20])
        nested = part_nested(plan, values) if plan.texts and "&" in block else ""
        rows = self.emit(plan, values, line)
        if not rows and not nested and self.pays():
            shared.reject("no_party", line, name, "Dbtr, Cdtr", name, block)
        return nested

    # What stands around transactions.

    def _whole(self, piece: Piece) -> None:
        _, name, block, line = piece
        shared = self.shared
        plan, values = shared.plan(shared.group_shapes, block, name)
        if isinstance(plan, Malformed):
            code, expected = ("deep", f"{MAX_OPEN}") if plan.deep else ("malformed", "XML")
            self.lose(Loss(code, line + plan.line, name, expected, plan.found, block[:MAX_VALUE]))
            recovered = self._recover(block)
            if recovered and recovered != block:
                self._whole(piece._replace(text=recovered))
            return
        self.frames[-1].branches += 1
        self._take_facts(piece, {fact: values[at] for fact, at in plan.facts.items()})
        if name not in SEPARATE_HEADS:
            self.put(self.frames[-1], line, block)

    def _take_facts(self, piece: Piece, facts: dict[str, str]) -> None:
        if piece.name in SEPARATE_HEADS:
            self.shared.message = facts.get("BizMsgIdr") or facts.get("MsgRef")
        elif piece.name in ("GrpHdr", "Assgnmt", "MsgHdr"):
            self.shared.message = facts.get("MsgId") or facts.get("Id") or self.shared.message
            count = self.frames[-1].count
            count.declared, count.total, count.line = facts.get("NbOfTxs"), facts.get("CtrlSum"), piece.line

    def _open(self, piece: Piece) -> None:
        _, name, attributes, line = piece
        if len(self.frames) > MAX_OPEN:
            where = Where(self.shared.file, line, name)
            raise InputError(Problem(CODE + "deep", where, f"{MAX_OPEN}", f"{len(self.frames)}"))
        self.frames[-1].branches += 1
        if name == "Document" or name in words.MESSAGES:
            if name == "Document" or self.message is None:
                self.message = Message(line)
            self.message.name(name, attributes)
        self.frames.append(Frame(name, line, attributes))
        self._scanner.around.append(name)

    def _text(self, piece: Piece) -> None:
        if len(self.frames) == 1 and not self.depth:
            self.shared.warn("junk", piece.line, None, "<", piece.text.strip()[:40])
            return
        self.frames[-1].leaf.append(piece.text if piece.name == "cdata" else unescape(piece.text))

    def _close(self, name: str, line: int) -> Iterator[pa.RecordBatch]:
        names = [frame.name for frame in self.frames]
        if name not in names[1:]:
            self.shared.warn("malformed", line, name, f"</{names[-1]}>", f"</{name}>")
            return
        while self.frames[-1].name != name:
            inner = self.frames[-1].name
            self.shared.warn("malformed", line, inner, f"</{inner}>", f"</{name}>")
            yield from self._pop()
        yield from self._pop()

    def _pop(self) -> Iterator[pa.RecordBatch]:
        frame, around = self.frames[-1], self.frames[-2]
        text = "".join(frame.leaf).strip()
        if text and not frame.branches:
            self._leaf(frame, around, text)
        elif text:
            self.put(frame, frame.line, f"<AddtlInf>{escape(text[:MAX_BLOCK])}</AddtlInf>")
        yield from self._finish(frame, around)
        self.frames.pop()
        self._scanner.around.pop()
        if frame.name == "Document" or (frame.name in words.MESSAGES and "Document" not in self._scanner.around):
            if self.message and not self.message.known:
                found = self.message.definition or frame.name
                self.shared.warn("unknown_message", frame.line, frame.name, "pacs, pain, camt", found)
            self.message = self.shared.message = None

    def _leaf(self, frame: Frame, around: Frame, text: str) -> None:
        """An element between transactions that has nothing but text."""
        name = frame.name
        if name in ("NbOfTxs", "CtrlSum") and around.name in words.SCOPES:
            around.count.line = frame.line
            setattr(around.count, "declared" if name == "NbOfTxs" else "total", text)
        elif "<" in text and (around.nested or NESTED.search(text) or not self.message):
            around.nested.append(text)
        elif name == "MsgId" and not self.shared.message:
            self.shared.message = text
        elif (
            around.name == words.ENTRY
            or around.name in words.VALUE_DATES
            or (self.message and (name in words.TEXTS or not words.is_plain(name)))
        ):
            currency = CURRENCY.search(frame.attributes)
            self.put(
                around, frame.line, f"<{name} {currency[0] if currency else ''}>{escape(text[:MAX_BLOCK])}</{name}>"
            )
        elif len(text) > MAX_UNREAD:
            self.shared.warn("unread", frame.line, name, f"{MAX_UNREAD}", f"{len(text)}")

    def _finish(self, frame: Frame, around: Frame | None) -> Iterator[pa.RecordBatch]:
        """An element ends: what stood in it and belongs to no transaction of its own."""
        for field, expected, found in frame.count.disagreements():
            self.shared.warn("count", frame.count.line, field, expected, found)
        for loss in () if frame.units else frame.losses:
            self.warn_of(loss)
        if frame.late:
            self.emit_late(frame)
        elif not frame.units and (frame.blocks or frame.name == words.ENTRY):
            if around is not None and frame.name in words.PASSING:
                self.put(around, *join_blocks(frame.name, frame.blocks))
            else:
                self.group_unit(frame)
        if frame.nested:
            yield from self._nested("".join(frame.nested), frame.line)

    def _nested(self, text: str, line: int) -> Iterator[pa.RecordBatch]:
        """A document that stands in a text."""
        if self.depth >= MAX_NESTED or len(text) > MAX_NESTED_TEXT or not NESTED.search(text):
            self.shared.warn("nested", line, None, f"{MAX_NESTED}", text.strip()[:40])
            return
        around = self.shared.message
        yield from Reader(self.shared, self.depth + 1).read(iter((text,)), line)
        self.shared.message = around
