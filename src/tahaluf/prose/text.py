"""Text from files on its way to a terminal: nothing in it may steer the terminal or turn the line around."""

import re

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]")
MAX_SHOWN = 500


def printable(text: str) -> str:
    """The text with control and direction characters shown as a mark, cut where no one would read on."""
    cut = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
    return _STEERING.sub("\ufffd", cut)
