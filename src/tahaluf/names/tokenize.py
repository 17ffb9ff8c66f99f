"""Cut a name into tokens, each with the part that it plays; the first step of every comparison.

Guarantees: no letter is lost (`shown` keeps what was written, particles stay as tokens of role `PARTICLE`); at
least one
token carries weight unless the name has no letters at all; the parts of a compound (abd al-…, abu …, … al-din, … allah)
make one token, written together or apart. The comma of "FAMILY, Given" puts the family name last.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from tahaluf.names.compounds import normalize_compound
from tahaluf.names.fold import fold
from tahaluf.names.letters import is_arabic
from tahaluf.names.romanize import romanize

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_POSSESSIVE = re.compile(r"\b[dl]['’](?=[^\W\d_]{3})", re.IGNORECASE)
MAX_TOKENS = 12
MAX_LETTERS = 400


class Role(IntEnum):
    """What a token does in a comparison: counts, counts little, or is left out."""

    NAME = 0
    SOFT = 1
    PARTICLE = 2


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `text` is compared; `bare` is its form without a glued article, where it may have one; `nasab`
    says that
    a "son of" stood before it.
    """

    text: str
    shown: str
    role: Role
    bare: str = ""
    nasab: bool = False


ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "as",
        "ad",
        "ar",
        "az",
        "ash",
        "an",
        "at",
        "ath",
        "es",
        "ed",
        "er",
        "ez",
        "esh",
        "en",
        "et",
        "il",
        "le",
        "la",
        "les",
        "the",
        "and",
        "و",
        "of",
        "de",
        "du",
        "da",
        "di",
        "do",
        "des",
        "dos",
        "das",
        "del",
        "della",
        "y",
        "und",
        "et",
    ]
) | {"ال"}
NASAB = frozenset(
    [
        "bin",
        "ben",
        "ibn",
        "ibnu",
        "bint",
        "binti",
        "binte",
        "ould",
        "wuld",
        "walad",
        "oulad",
        "wlad",
        "mint",
        "bn",
        "بن",
        "ابن",
        "بنت",
        "ولد",
        "منت",
        "وولد",
    ]
)
KUNYA = frozenset(["abu", "abou", "abo", "aboo", "abi", "aba", "abul", "abou'l", "ابو", "ابي", "ابا"])
UMM = frozenset(["umm", "oum", "om", "um", "ام"])
SERVANT = frozenset(
    [
        "abd",
        "abdul",
        "abdel",
        "abdal",
        "abdoul",
        "abdou",
        "abdu",
        "abdol",
        "abdil",
        "abdur",
        "abdus",
        "abdun",
        "abdir",
        "abder",
        "abdes",
        "abden",
        "abdulla",
        "عبد",
        "عبدال",
    ]
)
DIN = frozenset(
    [
        "din",
        "dine",
        "deen",
        "dien",
        "eddine",
        "eddin",
        "uddin",
        "addin",
        "aldin",
        "eldin",
        "aldeen",
        "eldeen",
        "uldin",
        "oddin",
        "edine",
        "الدين",
        "دين",
    ]
)
ALLAH = frozenset(["allah", "ullah", "ollah", "alla", "ulla", "oullah", "lah", "الله", "اله"])
BORN_OF = frozenset(
    [
        "zadeh",
        "zade",
        "zada",
        "zadah",
        "zad",
        "zoda",
        "pur",
        "pour",
        "poor",
        "nejad",
        "nezhad",
        "nejhad",
        "nia",
        "vand",
        "khel",
        "زاده",
        "زاد",
        "پور",
        "نژاد",
        "نيا",
        "وند",
        "خيل",
    ]
)
DROPPED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "eng",
        "ing",
        "general",
        "gen",
        "col",
        "colonel",
        "major",
        "maj",
        "brigadier",
        "brig",
        "lt",
        "lieutenant",
        "capt",
        "captain",
        "sir",
        "dame",
        "lord",
        "lady",
        "baroness",
        "hon",
        "excellency",
        "he",
        "hrh",
        "prince",
        "princess",
        "president",
        "minister",
        "الدكتور",
        "دكتور",
        "السيده",
        "الاستاذ",
        "اللواء",
        "العميد",
        "العقيد",
        "phd",
        "mp",
        "mme",
        "mlle",
        "monsieur",
        "madame",
    ]
)
SOFT = frozenset(
    [
        "haji",
        "hajji",
        "hadji",
        "hajj",
        "hadj",
        "haj",
        "elhadj",
        "alhaji",
        "alhadji",
        "sheikh",
        "shaykh",
        "shaikh",
        "cheikh",
        "cheik",
        "sheik",
        "sayyid",
        "seyyed",
        "sayed",
        "sayid",
        "seyed",
        "syed",
        "sidi",
        "sid",
        "mullah",
        "mulla",
        "molla",
        "maulavi",
        "mawlawi",
        "maulvi",
        "molvi",
        "mawlavi",
        "qari",
        "hafiz",
        "hafez",
        "ustad",
        "ustadh",
        "ostad",
        "mufti",
        "imam",
        "ayatollah",
        "hojatoleslam",
        "seyyid",
        "khan",
        "الحاج",
        "حاج",
        "حاجي",
        "شيخ",
        "ملا",
        "مولوي",
        "قاري",
        "حافظ",
        "استاذ",
        "مفتي",
        "امام",
        "ايهالله",
        "سيدي",
        "سيد",
        "السيد",
        "الشيخ",
        "شيخ",
        "سمو",
        "الامير",
        "امير",
    ]
) | frozenset(
    [
        "ltd",
        "limited",
        "llc",
        "llp",
        "inc",
        "corp",
        "corporation",
        "co",
        "company",
        "sa",
        "sarl",
        "gmbh",
        "ag",
        "plc",
        "ooo",
        "oao",
        "zao",
        "pao",
        "ao",
        "jsc",
        "ojsc",
        "cjsc",
        "pjsc",
        "bv",
        "nv",
        "spa",
        "srl",
        "as",
        "pte",
        "pvt",
        "fze",
        "fzco",
        "fzc",
        "شركه",
        "محدوده",
    ]
)


