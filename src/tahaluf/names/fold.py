"""Fold a name to the form in which spellings are compared: one letter for each group that writers interchange.

Reach for `fold` before any comparison of names, whatever their script. It guarantees: idempotent; no marks, tatweel,
zero-width or direction characters (the Persian half-space becomes a space); presentation forms, Persian, Urdu,
Kurdish and Pashto letters brought to the Arabic
base letter where writers interchange them (پ چ ژ گ ڤ stay: they are other sounds); Latin without diacritics. It does
not romanize and does not split.
"""

import re
import unicodedata
from functools import lru_cache

from tahaluf.domain import Script

_ARABIC = {
    "آأإٱٲٳٵ": "ا", "ىیېێئۍيےۓ": "ي", "ؤۆۇۈۋۅۉٶ": "و", "ةۀہھەۂۃۿ": "ه", "کڪګڬڮ": "ك", "ݢڰ": "گ", "ڵڷ": "ل", "ړڕڑڒ": "ر",
    "ټٹٿ": "ت", "ډڈڊ": "د", "ښ": "ش", "ڼںڻ": "ن", "څ": "تس", "ځ": "ز", "ږ": "ژ", "ڧڨ": "ق",
    "ڥ": "ڤ", "ڭ": "گ", "ڃ": "ج", "ء": "",
}  # fmt: skip
_LATIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e", "ŋ": "n",
    "ħ": "h", "ŧ": "t", "ɣ": "gh", "ɛ": "e", "ɔ": "o", "ʃ": "sh",
}  # fmt: skip
_JOINED = "'’‘ʼʻʾʿ`´ʹʺˈ‛′″“”\"\u02bd\u02c8"
_TABLE = str.maketrans(
    {char: to for chars, to in _ARABIC.items() for char in chars}
    | _LATIN
    | dict.fromkeys(_JOINED, "")
    | {"ـ": "", "\u200c": " ", "й": "ј", "ё": "е", "ї": "і", "ў": "у"}
)
_DIGITS = {ord(char): str(digit) for zero in "٠۰" for digit, char in enumerate(chr(ord(zero) + i) for i in range(10))}
_ASCII = re.compile(r"[a-z0-9 ]*\Z")
# Characters that nothing but the table changes: no forms, no marks, nothing that composes.
_SIMPLE = re.compile("[ -~\u0621-\u063a\u0641-\u064aа-яё‘’“”„«»]*\\Z")
_DROPPED = frozenset({"Mn", "Cf", "Me", "Cc", "Co", "Cn", "Cs"})


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The comparable form of `text`: lower case, marks and joiners gone, interchangeable letters one. Idempotent."""
    lowered = text.casefold()
    if _ASCII.match(lowered):
        return lowered
    if _SIMPLE.match(lowered):
        return lowered.translate(_TABLE)
    once = _fold_once(lowered)
    return once if once == lowered or _ASCII.match(once) else _fold_once(once)


def _fold_once(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_TABLE)).casefold()
    kept = [char if char not in "\t\r\n" else " " for char in decomposed if _is_kept(char)]
    return unicodedata.normalize("NFC", "".join(kept)).translate(_TABLE).translate(_DIGITS)


def _is_kept(char: str) -> bool:
    return char in "\t\r\n" or char < "\x7f" or unicodedata.category(char) not in _DROPPED


@lru_cache(maxsize=1 << 16)
def script_of(text: str) -> Script:
    """The script that most letters of `text` are in; `OTHER` when it has none of the three."""
    counts = {Script.ARABIC: 0, Script.LATIN: 0, Script.CYRILLIC: 0, Script.OTHER: 0}
    for char in text:
        if char.isalpha():
            counts[_script_of_letter(char)] += 1
    best = max(counts, key=lambda script: counts[script])
    return best if counts[best] else Script.OTHER


def _script_of_letter(char: str) -> Script:
    if char < "\u0250" or "\u1e00" <= char <= "\u1eff" or "\uff21" <= char <= "\uff5a":
        return Script.LATIN
    if "\u0600" <= char <= "\u08ff" or "\ufb50" <= char <= "\ufefc":
        return Script.ARABIC
    if "\u0400" <= char <= "\u052f":
        return Script.CYRILLIC
    return Script.OTHER
