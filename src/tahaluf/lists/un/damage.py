"""Files that lost the high byte of every character: quotes became control characters and Arabic became ASCII.

Copies of the Security Council's list go round in which each character was cut to its low byte (’ U+2019 → 0x19,
ص U+0635 → `5`). Punctuation can be put back for certain; Arabic in fields that hold the original script can when the
result
is Arabic letters through and through. What cannot be told is left as it stands, for the reader to report.
"""

import re
import unicodedata

PUNCTUATION = {
    0x0C: "\u200c",
    0x10: "‐",
    0x13: "–",
    0x14: "—",
    0x18: "‘",
    0x19: "’",
    0x1A: "‚",
    0x1C: "“",
    0x1D: "”",
    0x1E: "„",
}
SPACES = {" ", "\u200c", "\u00a0"}
SURELY_ARABIC = re.compile(r"['*()/,#%9&]|[-\u0086\u0098\u00cc]")


def restore_punctuation(match: re.Match[str]) -> str:
    """The typographic character whose low byte is this control character, else the replacement character."""
    return PUNCTUATION.get(ord(match[0]), "\ufffd")


def restore_arabic(text: str) -> str | None:
    """The Arabic text of which `text` holds the low bytes, or None where that cannot be told."""
    if not text or any(ord(char) > 0xFF and char not in SPACES for char in text) or not SURELY_ARABIC.search(text):
        return None
    restored = "".join(char if char in SPACES else chr(0x600 + ord(char)) for char in text)
    return restored if all(char in SPACES or is_arabic(char) for char in restored) else None


def is_arabic(char: str) -> bool:
    return "ARABIC" in unicodedata.name(char, "") and unicodedata.category(char) in ("Lo", "Lm", "Mn", "Po")
