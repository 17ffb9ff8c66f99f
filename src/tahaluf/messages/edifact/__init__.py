"""UN/EDIFACT interchanges (ISO 9735, syntax 1 to 4) as streams of messages and their segments.

Reach for `read_messages` to go through a file of any size. A handler of one message type is a function

    def read_paxlst(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]

that iterates over `message` (an iterator of `Segment`, without `UNH` and `UNT`, once, in order), adds parties to
`intake.batches`, yields `intake.batches.take()` whenever that is full (`yield from intake.due()`), counts
travelers with `intake.next_unit()`, and reports to `intake.rejects` at `message.where(segment, field)`. What a handler
leaves unread is passed over. Handlers are plugged in in `messages.interchange.HANDLERS` by the message type.
"""

from tahaluf.messages.edifact.intake import Intake
from tahaluf.messages.edifact.message import Header, Interchange, Message
from tahaluf.messages.edifact.reader import read_messages
from tahaluf.messages.edifact.segment import Segment, parse_segment
from tahaluf.messages.edifact.syntax import USUAL, Separators

__all__ = [
    "USUAL", "Header", "Intake", "Interchange", "Message", "Segment", "Separators", "parse_segment", "read_messages",
]  # fmt: skip
