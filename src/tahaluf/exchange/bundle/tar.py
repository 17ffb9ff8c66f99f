"""The one form of POSIX ustar that a bundle has: regular files, no owner, no time, nothing that could be a path.

A header is right if it is, byte for byte, what `write_header` makes of its name and size; so damage in it is seen.
"""

import re

from tahaluf.exchange.errors import refuse

BLOCK = 512
END = bytes(2 * BLOCK)
LONGEST_NAME = 250
NAME, PREFIX = 100, 155
SIZE = slice(124, 136)
SUM = slice(148, 156)
OCTAL = re.compile(rb"[0-7]{11}\x00")
ALLOWED = re.compile(r"[A-Za-z0-9._/+-]{1,250}")


def is_name(name: str) -> bool:
    """Relative, without `.`, `..` or an empty part, of the letters that origins and tiles need."""
    parts = name.split("/")
    return ALLOWED.fullmatch(name) is not None and not any(part in ("", ".", "..") for part in parts)


def padding(size: int) -> int:
    """How many zero bytes stand after a file's content."""
    return -size % BLOCK


def write_header(name: str, size: int) -> bytes:
    """The block before a file; ExchangeError (`exchange.bundle.name`) for a name that may not stand in a bundle."""
    if not is_name(name):
        raise refuse("exchange.bundle.name", "a name of a bundle's file", name)
    prefix, rest = _split(name)
    return _block(prefix.encode(), rest.encode(), size)


def parse_header(block: bytes) -> tuple[str, int] | None:
    """Name, not yet checked, and size; None for a block that is no right header."""
    if len(block) != BLOCK or block[257:263] != b"ustar\x00" or not OCTAL.fullmatch(block[SIZE]):
        return None
    rest, prefix = block[:NAME].rstrip(b"\x00"), block[345 : 345 + PREFIX].rstrip(b"\x00")
    size = int(block[SIZE][:11], 8)
    if not rest.isascii() or not prefix.isascii() or _block(prefix, rest, size) != block:
        return None
    return (prefix + b"/" + rest if prefix else rest).decode(), size


def _split(name: str) -> tuple[str, str]:
    if len(name) <= NAME:
        return "", name
    at = name.rfind("/", 0, PREFIX + 1)
    if at < 1 or len(name) - at - 1 > NAME:
        raise refuse("exchange.bundle.name", "a name that ustar can hold", name)
    return name[:at], name[at + 1 :]


def _block(prefix: bytes, rest: bytes, size: int) -> bytes:
    head = rest.ljust(NAME, b"\x00") + b"0000644\x00" + b"0000000\x00" * 2 + b"%011o\x00" % size + b"00000000000\x00"
    tail = b"0" + bytes(100) + b"ustar\x0000" + bytes(64) + b"0000000\x00" * 2 + prefix.ljust(PREFIX, b"\x00")
    total = sum(head) + 8 * ord(" ") + sum(tail)
    return (head + b"%06o\x00 " % total + tail).ljust(BLOCK, b"\x00")
