"""Rows of transactions, and what stands above or behind these, given for them.

Reach for `Reader` in `reader`, which finds both in a file; `Emitter` is the half of it that fills the batch.
"""

from tahaluf.messages.iso20022 import vocabulary as words
from tahaluf.messages.iso20022.compile import GROUP
from tahaluf.messages.iso20022.markup import NESTED
from tahaluf.messages.iso20022.message import Frame, Group, Loss, Message, join_blocks
from tahaluf.messages.iso20022.plan import Layout, Malformed, Plan
from tahaluf.messages.iso20022.shared import MAX_VALUE, Shared

# Elements beside transactions that are kept for them; more are given once.
MAX_BESIDE = 256
# Of one element; further ones are warned of.
MAX_LOSSES = 4


class Emitter:
    """Knows the elements that stand open (`frames`) and the message that is read."""

    def __init__(self, shared: Shared) -> None:
        self.shared, self.sink = shared, shared.sink
        self.columns, self.preparer = shared.columns, shared.preparer
        self.frames = [Frame("", 1)]
        self.message: Message | None = None

    def count(self, amount: str | None) -> int:
        self.sink.units += 1
        for frame in self.frames:
            frame.units += 1
            if frame.count.declared is not None or frame.count.total is not None:
                frame.count.meet(amount)
        return self.sink.units

    def emit(self, plan: Plan, values: list[str], line: int) -> int:
        """The rows of the transaction that was counted last, and those of what stands above it; how many they are."""
        shared, columns = self.shared, self.columns
        unit = self.sink.units
        shared.line = line
        before = len(columns)
        layout = self.preparer.prepare(plan, values, shared.tell)
        if layout.nameless and self.message and self.message.definition in words.PAYING:
            for row in layout.nameless:
                shared.tell("no_name", plan.parties[row].field, plan.parties[row].line, "Nm", "")
        begin = columns.put(values)
        message = columns.message(shared.message)
        common = (layout, begin)
        for frame in self.frames:
            if frame.blocks:
                self.emit_group(frame, unit, message, common)
            if frame.losses:
                self.tell_losses(frame.losses)
        columns.add(layout, begin, unit, line, message, shared.own_prefix, common)
        return len(columns) - before

    def lose(self, loss: Loss, frame: Frame | None = None, *, behind: bool | None = None) -> None:
        """Something beside transactions that cannot be read: it may be of any that follows in the same element. What
        stands `behind` transactions is told of the last of them."""
        frame = frame or self.frames[-1]
        behind = frame.units > 0 if behind is None else behind
        if behind:
            self.tell_losses([loss])
        if behind or len(frame.losses) >= MAX_LOSSES:
            self.warn_of(loss)
        else:
            frame.losses.append(loss)

    def warn_of(self, loss: Loss) -> None:
        self.shared.warn(loss.code, loss.line, loss.field or None, loss.expected, loss.found)

    def tell_losses(self, losses: list[Loss]) -> None:
        for loss in losses:
            self.shared.note(loss.code, loss.line, loss.field, loss.expected, loss.found, loss.text)

    def emit_group(self, frame: Frame, unit: int, message: int, common: tuple[Layout, int] | None) -> None:
        group = frame.group or self.make_group(frame, frame.blocks)
        if group is None:
            return
        # A text may be what is left of a damaged party.
        layout = group.others if frame.group and not frame.losses else group.first
        frame.group = group
        if group.batch != self.shared.batch:
            group.batch, group.begin = self.shared.batch, self.columns.put(group.values)
        self.columns.add(layout, group.begin, unit, group.line, message, group.prefix, common)

    def make_group(self, frame: Frame, blocks: list[tuple[int, str]], late: str = "") -> Group | None:
        shared = self.shared
        line, block = join_blocks(frame.name if frame.name in words.SCOPES else GROUP, blocks)
        plan, values = shared.plan(shared.group_shapes, block, frame.name)
        if isinstance(plan, Malformed):
            loss = Loss("malformed", line + plan.line, frame.name, "XML", plan.found, block[:MAX_VALUE])
            self.lose(loss, frame, behind=bool(late))
            frame.blocks = []
            return None
        shared.line = line
        nested = part_nested(plan, values)
        if nested:
            frame.nested.append(nested)
        first, others = self.preparer.prepare_group(plan, values, shared.tell)
        same = sum(other.name == frame.name for other in self.frames) > 1
        name = "group" if frame.name in words.MESSAGES else frame.name or "file"
        prefix = shared.constants.at(late or f"/{name}" + (f".{self.frames.index(frame)}" if same else ""))
        return Group(first, others, values, line, prefix)

    def pays(self) -> bool:
        return self.message is None or not self.message.known or self.message.definition in words.PAYING

    def emit_late(self, frame: Frame) -> None:
        """What follows the transactions that it is given for, with the last of them."""
        self.shared.late += 1
        late, frame.late = frame.late, []
        group = self.make_group(frame, late, f"/late{self.shared.late}")
        if group is None or not len(group.first.plain):
            return
        begin = self.columns.put(group.values)
        message = self.columns.message(self.shared.message)
        self.columns.add(group.first, begin, self.sink.units, group.line, message, group.prefix, None)
        if len(group.first.plain) > group.first.with_text:
            self.shared.warn("late", group.line, frame.name, "before its transactions", "after them")

    def group_unit(self, frame: Frame) -> None:
        """An element without transactions that counts as one: an entry, or what has parties or texts of its own."""
        line, block = join_blocks(frame.name, frame.blocks) if frame.blocks else (frame.line, f"<{frame.name}/>")
        shared = self.shared
        if not frame.name or frame.name in words.MESSAGES or frame.name == "Document":
            line, block = join_blocks(GROUP, frame.blocks)
        plan, values = shared.plan(shared.group_shapes, block, frame.name)
        if isinstance(plan, Malformed):
            self.count(None)
            shared.reject("malformed", line, frame.name, "XML", plan.found, block)
            return
        nested = part_nested(plan, values)
        if nested:
            frame.nested.append(nested)
        told = any(values[text.at] for text in plan.texts)
        frame.blocks = []
        if frame.name != words.ENTRY and not plan.parties and not told:
            return
        self.count(values[plan.amount[0]] if plan.amount else None)
        self.emit(plan, values, line)

    def put(self, frame: Frame, line: int, block: str) -> None:
        frame.put(line, block)
        if len(frame.late) >= MAX_BESIDE:
            self.emit_late(frame)
        elif len(frame.blocks) >= MAX_BESIDE and not frame.units:
            self.group_unit(frame)


def part_nested(plan: Plan, values: list[str]) -> str:
    """The document that stands in the texts of an element (it may be cut into several); they are emptied of it."""
    fields = {text.field for text in plan.texts if "<" in values[text.at] and NESTED.search(values[text.at])}
    if not fields:
        return ""
    inside = [text.at for text in plan.texts if text.field in fields]
    document = "".join(values[at] for at in inside)
    for at in inside:
        values[at] = ""
    return document
