"""The author's side of one log: records in, a signed checkpoint out. See `spec/exchange/log.md` and `checkpoint.md`."""

from collections.abc import Iterable, Sequence

from tahaluf.exchange.checkpoint import Checkpoint, sign_checkpoint, verify_checkpoint
from tahaluf.exchange.commitment import commit, new_salt
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import log_origin
from tahaluf.exchange.log.ports import Files
from tahaluf.exchange.log.store import Store
from tahaluf.exchange.marking import Audience
from tahaluf.exchange.merkle import root_at
from tahaluf.exchange.notes import SigningKey
from tahaluf.exchange.payload import Payload

CHECKPOINT, AUDIENCE = "checkpoint", "audience"


class Author:
    """Appends to the log of one author for one audience; one process at a time may."""

    def __init__(self, files: Files, author: str, audience: Audience, seed: bytes) -> None:
        """Opens the log, or begins it; what a crash left unsigned is signed. ExchangeError where the files are not its
        own or are damaged: an author that goes on from a wrong head would show two histories."""
        origin = log_origin(author, audience.id)
        self._key = SigningKey(origin, seed)
        self.store = Store(files, origin)
        self.store.drop_beyond()
        self._signed = self._read_signed()
        if self._signed is None:
            self.store.write(AUDIENCE, audience.canonical())
        if self._signed != self.store.head:
            self._sign(self.store.head)

    @property
    def head(self) -> Checkpoint:
        """Size and root as signed."""
        return self.store.head

    def append(self, records: Sequence[bytes]) -> range:
        """Appends records under new salts and signs; their numbers."""
        payloads = [Payload(new_salt(), record) for record in records]
        return self.append_payloads(payloads)

    def append_payloads(self, payloads: Sequence[Payload]) -> range:
        """Appends what has its salts already."""
        start = self.store.size
        if payloads:
            self._sign(self.store.append([(commit(own.salt, own.record), own) for own in payloads]))
        return range(start, self.store.size)

    def erase(self, numbers: Iterable[int]) -> None:
        """Destroys salts and bytes of these entries; the log verifies as before."""
        self.store.fill(dict.fromkeys(numbers))

    def _sign(self, head: Checkpoint) -> None:
        # The store has written the head before: what was signed once is never signed otherwise.
        self.store.write(CHECKPOINT, sign_checkpoint(head, self._key))
        self._signed = head

    def _read_signed(self) -> Checkpoint | None:
        """What was signed last. ExchangeError where the files do not go on from it: some were lost or put back."""
        note = self.store.read(CHECKPOINT)
        if note is None:
            return None
        signed = verify_checkpoint(note, self._key.verifying.name, [self._key.verifying.public])
        head = self.store.head
        if signed.size > head.size or root_at(self.store.read_node(), signed.size) != signed.root:
            raise refuse("exchange.checkpoint.rollback", signed.text, head.text)
        return signed
