"""Cut a name into tokens, each with the part that it plays; the first step of every comparison.

Guarantees: no letter is lost (`shown` keeps what was written, particles stay as tokens of role `PARTICLE`); at least
one token carries weight unless the name has no letters at all; the parts of a compound (abd al-…, abu …, … al-din,
… allah) make one token, written together or apart. The comma of "FAMILY, Given" puts the family name last. Which words
play a part is knowledge (`resources/`), looked up word by word; phrases are not looked for.
"""

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import chain

from tahaluf.names.compounds import normalize_compound
from tahaluf.names.fold import fold
from tahaluf.names.knowledge import knowledge
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


_KNOWN = knowledge()
_ALWAYS = (_KNOWN.articles | _KNOWN.european | _KNOWN.conjunctions) - _KNOWN.also_names
_ASSIMILATED = _KNOWN.assimilated - _ALWAYS - _KNOWN.also_names
_NASAB = _KNOWN.nasab - _KNOWN.also_names
_KUNYA = _KNOWN.kunya - _KNOWN.also_names
_SERVANTS = _KNOWN.servants - _KNOWN.also_names
_BEFORE = _SERVANTS | _KUNYA | (_KNOWN.umm - _KNOWN.also_names)
_DIN = _KNOWN.din - _KNOWN.also_names
_ALLAH = _KNOWN.allah - _KNOWN.also_names
_BORN_OF = _KNOWN.born_of - _KNOWN.also_names
_DROPPED = (_KNOWN.dropped | _KNOWN.ranks) - _KNOWN.also_names
_COMPANY = frozenset(word for word, concept in _KNOWN.generic.items() if concept == "company")
_SOFT = (_KNOWN.soft | _KNOWN.legal_forms.keys() | _COMPANY) - _KNOWN.also_names
# Every word that may be anything but a name by itself.
_PLAYING = frozenset().union(_ALWAYS, _ASSIMILATED, _NASAB, _BEFORE, _DIN, _ALLAH, _BORN_OF, _DROPPED, _SOFT)


@lru_cache(maxsize=1 << 16)
def tokenize(name: str) -> tuple[Token, ...]:
    """The tokens of `name` in comparison order; at most `MAX_TOKENS`, particles included."""
    words = _words(_bounded(name))
    if _PLAYING.isdisjoint(words):
        return tuple(map(_name, words[:MAX_TOKENS]))
    tokens: list[Token] = []
    nasab = False
    i = 0
    while i < len(words) and len(tokens) < MAX_TOKENS:
        if _PLAYING.isdisjoint(words[i : i + 2]):
            token, used = _name(words[i]), 1
        else:
            token, used = _token_at(words, i)
        if nasab and token.role is not Role.PARTICLE:
            token = _born_of(token)
        nasab = token.role is Role.PARTICLE and token.text in _NASAB
        tokens.append(token)
        i += used
    return _keep_one(tokens)


def _bounded(name: str) -> str:
    """At most `MAX_LETTERS` of `name`, from its first word on."""
    first = _WORD.search(name)
    start = first.start() if first else 0
    return name[start : start + MAX_LETTERS]


def _words(name: str) -> list[str]:
    if "." in name:
        name = _INITIALS.sub(lambda found: found[0].replace(".", " "), name)
    if "'" in name or "’" in name:
        name = _POSSESSIVE.sub("", name)
    head, comma, tail = name.partition(",")
    if comma and tail.strip() and "," not in tail and len(head.split()) <= 4:
        name = f"{tail} {head}"
    return split_words(name)


def split_words(text: str) -> list[str]:
    """The words of a text, folded and romanized, whatever part they play."""
    return list(chain.from_iterable(map(_words_between_spaces, text.split(" "))))


@lru_cache(maxsize=1 << 16)
def _words_between_spaces(part: str) -> tuple[str, ...]:
    # No letter is folded otherwise for what stands beyond a space, and a list has far fewer words than names.
    if part.isascii() and part.isalnum():
        return (part.lower(),)
    return tuple(word for word in map(romanize, _WORD.findall(fold(part))) if word)


def _token_at(words: list[str], i: int) -> tuple[Token, int]:
    """The token that begins at the i-th word, and how many words it takes."""
    word = words[i]
    left = len(words) - i - 1
    if _is_article(words, i):
        return _particle(word), 1
    if left:
        joined = _join_start(words, i) if word in _BEFORE else _join_end(words, i)
        if joined is not None:
            return joined
    if word in _DROPPED or (word in _NASAB and left):
        return _particle(word), 1
    if left and words[i + 1] in _BORN_OF and len(word) > 2:
        return Token(word + words[i + 1], f"{word} {words[i + 1]}", Role.NAME), 2
    return (_single(word, Role.SOFT) if word in _SOFT else _name(word)), 1


def _is_article(words: list[str], i: int) -> bool:
    """Whether the i-th word is an article or the like; an assimilated one only where its consonant is what follows."""
    word = words[i]
    if word in _ASSIMILATED:
        return i + 1 < len(words) and words[i + 1].startswith(word[1:])
    return word in _ALWAYS


def _join_start(words: list[str], i: int) -> tuple[Token, int]:
    """One token of "servant of", "father of" or "mother of" and what follows, past an article."""
    word = words[i]
    used = 2 if i + 2 < len(words) and _is_article(words, i + 1) else 1
    arabic = is_arabic(word)
    start = word[:3] if word.startswith(("abd", "عبد")) else word
    if word in _KUNYA:
        start = "ابو" if arabic else "abu"
    rest = words[i + used]
    stem = _strip_article(rest) if is_arabic(rest) else rest
    text = normalize_compound(start + stem)
    if word in _SERVANTS and rest in _ALLAH:
        text = start + ("له" if arabic else "lah")
    return Token(text, "".join(words[i : i + 1 + used]), Role.NAME), used + 1


def _join_end(words: list[str], i: int) -> tuple[Token, int] | None:
    """One token of a word and the "of the faith" or "of God" that follows it, past an article."""
    word = words[i]
    if word in _NASAB or word in _DROPPED or len(word) < 2:
        return None
    step = 2 if i + 2 < len(words) and _is_article(words, i + 1) else 1
    arabic = is_arabic(word)
    if words[i + step] in _DIN:
        end = "دين" if arabic else "din"
    elif words[i + step] in _ALLAH:
        end = "له" if arabic else "lah"
    else:
        return None
    return Token(word + end, " ".join(words[i : i + 1 + step]), Role.NAME), step + 1


@lru_cache(maxsize=1 << 16)
def _name(word: str) -> Token:
    return _single(word, Role.NAME)


@lru_cache(maxsize=1 << 16)
def _born_of(token: Token) -> Token:
    return replace(token, nasab=True)


@lru_cache(maxsize=1 << 10)
def _particle(word: str) -> Token:
    return Token(word, word, Role.PARTICLE)


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
        # The first of the best: the same token may stand twice.
        best = max(range(len(tokens)), key=lambda i: (tokens[i].role is Role.SOFT, len(tokens[i].text)))
        tokens[best] = replace(tokens[best], role=Role.NAME)
    return tuple(tokens)
