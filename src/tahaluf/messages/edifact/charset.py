"""What an interchange's bytes beyond ASCII mean: its declared repertoire, or what it really is written in.

ISO 9735 repertoires (`UNOA`…`UNOY`, data element 0001) name ISO 646 and ISO 8859 sets; `UNOA` and `UNOB` allow ASCII
alone. Carriers send UTF-8, Windows-1252 and Arabic sets under any of them. UTF-8 is told by its form, the rest by what
is declared where that allows more than ASCII, else by how the letters make words.

Inside the reader such a byte is a surrogate escape (PEP 383) until the value that holds it is decoded.
"""

import re

from tahaluf.messages.table.encoding import detect_encoding

_DECLARED = {
    "UNOC": "iso8859_1", "UNOD": "iso8859_2", "UNOE": "iso8859_5", "UNOF": "iso8859_7", "UNOG": "iso8859_3",
    "UNOH": "iso8859_4", "UNOI": "iso8859_6", "UNOJ": "iso8859_8", "UNOK": "iso8859_9", "UNOL": "iso8859_15",
    "UNOW": "utf-8", "UNOX": "iso2022_jp", "UNOY": "utf-8",
}  # fmt: skip
_ASCII_ONLY = frozenset(("UNOA", "UNOB"))
_ENOUGH = 1 << 14
_WORD = re.compile(r"[A-Za-z\udc80-\udcff]*[\udc80-\udcff][A-Za-z\udc80-\udcff]*")


class Charset:
    """How to decode the values of one interchange; learns from each block before its values are decoded."""

    def __init__(self, declared: str) -> None:
        self.declared = declared.upper()
        self.used = ""
        self.lower = False
        self._sample = bytearray()

    @property
    def departs(self) -> bool:
        """Whether the bytes met are not what was declared."""
        return bool(self.used) and self.used != _DECLARED.get(self.declared)

    @property
    def lower_in_capitals(self) -> bool:
        """Whether small letters came under `UNOA`, which has capitals alone."""
        return self.lower and self.declared == "UNOA"

    def learn(self, text: str) -> None:
        """Looks at a block of the interchange."""
        if text.isascii() or len(self._sample) >= _ENOUGH:
            return
        for word in _WORD.findall(text):
            self._sample += word[:64].encode("ascii", "surrogateescape") + b"\n"
            if len(self._sample) >= _ENOUGH:
                break
        self.used = self._decide()

    def see_letters(self, text: str) -> None:
        """Looks whether there are small letters, where there should be none."""
        if not self.lower and self.declared == "UNOA":
            self.lower = text != text.upper()

    def _decide(self) -> str:
        sample = bytes(self._sample)
        if not sample:
            return ""
        found = detect_encoding(sample, [sample])
        declared = _DECLARED.get(self.declared)
        return found if found == "utf-8" or declared in (None, "utf-8") else str(declared)

    def decode(self, value: str) -> str:
        """A value with its escaped bytes as letters; a byte that is none in the set becomes U+FFFD."""
        if value.isascii():
            return value
        octets = value.encode("utf-8", "surrogateescape")
        try:
            return octets.decode("utf-8")
        except UnicodeDecodeError:
            codec = self.used if self.used not in ("", "utf-8") else "cp1252"
            return value.encode("ascii", "surrogateescape").decode(codec, "replace")
