"""The form of a signed note: text, an empty line, signature lines. Nothing here believes a signature."""

from collections.abc import Iterable
from dataclasses import dataclass

from tahaluf.exchange.errors import refuse
from tahaluf.exchange.notes.base64 import parse_base64, write_base64

CODE = "exchange.note.form"
MOST_BYTES = 4_194_304
MOST_SIGNATURES = 64
KEY_ID = 4
DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A key's name and id, and what it signed, whatever its type."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {write_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart: text with its final line feed, and signature lines in their order."""

    text: str
    lines: tuple[SignatureLine, ...]


def is_key_name(name: str) -> bool:
    """Not empty, without `+` and without any space of Unicode."""
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def is_plain(text: str) -> bool:
    """No control character but the line feed."""
    return not any((letter < " " and letter != "\n") or letter == "\x7f" for letter in text)


def write_note(text: str, lines: Iterable[SignatureLine]) -> bytes:
    """The bytes of a note; ValueError for a text that is none."""
    if not text.endswith("\n") or not is_plain(text):
        raise ValueError("a note's text ends in a line feed and has no control character")
    return (text + "\n" + "".join(map(str, lines))).encode()


def parse_note(data: bytes) -> Note:
    """Takes a note apart; ExchangeError (`exchange.note.form`) for bytes of any other form."""
    if len(data) > MOST_BYTES:
        raise refuse(CODE, f"at most {MOST_BYTES} bytes", str(len(data)))
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise refuse(CODE, "UTF-8", error.reason) from error
    if not is_plain(whole):
        raise refuse(CODE, "no control character", "one")
    text, parted, signed = whole.rpartition("\n\n")
    if not parted or not text or not signed.endswith("\n"):
        raise refuse(CODE, "a text, an empty line, signature lines", whole)
    lines = [parse_line(line) for line in signed[:-1].split("\n")]
    if len(lines) > MOST_SIGNATURES or len({(line.name, line.key_id) for line in lines}) < len(lines):
        raise refuse(CODE, f"at most {MOST_SIGNATURES} signatures, one of each key", str(len(lines)))
    return Note(text + "\n", tuple(lines))


def parse_line(line: str) -> SignatureLine:
    """One signature line, without its line feed."""
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not space or not is_key_name(name):
        raise refuse(CODE, "a signature line", line)
    data = parse_base64(encoded, CODE)
    if len(data) <= KEY_ID:
        raise refuse(CODE, "a key id and a signature", line)
    return SignatureLine(name, data[:KEY_ID], data[KEY_ID:])
