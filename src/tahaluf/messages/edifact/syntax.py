"""The service characters of an interchange: where its elements, components and segments end (ISO 9735, clause 5).

They are taken from the service string advice (`UNA` and six characters) where it makes sense, else from the `UNB`
itself, else they are the usual ones. No repetition separator is taken for granted: `*` is common in data.

Inside the reader a released character is written as a noncharacter (`\\ufdd0`…), so that plain splitting is right.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

_RELEASED = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
_UNB = re.compile(r"UNB *([^\w \t\r\n])[A-Z]{4}([^\w \t\r\n])\d")
_BEFORE_HEADER = re.compile(r"([!-/:-@\[-`{-~\x1c-\x1f])[ \t\r\n]*UN[GH] *")


@dataclass(frozen=True)
class Separators:
    """The service characters; `release` and `repetition` are empty where there is none."""

    component: str = ":"
    element: str = "+"
    release: str = "?"
    terminator: str = "'"
    repetition: str = ""

    def hide(self, text: str) -> str:
        """The text with released service characters replaced by noncharacters."""
        if not self.release or self.release not in text:
            return text
        for released, hidden in self._hidden:
            text = text.replace(self.release + released, hidden)
        return text

    def show(self, text: str) -> str:
        """Hidden characters as they stood in the file."""
        if text.isascii():
            return text
        for released, hidden in self._hidden:
            text = text.replace(hidden, self.release + released)
        return text

    def plain(self, value: str) -> str:
        """Hidden characters as what they mean."""
        return value.translate(self._meant)

    def escape(self, value: str) -> str:
        """A value as it is written, its service characters released; without a release character they are dropped."""
        if not self.release:
            return value.translate(dict.fromkeys(map(ord, self._service)))
        return "".join(self.release + char if char in self._service else char for char in value)

    @cached_property
    def _service(self) -> str:
        return self.release + self.terminator + self.element + self.component + self.repetition

    @cached_property
    def _hidden(self) -> list[tuple[str, str]]:
        # The release character itself comes first, so that "???'" is a question mark and an apostrophe.
        return list(zip(self._service, _RELEASED, strict=False))

    @cached_property
    def _meant(self) -> dict[int, str]:
        return {ord(hidden): released for released, hidden in self._hidden}

    @property
    def advice(self) -> str:
        """The `UNA` segment that says so."""
        return "UNA" + self.component + self.element + "." + (self.release or " ") + (self.repetition or " ") + (
            self.terminator
        )  # fmt: skip


USUAL = Separators()


def settle_separators(advice: str, head: str) -> tuple[Separators, str]:
    """The separators of an interchange by its `UNA` (empty where it has none) and by its beginning from `UNB` on; with
    it the advice where that cannot be meant as it stands."""
    guessed = guess_separators(head)
    if not advice:
        return guessed, ""
    component, element, release, repetition = advice[3], advice[4], advice[6].strip(), advice[7].strip()
    terminator = advice[8] if advice[8].isascii() else guessed.terminator
    stated = Separators(component, element, release, terminator, repetition)
    marks = [component, element, terminator, *release, *repetition]
    contradicted = bool(_UNB.match(head)) and (guessed.element, guessed.component) != (element, component)
    contradicted = contradicted and not _opens_message(stated, head)
    header = _BEFORE_HEADER.search(head)
    contradicted = contradicted or (header is not None and terminator not in head[: header.end()])
    # An advice that lost a character takes the line's end for the terminator.
    contradicted = contradicted or (terminator in "\r\n" and header is not None and header[1] not in marks[:2])
    if contradicted or len(set(marks)) < len(marks) or any(mark.isalnum() or mark == " " for mark in marks):
        return guessed, advice
    return stated, "" if len(advice) == 9 and advice.isascii() else advice


def _opens_message(separators: Separators, head: str) -> bool:
    """Whether these separators make a whole header of a message: then it is the `UNB` that is damaged."""
    element, component = re.escape(separators.element), re.escape(separators.component)
    return re.search(rf"UNH{element}\w{{1,14}}{element}[A-Z]{{6}}{component}[A-Z0-9]", head) is not None


def guess_separators(text: str) -> Separators:
    """What the beginning of an interchange (from its `UNB` on) shows of its own separators."""
    match = _UNB.match(text)
    if match is None:
        header = re.match(r"UN[BGH] *([^\w \t\r\n])", text)
        return Separators(element=header[1]) if header and header[1] not in ":?'" else USUAL
    element, component = match[1], match[2]
    terminator = _guess_terminator(text, match)
    if len({element, component, terminator}) < 3:
        return USUAL
    return Separators(component, element, "" if "?" in (element, component, terminator) else "?", terminator)


def _guess_terminator(text: str, header: re.Match[str]) -> str:
    """What stands before the `UNH`, unless another mark stands before far more segments: that one is damaged then."""
    end = _BEFORE_HEADER.search(text, header.end())
    terminator = end[1] if end else USUAL.terminator
    element = re.escape(header[1])
    before = Counter(re.findall(rf"([!-/:-@\[-`{{-~\x1c-\x1f])[ \t\r\n]*(?=[A-Z]{{3}}{element})", text))
    for mark in header.groups():
        before.pop(mark, None)
    usual = max(before, key=before.__getitem__, default=terminator)
    return usual if before[usual] > before[terminator] + 2 else terminator
