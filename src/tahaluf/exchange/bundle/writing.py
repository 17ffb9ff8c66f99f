"""The stream of a bundle's files: headers, padding, the second check before any byte leaves, and the end."""

from tahaluf.exchange.bundle.members import MOST_MEMBERS
from tahaluf.exchange.bundle.places import PAYLOADS
from tahaluf.exchange.bundle.ports import CheckOutgoing, Sink
from tahaluf.exchange.bundle.sealed import CHUNK
from tahaluf.exchange.bundle.tar import END, padding, write_header
from tahaluf.exchange.errors import refuse


class TarWriter:
    """Writes files one after another; nothing is written that the check of outgoing bytes refuses."""

    def __init__(self, sink: Sink, receiver: str, check: CheckOutgoing) -> None:
        self._sink, self._receiver, self._check = sink, receiver, check
        self.files = 0
        self.bytes = 0
        self._expanded = 0

    def add(self, name: str, data: bytes) -> None:
        """One file; whatever the check raises, or ExchangeError (`exchange.bundle.bound`, `.name`)."""
        self.files += 1
        if self.files > MOST_MEMBERS or len(data) > PAYLOADS:
            raise refuse("exchange.bundle.bound", f"{MOST_MEMBERS} files of {PAYLOADS} bytes", name)
        header = write_header(name, len(data))
        self._check(name, data, self._receiver)
        self._write(header + data + bytes(padding(len(data))))

    def expands_too_far(self, packed: int, expanded: int) -> bool:
        """Whether a reader would refuse payloads that become so long out of so few bytes; counts them if not."""
        allowed = 64 * (self.bytes + packed) + 1_048_576
        if self._expanded + expanded > allowed:
            return True
        self._expanded += expanded
        return False

    def end(self) -> None:
        """The mark of the end, up to a whole chunk: so what a disk leaves behind a sealed bundle spoils nothing."""
        self._write(END + bytes(-(self.bytes + len(END)) % CHUNK))

    def _write(self, data: bytes) -> None:
        self._sink.write(data)
        self.bytes += len(data)
