"""The tokens of a name that the engine weighs, in the order in which it aligns them: both sides go through here."""

from collections.abc import Sequence
from functools import lru_cache

from tahaluf.names.tokenize import Role, Token, tokenize

MOST_TOKENS = 10
LIGHT = 0.3
NAME = Role.NAME


def is_light(token: Token) -> bool:
    """Whether a token counts little: a title, a legal form, an initial."""
    return token.role is Role.SOFT or len(token.text) == 1


@lru_cache(maxsize=1 << 16)
def weighed_tokens(name: str) -> tuple[Token, ...]:
    """The tokens of `name` that are no particles, the light ones last; at most `MOST_TOKENS`."""
    tokens = tokenize(name)
    full = [token for token in tokens if token.role is NAME and len(token.text) > 1]
    if len(full) < len(tokens):
        full += [token for token in tokens if token.role is not Role.PARTICLE and is_light(token)]
    return tuple(full[:MOST_TOKENS])


def chain_of(tokens: Sequence[Token]) -> int:
    """What a nasab ("son of") tells of the order: bit 0, there is one; bit 1, it stands before the second token."""
    if not any(token.nasab for token in tokens):
        return 0
    return 3 if len(tokens) > 1 and tokens[1].nasab and not tokens[0].nasab else 1
