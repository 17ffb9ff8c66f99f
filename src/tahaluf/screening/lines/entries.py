"""The words and particles of a name as pieces of lines."""

import re
from collections.abc import Sequence

import orjson

from tahaluf.domain import TokenMatch
from tahaluf.names.tokenize import Role, Token, tokenize
from tahaluf.screening.weighed import weighed_tokens

# What stands between quotation marks in another form than in a text; no letter does.
_QUOTED_OTHERWISE = re.compile('[\x00-\x09\x0b-\x1f"\\\\]')


def write_words(name: str) -> bytes:
    """The words of a name that are weighed, in the order of their tokens, one a line; where it has particles, these
    after an empty line."""
    words = "\n".join(token.shown for token in weighed_tokens(name))
    particles = "\n".join(_particles(name))
    return (f"{words}\n\n{particles}" if particles else words).encode()


def read_words(text: str) -> tuple[list[bytes], bytes]:
    """What `write_words` wrote of a listed name: the words as `words_of` gives them, and the entries of the
    particles."""
    words, _, particles = text.partition("\n\n")
    entries = _entries(particles.split("\n") if particles else [], is_subject=False)
    if _QUOTED_OTHERWISE.search(words):
        return [_quoted(word) for word in words.split("\n")], entries
    return words.encode().split(b"\n"), entries


def words_of(tokens: Sequence[Token]) -> list[bytes]:
    """The words that are shown, as they stand between quotation marks."""
    return [_quoted(token.shown) for token in tokens]


def particles_of(name: str, *, is_subject: bool) -> bytes:
    """The entries of the particles of a name, each ended by a comma."""
    return _entries(_particles(name), is_subject=is_subject)


def _quoted(word: str) -> bytes:
    return orjson.dumps(word)[1:-1]


def _particles(name: str) -> list[str]:
    return [token.shown for token in tokenize(name) if token.role is Role.PARTICLE]


def _entries(shown: list[str], *, is_subject: bool) -> bytes:
    if not shown:
        return b""
    pairs = [(text, "") if is_subject else ("", text) for text in shown]
    return b"".join(orjson.dumps(TokenMatch(*pair, 0.0, 0.0, "particle")) + b"," for pair in pairs)
