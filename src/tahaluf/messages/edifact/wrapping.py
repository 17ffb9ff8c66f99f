"""How lines are broken within segments: cut at a width, as a teleprinter does, or between words, as mail programs do.

A line that was cut goes on in the next without a space; between words a space was lost, which in a value of several
words is to be put back. What the broken lines of an interchange have for lengths tells the two apart; where there is
too little to tell, nothing is put in.
"""

import re
from collections import Counter

from tahaluf.messages.edifact.syntax import Separators

_MOST_LENGTHS = 500
_LEAST = 2


class Wrapping:
    """What was seen of the broken lines of one interchange; `learn` is given its text before its values are read."""

    def __init__(self) -> None:
        self._lengths: Counter[int] = Counter()

    def learn(self, text: str, terminator: str) -> None:
        """Looks at the lines of a text that begin and end in it, and end before their segment does."""
        if text.count("\n") == text.count(terminator + "\n") + text.count(terminator + "\r\n"):
            return
        for line in text.split("\n")[1:-1]:
            bare = line.rstrip()
            if bare and bare[-1] != terminator and len(self._lengths) < _MOST_LENGTHS:
                self._lengths[len(bare)] += 1

    @property
    def is_between_words(self) -> bool:
        """Whether lines are broken at many lengths, not at one."""
        lengths = self._lengths
        if len(lengths) < _LEAST:
            return False
        return 2 * lengths[max(lengths)] < lengths.total() or len(lengths) == lengths.total()


def join_lines(lines: list[str], separators: Separators, between_words: bool) -> str:
    """The lines of a segment as one; a space stands for a break `between_words` in a value that has others."""
    if not between_words or len(lines) == 1:
        return "".join(lines)
    whole = lines[0]
    marks = re.escape(separators.element + separators.component)
    for line in lines[1:]:
        value = re.split(f"[{marks}]", whole[-300:])[-1]
        is_broken = " " in value.strip() and value[-1:].isalnum() and line[:1].isalnum()
        whole += f" {line}" if is_broken else line
    return whole
