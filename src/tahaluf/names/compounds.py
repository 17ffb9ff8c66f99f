"""Bring compound names to one form, however they are spaced: Abd al-Rahman, Abderrahmane; Nur al-Din, Noureddine.

Works on single romanized tokens (`normalize_compound`) after `tokenize` has joined the parts that stand apart. Both
scripts come to parallel forms (abdrahman, عبدرحمن; nurdin, نوردين; nasrlah, نصرله), which the likeness then compares.
"""

import re
from functools import lru_cache

_LATIN_SERVANT = re.compile(r"^abd(?:[aeiou]{1,2})?(?:l(?=.{2})|([rsnztd])(?=\1.))")
_LATIN_SERVANT_VOWEL = re.compile(r"^abd[aeiou]{1,2}(?=[^aeiou]{1,2}[aeiou])")
_LATIN_DIN = re.compile(r"(?<=.{2})[aeiou]{1,2}(?:ld|dd|d)(?:i|ee|ie)n[e]?$")
_LATIN_ALLAH = re.compile(r"(?<=.{2})(?:[aou]|ou)l{1,2}ah?$")
_ARABIC_SERVANT = re.compile(r"^عبدال(?=.{2})")
_ARABIC_DIN = re.compile(r"(?<=.{2})الدين$")
_ARABIC_ALLAH = re.compile(r"(?<=.{2})الل?ه$|(?<=.{2})لله$")


@lru_cache(maxsize=1 << 16)
def normalize_compound(token: str) -> str:
    """The one form of a compound theophoric token; any other token unchanged."""
    if token[0] >= "\u0600":
        return _normalize_arabic(token)
    if len(token) < 6:
        return token
    if token.startswith("abd"):
        short = _LATIN_SERVANT.sub("abd", token)
        token = short if short != token else _LATIN_SERVANT_VOWEL.sub("abd", token)
        return "abdlah" if token in {"abdlah", "abdla", "abdulah", "abdalah", "abdula", "abdala"} else token
    token = _LATIN_DIN.sub("din", token)
    return _LATIN_ALLAH.sub("lah", token) if "ll" in token or token.endswith(("ulah", "alah", "olah")) else token


def _normalize_arabic(token: str) -> str:
    if token.startswith("عبدال"):
        return "عبدله" if token in {"عبدالله", "عبداله", "عبداللا"} else _ARABIC_SERVANT.sub("عبد", token)
    token = _ARABIC_DIN.sub("دين", token)
    return _ARABIC_ALLAH.sub("له", token)
