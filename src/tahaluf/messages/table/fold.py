"""How a heading or a fixed word of a cell is compared: without case, accents, marks, kinds of alef, or punctuation."""

import re
import unicodedata

_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_GAPS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans("أإآٱىةؤئی", "ااااي" + "هويي")


def fold_heading(text: str) -> str:
    """`"N° de Passeport "` → `"n de passeport"`; `camelCase` is taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.strip())
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", apart)).translate(_LETTERS).casefold()
    return _GAPS.sub(" ", plain.replace("°", " ").replace("#", " num ")).strip()
