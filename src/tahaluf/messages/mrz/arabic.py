"""Arabic names in the machine-readable zone and back: Doc 9303 Part 3, section 6.C and Appendix B.

Reach for `transliterate` to write a name and for `restore` to get the Arabic spelling back from one written so.
The table is a prefix code, so a text splits into letters in one way. What does not come back:

- tatweel, vowel marks, superscript alef and the letters ڜ ڢ ڧ ڨ, which are not encoded at all;
- ې, which shares Y with ي;
- whether a doubled letter was written twice or bears a shadda: `restore` gives both, at most `MOST` in all.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, product

from anyascii import anyascii

from tahaluf.messages.mrz.knowledge import table

MOST = 4
SHADDA = "\u0651"
_LETTERS: dict[str, str] = table("arabic")
_FINAL: dict[str, str] = table("arabic_final")
_RESTORED: dict[str, str] = table("restored")
_ROMANIZED: dict[str, str] = table("romanized")
_UNWRITTEN = dict.fromkeys(map(ord, table("unwritten")))
_LATIN = str.maketrans(table("latin"))
_CODE = re.compile("|".join(sorted(_RESTORED, key=len, reverse=True)))
_WORD = re.compile(f"(?:{_CODE.pattern})+")
_SEPARATORS = re.compile(r"[\s<,\-\u2010-\u2015]+")
_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
# Escapes that no Latin name bears: what is left of them when the X is passed over reads as a name.
_ESCAPES = re.compile("X(?:KH|SH|SS|TH|TT|ZZ|DH|DZ|H)")
_STRAY = re.compile("(?<=[BCDFGHJKMPQSTVWZ])X")
_LIKELIHOOD: dict[str, float] = table("likelihood")
# How much likelier (log2) transliteration must be, since few States use it, and what a pair of letters counts that is
# met in neither spelling.
_SURE = 2.0
_UNSEEN = -0.5
# The Appendix writes الله with the heh of an older table (B.5.9).
_ALLAH = {"ALLXH": "الله"}


def transliterate(arabic: str) -> str:
    """The name as the zone writes it, components apart by `<`; other scripts in it become plain Latin letters."""
    return "<".join(filter(None, map(_write, _SEPARATORS.split(unicodedata.normalize("NFKC", arabic)))))


def encode_name(text: str) -> str:
    """A name in any script in the letters of the zone (sections 4.6 and 6), components apart by `<`."""
    if _ARABIC.search(text):
        return transliterate(text)
    upper = unicodedata.normalize("NFC", text).translate(_LATIN).upper().translate(_LATIN)
    words = ("".join(filter("ABCDEFGHIJKLMNOPQRSTUVWXYZ".__contains__, anyascii(word).upper())) for word in
             _SEPARATORS.split(upper))  # fmt: skip
    return "<".join(filter(None, words))


def _write(word: str) -> str:
    codes: list[str] = []
    letters = word.translate(_UNWRITTEN)
    last = len(letters.rstrip(SHADDA)) - 1
    for place, letter in enumerate(letters):
        if letter == SHADDA:
            codes.extend(codes[-1:])
            continue
        known = _FINAL.get(letter) if place == last else None
        codes.append(known or _LETTERS.get(letter) or re.sub("[^A-Z]", "", anyascii(letter).upper()))
    return "".join(codes)


def restore(mrz_name: str, *, cut: bool = False) -> tuple[str, ...]:
    """The Arabic spellings that a name may stand for, secondary identifier first; none where it is not written so.

    `mrz_name` is the name field or a part of it (`PRIMARY<<SECONDARY`), fillers or spaces between components; with
    `cut` it was truncated, and what is left of a last letter is passed over.
    """
    words = _in_order(mrz_name)
    if cut and words:
        words = _without_begun(words, mrz_name)
    if not words or not is_transliterated(words):
        return ()
    return tuple(" ".join(spelled) for spelled in _bounded([_alternatives(split_codes(word)) for word in words]))


def _in_order(mrz_name: str) -> list[str]:
    primary, _, secondary = mrz_name.strip("< ").partition("<<")
    return [word for part in (secondary, primary) for word in part.replace("<", " ").split()]


def _without_begun(words: list[str], mrz_name: str) -> list[str]:
    """The components without an escape that truncation left unfinished in the last one of the field."""
    last = mrz_name.replace("<", " ").split()[-1]
    begun = re.search("X[A-Z]?$", last)
    if begun is None or _WORD.fullmatch(last):
        return words
    at = (
        len(words) - 1
        if "<<" not in mrz_name.strip("<")
        else len(mrz_name.partition("<<")[2].replace("<", " ").split()) - 1
    )
    shorter = last[: begun.start()]
    return [*words[:at], *([shorter] if shorter else []), *words[at + 1 :]]


def split_codes(word: str) -> list[str]:
    """The codes that a component is made of; none where it is not made of them alone."""
    return _CODE.findall(word) if _WORD.fullmatch(word) else []


def is_transliterated(words: Sequence[str]) -> bool:
    """Whether a name's components are made of the table's codes, and look it: escapes, few vowels, an E for every ع.

    By how common neighboring letters are in names so written, and in ordinary Latin spellings (`build_mrz`).
    """
    total = 0.0
    for word in words:
        likelihood = _likelihood(word)
        if likelihood is None:
            return False
        total += likelihood
    return total >= _SURE


@lru_cache(maxsize=1 << 16)
def _likelihood(word: str) -> float | None:
    """How much likelier (log2) a component is transliterated Arabic than anything else; None where it cannot be."""
    if not _WORD.fullmatch(word):
        return None
    return sum(_LIKELIHOOD.get(a + b, _UNSEEN) for a, b in pairwise(f"^{word}$"))


def romanize_codes(name: str) -> str:
    """What a transliterated name (spaces between components) is in the usual Latin letters, vowels missing."""
    return _CODE.sub(lambda found: _ROMANIZED[found[0]], name)


def latin_reading(name: str) -> str | None:
    """A name in which some letters are escaped and vowels stand (MUXHAMMAD), without the escapes; None where none is.

    `name` has spaces between components. Appendix B.5.3: operators are told to pass over the X.
    """
    if not _ESCAPES.search(name) and not _STRAY.search(name):
        return None
    return _STRAY.sub("", _ESCAPES.sub(lambda found: _ROMANIZED[found[0]], name))


def _alternatives(codes: Sequence[str]) -> list[str]:
    """A component's spellings: as written, then with one of each run of equal letters taken for a shadda."""
    if "".join(codes) in _ALLAH:
        return [_ALLAH["".join(codes)], "".join(map(_RESTORED.__getitem__, codes))]
    letters = "".join(map(_RESTORED.__getitem__, codes))
    runs = [found[0] for found in re.finditer(r"(.)\1*", letters)]
    choices = [(run,) if len(run) == 1 else (run, run[:-1]) for run in runs]
    doubled = sum(len(choice) > 1 for choice in choices)
    if doubled <= 2:
        return ["".join(chosen) for chosen in product(*choices)]
    return [letters, "".join(choice[-1] for choice in choices)]


def _bounded(words: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """At most `MOST` names: every combination where they are few, else all as written, all shaddas, one at a time."""
    total = 1
    for word in words:
        total *= len(word)
    if total <= MOST:
        return list(product(*words))
    written = tuple(word[0] for word in words)
    single = tuple(word[-1] for word in words)
    mixed = (written[:at] + single[at : at + 1] + written[at + 1 :] for at in range(len(words)))
    return list(dict.fromkeys((written, single, *mixed)))[:MOST]