@lru_cache(maxsize=1 << 16)
def tokenize(name: str) -> tuple[Token, ...]:
    """The tokens of `name` in comparison order; at most `MAX_TOKENS`, particles included."""
    words = _words(name[:MAX_LETTERS])
    tokens: list[Token] = []
    nasab = False
    i = 0
    while i < len(words) and len(tokens) < MAX_TOKENS:
        token, used = _token_at(words, i)
        if nasab and token.role is not Role.PARTICLE:
            token = Token(token.text, token.shown, token.role, token.bare, nasab=True)
        nasab = token.text in NASAB if token.role is Role.PARTICLE and token.text not in ARTICLES else False
        tokens.append(token)
        i += used
    return _keep_one(tokens)


def _words(name: str) -> list[str]:
    name = _POSSESSIVE.sub("", _INITIALS.sub(lambda found: found[0].replace(".", " "), name))
    head, comma, tail = name.partition(",")
    if comma and tail.strip() and "," not in tail and len(head.split()) <= 4:
        name = f"{tail} {head}"
    return [word for word in map(romanize, _WORD.findall(fold(name))) if word]


def _token_at(words: list[str], i: int) -> tuple[Token, int]:
    word = words[i]
    left = len(words) - i - 1
    if left and word in SERVANT | KUNYA | UMM:
        used = 2 if words[i + 1] in ARTICLES and left > 1 else 1
        start = {"abd": "abd", "عبد": "عبد"}.get(word[:3], "abu" if word in KUNYA and word < "\u0600" else word)
        start = "ابو" if word in KUNYA and word >= "\u0600" else start
        rest = words[i + used]
        stem = _strip_article(rest) if is_arabic(rest) else rest
        if (start == "abd" and rest in ALLAH) or (start == "عبد" and rest in ALLAH):
            stem = "lah" if start == "abd" else "له"
        return Token(normalize_compound(start + stem), "".join(words[i : i + 1 + used]), Role.NAME), used + 1
    if left and word not in ARTICLES | NASAB | DROPPED and len(word) > 1:
        step = 2 if left > 1 and words[i + 1] in ARTICLES else 1
        if words[i + step] in DIN:
            end = "دين" if is_arabic(word) else "din"
            return Token(word + end, " ".join(words[i : i + 1 + step]), Role.NAME), step + 1
        if words[i + step] in ALLAH and word not in NASAB:
            end = "له" if is_arabic(word) else "lah"
            return Token(word + end, " ".join(words[i : i + 1 + step]), Role.NAME), step + 1
    if word in ARTICLES or word in DROPPED or (word in NASAB and left):
        return Token(word, word, Role.PARTICLE), 1
    if left and words[i + 1] in BORN_OF and word not in SOFT and len(word) > 2:
        return Token(word + words[i + 1], f"{word} {words[i + 1]}", Role.NAME), 2
    role = Role.SOFT if word in SOFT else Role.NAME
    return _single(word, role), 1


def _single(word: str, role: Role) -> Token:
    text = normalize_compound(word)
    bare = _strip_article(text)
    if is_arabic(text) and bare != text:
        return Token(bare, word, role, text)
    return Token(text, word, role, "" if bare == text else bare)


def _strip_article(word: str) -> str:
    if word.startswith("ال") and len(word) >= 4:
        return word[2:]
    if word[:2] in ("al", "el") and len(word) >= 6 and word[2] not in "aeiouy":
        return word[2:]
    return word


def _keep_one(tokens: list[Token]) -> tuple[Token, ...]:
    if tokens and all(token.role is not Role.NAME for token in tokens):
        best = max(tokens, key=lambda token: (token.role is Role.SOFT, len(token.text)))
        tokens = [Token(t.text, t.shown, Role.NAME, t.bare, t.nasab) if t is best else t for t in tokens]
    return tuple(tokens)
