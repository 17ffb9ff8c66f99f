"""Signs texts, and gives back a note's text only when a known key signed it."""

from collections.abc import Iterable

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.notes.keys import SIGNS_TEXT, SigningKey, VerifyingKey
from tahaluf.exchange.notes.note import Note, SignatureLine, parse_note, write_note


def sign_note(text: str, *keys: SigningKey) -> bytes:
    """The text as a note with a line of each key."""
    return write_note(text, (sign_line(text, key) for key in keys))


def sign_line(text: str, key: SigningKey) -> SignatureLine:
    return SignatureLine(key.verifying.name, key.verifying.key_id, key.sign(text.encode()))


def verify_note(data: bytes, keys: Iterable[VerifyingKey]) -> Note:
    """The note, if at least one known key signed it and no line of a known key is wrong.

    ExchangeError: `exchange.note.form`; `exchange.note.signature` for a wrong line of a known key, or for none.
    """
    note = parse_note(data)
    known = {(key.name, key.key_id): key for key in keys if key.kind == SIGNS_TEXT}
    message = note.text.encode()
    verified = 0
    for line in note.lines:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not key.verifies(line.signature, message):
            raise refuse("exchange.note.signature", f"a signature of {line.name}", "a wrong one")
        verified += 1
    if not verified:
        raise refuse("exchange.note.signature", "a signature of a known key", f"{len(note.lines)} of others")
    return note
