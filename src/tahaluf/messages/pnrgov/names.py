"""Names as reservations hold them: surname and given names apart, titles glued to the last given name or after it.

AIRIMP 3.2: given names and title run together (`JOHNMR`), letters and spaces alone. What may be a title or the end of
a name (`BADR`, `SHAMS`, `OMR`) is left open: both readings become names.
"""

import re
from functools import lru_cache
from typing import NamedTuple

TITLES = frozenset((
    "MR", "MRS", "MS", "MISS", "MSTR", "MST", "MASTER", "DR", "PROF", "SIR", "MME", "MLLE", "MDM", "MADAM", "SRA",
    "HERR", "FRAU", "REV", "CAPT", "CHD", "INF", "INFT", "ADT",
))  # fmt: skip
# What may stand beside another title.
_AGES = frozenset(("CHD", "INF", "INFT", "ADT"))
_GLUED = re.compile(r"(.{2,}?)(MR|MRS|MS|MISS|MSTR|DR|PROF|CHD|INF)")
_LEADING = re.compile(r"(MRS|MR|DR)([A-Z]{3,})")
# What ends like a glued title and is a name, or the end of one: Omr, Qamr, Badr, Haidr, Shams …
_NAMELIKE = re.compile(
    r".*(?:[ABDGHKNQSW]ADR|[HKQS]IDR|A[IY]DR|(?:LI|SH|CH|D|BB)AMS)|.{1,4}(?:DR|MS)|(?:.|ABO?U|BEN|BIN|IBN|[AE]L)[AOU]MR"
)
_UNKNOWN = frozenset((
    "FNU", "LNU", "NFN", "NLN", "NMN", "XXX", "XXXX", "UNKNOWN", "UNK", "NONAME", "NIL", "N/A", "FIRSTNAME", "LASTNAME",
))  # fmt: skip
_PLACEHOLDER = re.compile(
    r"(?:[A-Z ]+ )?(?:GROUP|GRP|GROUPE)\d*|TBA|TBN|TBC|TBD|NO ?NAMES?|UNNAMED|PAX\d*|PASSENGER\d*|(?:ZZ+|XX+)[A-Z]?\d*"
    r"|ZZ+(?:GROUP|GRP|PAX|TBA)\w*|ZZ\d+|TEST ?PAX"
)
_DOUBLED = re.compile(r"ZZ|XX")
_BRACKETS = re.compile(r"\([^()]*\)?")
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_LETTER = re.compile(r"[^\W\d_]")
MAX_NAME = 300
REMEMBERED = 1 << 14
_SHORT = 3


class Given(NamedTuple):
    """Given names in every reading, the surest first (an empty text where nothing but a title stood), and the title."""

    readings: tuple[str, ...]
    title: str


def clean(text: str) -> str:
    """On one line, without controls or outer blanks, bounded."""
    if text.isprintable() and "  " not in text and len(text) < MAX_NAME:
        return text.strip()
    return " ".join(text.translate(_CONTROLS).split())[:MAX_NAME]


def has_letter(text: str) -> bool:
    """Whether a text can name anyone."""
    return _LETTER.search(text) is not None


def says_nothing(text: str) -> bool:
    """Whether a part of a name has no letter, or a word that stands for an unknown one (`FNU`)."""
    return not has_letter(text) or not _UNKNOWN.isdisjoint(text.upper().split())


@lru_cache(maxsize=REMEMBERED)
def squash(text: str) -> str:
    """What tells two spellings of one name apart: letters and digits alone, one case."""
    return "".join(filter(str.isalnum, text)).casefold()


@lru_cache(maxsize=REMEMBERED)
def split_given(text: str) -> Given:
    """`JOHN PAUL MR`, `JOHNMR`, `MRJOHN` or `MR` as given names and title."""
    words = clean(_BRACKETS.sub(" ", text)).split(" ")
    titles: list[str] = []
    while words and words[-1].strip(".").upper() in TITLES:
        titles.insert(0, words.pop().strip(".").upper())
    while len(words) > 1 and words[0].strip(".").upper() in TITLES:
        titles.append(words.pop(0).strip(".").upper())
    words = [word for word in words if word.upper() not in _UNKNOWN]
    whole = " ".join(words)
    if not words or not _AGES.issuperset(titles):
        return Given((whole,), " ".join(titles))
    readings, title = _split_glued(words)
    return Given(readings, " ".join(filter(None, (title, *titles))))


def _split_glued(words: list[str]) -> Given:
    last, whole = words[-1], " ".join(words)
    glued = _GLUED.fullmatch(last.upper())
    if glued:
        stem = " ".join((*words[:-1], last[: len(glued[1])]))
        if _NAMELIKE.fullmatch(last.upper()):
            return Given((stem, whole) if len(glued[1]) > _SHORT else (whole, stem), glued[2])
        return Given((stem,), glued[2])
    leading = _LEADING.fullmatch(words[0].upper())
    if leading:
        rest = " ".join((words[0][len(leading[1]) :], *words[1:]))
        return Given((whole, rest), leading[1])
    return Given((whole,), "")


@lru_cache(maxsize=REMEMBERED)
def full_names(surname: str, given: str) -> tuple[tuple[str, ...], str]:
    """The names that surname and given names make, the surest first, and the title; no name where neither says one."""
    family = "" if surname.upper() in _UNKNOWN else clean(surname)
    readings, title = split_given(given)
    names = (f"{reading} {family}".strip() for reading in readings)
    return tuple(dict.fromkeys(name for name in names if has_letter(name))), title


def is_placeholder(surname: str, given: str) -> bool:
    """Whether a name stands for travelers not named yet: `GROUP`, `TBA`, `ZZ`, `NONAME`.

    `ZZ` and `XX` before a given name of a length are a doubled one-letter surname (AIRIMP), and so someone's.
    """
    family = clean(surname).upper()
    if not _PLACEHOLDER.fullmatch(family):
        return False
    reading = split_given(given).readings[0].upper()
    is_someone = _DOUBLED.fullmatch(family) and len(squash(reading)) > 2 and not _PLACEHOLDER.fullmatch(reading)
    return not is_someone
