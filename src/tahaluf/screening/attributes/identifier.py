"""What a document's number comes to: its normal form, the family of its type, and whose it is.

Reach for it before two numbers are compared or looked up. A number is kept without case, spaces, dashes and script of
its digits, letters that Cyrillic shares with Latin as Latin ones; "IMO" before a ship's seven digits, "IBAN" before an
account and the branch "XXX" after a bank's eight characters are left out. Types of one family answer each other
("diplomatic passport" a passport); numbers of some families are given once in the world, whatever the country.
"""

import re
from functools import lru_cache

from tahaluf.domain import Document
from tahaluf.names.fold import fold

MOST_CHARACTERS = 128
LEAST_DIFFERENT = 3
LEAST_CHECKED = 15
UNKNOWN_TYPES = frozenset({"", "identification", "unknown", "other", "document"})
BIC, IMO, LEI, IBAN, WALLET = "swift/bic", "imo number", "lei", "iban", "wallet"
WORLDWIDE = frozenset({BIC, IMO, LEI, IBAN, WALLET, "isin", "mmsi", "call sign"})
# The numbers of a fleet, of a bank's branches, of an issuer's papers follow one another: one slip away is a sibling.
SERIES = frozenset({BIC, "isin", "mmsi", "call sign", "aircraft"})
_FAMILIES = {
    "bic": BIC, "swift": BIC, "imo": IMO, "legal entity": LEI, "public key": WALLET, "account": "bank account",
    "driver's license": "driving license", "identity card": "national id", "personal id card": "national id",
}  # fmt: skip
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")
_BIC = re.compile(r"([A-Z]{6}[A-Z0-9]{2})(XXX|[A-Z0-9]{3})?")
_PREFIXED = re.compile(r"\AIMO(?:NO|NR|NUMBER)?(?=[0-9]{7}\Z)|\AIBAN(?=[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}\Z)")


@lru_cache(maxsize=1 << 15)
def normalize_number(number: str) -> str:
    """Capitals and digits only, digits of every script as ASCII ones."""
    folded = fold(number[:MOST_CHARACTERS]).upper().translate(_LOOK_ALIKE)
    return (folded if folded.isalnum() else "".join(filter(str.isalnum, folded)))[:MOST_CHARACTERS]


def is_number(normalized: str) -> bool:
    """Whether a normalized text may number a document: a digit in it, and at least three different characters."""
    return any(map(str.isdigit, normalized)) and len(set(normalized)) >= LEAST_DIFFERENT


@lru_cache(maxsize=1 << 15)
def read_number(number: str, kind: str) -> str:
    """The form in which a number of a document of type `kind` is compared; empty where it is none."""
    normalized = normalize_number(number)
    if family_of(kind) == BIC and (match := _BIC.fullmatch(normalized)):
        return match[1] if match[2] == "XXX" else normalized
    return _PREFIXED.sub("", normalized, count=1) if is_number(normalized) else ""


@lru_cache(maxsize=1 << 12)
def family_of(kind: str) -> str:
    """The family of a type of document; empty where the type says nothing."""
    plain = " ".join(kind.lower().split())
    if plain in UNKNOWN_TYPES:
        return ""
    if "passport" in plain:
        return "passport"
    if plain.startswith("aircraft"):
        return "aircraft"
    return WALLET if plain.startswith("digital currency address") else _FAMILIES.get(plain, plain)


def issuer_of(document: Document) -> tuple[str, str | None]:
    """The family of a document, empty where not known, and the country where it matters and is known; a bank account
    whose number is an IBAN is of that family."""
    family = family_of(document.type)
    if family == "bank account" and has_right_check(IBAN, read_number(document.number, document.type)):
        family = IBAN
    return family, None if family in WORLDWIDE else document.country or None


def fits(mine: Document, theirs: Document) -> bool:
    """Whether two documents may be one: families and countries are the same or not known."""
    (family, country), (other, elsewhere) = issuer_of(mine), issuer_of(theirs)
    return (not family or not other or family == other) and (not country or not elsewhere or country == elsewhere)


def may_be_slip(family: str, other: str, a: str, b: str) -> bool:
    """Whether two different numbers of such families may be one that was miscopied.

    Those that are given in series are not; nor are two numbers that are right by their check digits.
    """
    if not SERIES.isdisjoint((family, other)):
        return False
    checked = family or other
    return not (has_right_check(checked, a) and has_right_check(checked, b))


def has_right_check(family: str, number: str) -> bool:
    """Whether a normalized number of a family that has check digits is right by them; False for other families.

    IMO resolution A.1117(30): the first six digits times 7 … 2; IBAN and LEI: ISO 7064 MOD 97-10 (ISO 13616, 17442).
    """
    if family == IMO:
        if len(number) != 7 or not (number.isascii() and number.isdigit()):
            return False
        weighed = sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False))
        return weighed % 10 == int(number[6])
    if family not in {IBAN, LEI} or len(number) < LEAST_CHECKED or not number.isascii():
        return False
    turned = number[4:] + number[:4] if family == IBAN else number
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1
