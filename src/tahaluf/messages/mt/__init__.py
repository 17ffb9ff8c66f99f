"""SWIFT MT: FIN messages of customers and banks, in blocks or as bare texts, one or many in a file.

Reach for `read_mt` (through `messages.read_batches`) to screen, `parse` and `write` for the messages themselves.
"""

from tahaluf.messages.mt.model import Field, Message
from tahaluf.messages.mt.read import parse, read_mt
from tahaluf.messages.mt.recognize import recognizes
from tahaluf.messages.mt.write import write, write_file

__all__ = ["Field", "Message", "parse", "read_mt", "recognizes", "write", "write_file"]
