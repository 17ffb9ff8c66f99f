"""Small things that every part of the reader does to markup: entities, comments, what is a document in a text."""

import re

from tahaluf.messages.iso20022.vocabulary import MESSAGES

REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6}));|&")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[(.*?)(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
STRAY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
ROOTS = "|".join(re.escape(name) for name in ("Document", *MESSAGES))
NESTED = re.compile(rf"<(?:[\w.-]{{1,40}}:)?(?:{ROOTS})(?=[\s/>])")
ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)")


def unescape(text: str) -> str:
    """Text with the references that XML knows by itself replaced; a stray `&` stays what it is."""
    return REFERENCE.sub(_replace, text) if "&" in text else text


def _replace(match: re.Match[str]) -> str:
    if match[1]:
        return NAMED[match[1]]
    number = int(match[2] or match[3] or "38", 10 if match[2] or not match[3] else 16)
    if number < 32 and number not in (9, 10, 13):
        return "\ufffd"
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def escape(text: str) -> str:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_asides(block: str) -> str:
    """Markup without comments and instructions (their line breaks stay), CDATA as escaped text."""
    return ASIDE.sub(_plain, block)


def _plain(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n") if match[1] is None else escape(match[1])
