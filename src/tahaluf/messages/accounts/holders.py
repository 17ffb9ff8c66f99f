"""Who may hold an account: the names that the lines of a party may be read as, whichever line they stand on.

Whoever fills in a payment order writes two holders into one line, a title above the name, "c/o" below it, or a name
over several lines. Names of a party are alternatives, so each such reading is one more.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from tahaluf.names.countries import country_code
from tahaluf.names.knowledge import knowledge

# Alternatives that one party is given; more are counted.
MOST_NAMES = 12
# Lines that are looked at; those behind count as names that were left off.
MOST_LINES = 40
# Behind one of these stands somebody else, or somebody's other name.
_OTHERS = (
    "and/or, et/ou, und/oder, y/o, or, ou, oder, alias, a/k/a, a.k.a., a.k.a, aka, f/k/a, fka, d/b/a, dba, t/a, "
    "c/o, c/-, c.o., care of, chez, attn, attention, fao, f.a.o., obo, o/b/o, s/o, d/o, w/o, أو, او, بواسطة, "
    "عناية"
)
_OTHER = re.compile(
    r"(?<![^\s,;(/])(?:"
    + "|".join(re.escape(word).replace("/", r"\s?/\s?") for word in _OTHERS.split(", "))
    + r")(?=[\s,;:.()]|\Z)[\s:.,]*",
    re.IGNORECASE,
)
# Marks between two, whoever they are, and words that join persons but also the words of a company.
_BETWEEN = re.compile(r"[/;()|]")
_JOINED = re.compile(r"[&+]|(?<=\s)(?:and|et|und|y|و)(?=\s)", re.IGNORECASE)
_MARK = re.compile(r"[/;(|&+]")
_DIGIT = re.compile(r"\d")
_CARE = re.compile(r"(?:c\s?/\s?o|c/-|care of|chez|attn|attention|fao|عناية|بواسطة)(?=[\s:.,])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W\d_]+")
# What an address line begins or ends with.
_PLACES = (
    "rue avenue ave av boulevard blvd bd street st road rd lane drive square place quai route chemin allee "
    "impasse cite quartier secteur lot lotissement immeuble imm batiment bat residence apt appt floor etage "
    "building bldg tower box bp po zone industrial district city village town province governorate region strasse "
    "str platz weg via calle plaza hay derb douar cedex شارع حي طريق عمارة محافظة مدينة منطقة"
)
_ADDRESS = frozenset(_PLACES.split())
_COURTESIES = (
    "mr mrs ms miss mister messrs m mm mme mlle monsieur madame mademoiselle dr doctor docteur prof sir herr frau "
    "señor señora signor signora السيد السيدة الآنسة الدكتور الدكتورة الأستاذ الحاج"
)
_TITLES = frozenset(_COURTESIES.split())
_SHORTEST = 4


@cache
def _telling() -> frozenset[str]:
    """Words without any of which, and of `_MARK`, a line is one name."""
    return (
        _TITLES | {word for others in _OTHERS.split(", ") for word in others.split()} | {"and", "et", "und", "y", "و"}
    )


def may_hold_more(text: str) -> bool:
    """Whether one or several names joined with blanks may be parted or stripped: quick, and true for a few that are
    not."""
    words = text.casefold().replace(":", " ").replace(",", " ")
    if "." in words:
        words += " " + words.replace(".", " ")
    return _MARK.search(text) is not None or not _telling().isdisjoint(words.split())


def find_holders(names: Sequence[str], lines: Sequence[str], *, wrapped: bool = True) -> tuple[tuple[str, ...], int]:
    """`names` as they are known already and what they and the `lines` below may be read as, at most `MOST_NAMES`; and
    how many there are in all. `wrapped`: a name may go on in the next line."""
    over = max(0, len(lines) - MOST_LINES)
    lines = lines[:MOST_LINES]
    for line in lines:
        if _may_tell(line):
            break
    else:
        if not over and not (names and may_hold_more(" ".join(names))):
            return tuple(names), len(names)
    found = dict.fromkeys(names)
    readings = [*names, *(line for line in lines if _may_name(line))]
    if wrapped:
        readings += _wrapped([*names[:1], *lines[:3]])
    for reading in readings:
        found[reading] = None
    for reading in readings:
        if may_hold_more(reading):
            found.update(dict.fromkeys(_parts(reading)))
    return tuple(found)[: max(MOST_NAMES, len(names))], len(found) + over


@lru_cache(maxsize=1 << 10)
def _may_tell(line: str) -> bool:
    """Whether a line below a name may be one or a part of one."""
    return _CARE.match(line) is not None or may_go_on(line)


def _may_name(line: str) -> bool:
    """Whether a line below a name may be one of its own."""
    return _CARE.match(line) is not None or (len(_WORD.findall(line)) > 1 and may_go_on(line))


@lru_cache(maxsize=1 << 10)
def may_go_on(line: str) -> bool:
    """Whether a line may be a part of a name: it has nothing of an address."""
    if _DIGIT.search(line) is not None:
        return False
    words = line.casefold().replace(",", " ").replace(".", " ").split()
    if not words or _WORD.search(line) is None:
        return False
    if words[0] in _ADDRESS or words[-1] in _ADDRESS:
        return False
    return not any(country_code(" ".join(words[at:])) for at in range(max(0, len(words) - 3), len(words)))


def _wrapped(lines: Sequence[str]) -> Iterator[str]:
    """Neighboring lines as one, two and three of them."""
    follows = [bool(line) and may_go_on(line) for line in lines]
    for begin in range(len(lines) - 1):
        for end in (begin + 2, begin + 3):
            if end <= len(lines) and all(follows[begin + 1 : end]) and (begin == 0 or follows[begin]):
                yield " ".join(lines[begin:end])


def _parts(name: str) -> Iterator[str]:
    """The holders of one line, and each without titles."""
    for other in _OTHER.split(name):
        fewest = 1 if len(other) < len(name) else 2
        for between in _BETWEEN.split(other):
            pieces = _JOINED.split(between) if _is_of_persons(between) else [between]
            for piece in (between, *pieces) if len(pieces) > 1 else pieces:
                part = _without_titles(piece.strip(" \t,.:-"))
                words = _WORD.findall(part)
                if len(words) >= (fewest if piece is other else 2) and len(part) >= _SHORTEST:
                    yield part


def _is_of_persons(name: str) -> bool:
    known = knowledge()
    words = [word.casefold() for word in _WORD.findall(name)]
    return not any(word in known.legal_forms or word in known.generic for word in words)


def _without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].casefold().strip(".,") in _TITLES:
        del words[0]
    return " ".join(words)
