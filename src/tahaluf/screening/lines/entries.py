"""The words and particles of a name as pieces of lines."""

from collections.abc import Sequence

import orjson

from tahaluf.domain import TokenMatch
from tahaluf.names.tokenize import Role, Token, tokenize


def words_of(tokens: Sequence[Token]) -> list[bytes]:
    """The words that are shown, as they stand between quotation marks."""
    dumps = orjson.dumps
    return [dumps(token.shown)[1:-1] for token in tokens]


def particles_of(name: str, *, is_subject: bool) -> bytes:
    """The entries of the particles of a name, each ended by a comma."""
    shown = [token.shown for token in tokenize(name) if token.role is Role.PARTICLE]
    if not shown:
        return b""
    pairs = [(text, "") if is_subject else ("", text) for text in shown]
    return b"".join(orjson.dumps(TokenMatch(*pair, 0.0, 0.0, "particle")) + b"," for pair in pairs)
