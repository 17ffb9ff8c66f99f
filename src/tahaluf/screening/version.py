"""The version of the rules: of the engine's code, its learned tables and its knowledge, as every hit records it."""

from functools import cache

from tahaluf.names.knowledge import knowledge
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.weights import score_weights

ENGINE = "2026.11"


@cache
def engine_version() -> str:
    """`ENGINE` and the digests of the tables, in one word."""
    return f"{ENGINE}-{likeness().version[:6]}-{knowledge().version[:6]}-{score_weights().version[:6]}"
