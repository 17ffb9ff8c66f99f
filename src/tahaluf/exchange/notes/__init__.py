"""Signed notes: text under Ed25519 signatures, in C2SP's form, read strictly. See `spec/exchange/checkpoint.md`.

`SigningKey` signs; `parse_note` takes bytes apart without believing them; `verify_note` gives back the text that a
known key signed. Nobody uses a note's text before that.
"""

from tahaluf.exchange.notes.cosign import Cosignature, cosign, verify_cosignatures
from tahaluf.exchange.notes.keys import CosigningKey, SigningKey, VerifyingKey
from tahaluf.exchange.notes.note import Note, SignatureLine, parse_note, write_note
from tahaluf.exchange.notes.verify import sign_note, verify_note

__all__ = [
    "Cosignature",
    "CosigningKey",
    "Note",
    "SignatureLine",
    "SigningKey",
    "VerifyingKey",
    "cosign",
    "parse_note",
    "sign_note",
    "verify_cosignatures",
    "verify_note",
    "write_note",
]
