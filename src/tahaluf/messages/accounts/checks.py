"""Whether a number is what it claims to be: IBAN, BIC, LEI, IMO number. Pure functions of text.

Each takes a number without blanks, letters in upper case (`compact` makes it so), and says whether form and check
digits hold; whether the number was ever issued is another question.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files

from tahaluf.names.countries import load_country_names

# ISO 13616-1: country, two check digits, up to 30 letters and digits. ISO 9362:2022: four letters or digits for the
# party (letters in practice), country, two for the place, three for the branch. ISO 17442: 18 and two check digits.
IBAN_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", re.ASCII)
BIC_FORM = re.compile(r"[A-Z0-9]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
LEI_FORM = re.compile(r"[A-Z0-9]{18}[0-9]{2}", re.ASCII)
IMO_FORM = re.compile(r"[0-9]{7}", re.ASCII)
LETTERS = {ord("A") + at: str(10 + at) for at in range(26)}
# BICs are issued for Kosovo, which has no code of ISO 3166-1 of its own.
KOSOVO = "xk"


def compact(text: str) -> str:
    """A number without blanks and in upper case, as it is checked and compared."""
    return "".join(text.split()).upper()


@cache
def load_iban_lengths() -> dict[str, int]:
    """Country (upper case) → how long its IBANs are."""
    table: dict[str, int] = json.loads((files("tahaluf.messages.accounts") / "iban.json").read_text("utf-8"))
    return table


@cache
def _known_countries() -> frozenset[str]:
    return frozenset(code.upper() for code in (*load_country_names(), KOSOVO) if len(code) == 2)


def _remainder(text: str) -> int:
    """ISO 7064 MOD 97-10, letters read as 10 to 35."""
    return int(text.translate(LETTERS)) % 97


def is_iban(text: str) -> bool:
    """Whether the length is that of the country and the check digits hold."""
    if load_iban_lengths().get(text[:2]) != len(text) or not text.isascii():
        return False
    check, account = text[2:4], text[4:]
    if not check.isdigit() or not "02" <= check <= "98":
        return False
    if account.isdigit():
        return int(account + _country_digits(text[:2]) + check) % 97 == 1
    return IBAN_FORM.fullmatch(text) is not None and _remainder(account + text[:4]) == 1


@cache
def _country_digits(country: str) -> str:
    return country.translate(LETTERS)


@lru_cache(maxsize=1 << 12)
def is_bic(text: str) -> bool:
    """Whether the form is that of a BIC of a country that there is; a BIC has no check digit."""
    found = BIC_FORM.fullmatch(text)
    return found is not None and found[1] in _known_countries()


@lru_cache(maxsize=1 << 12)
def is_lei(text: str) -> bool:
    """Whether the check digits of a legal entity identifier hold."""
    return LEI_FORM.fullmatch(text) is not None and _remainder(text) == 1


def is_imo(text: str) -> bool:
    """Whether the seventh digit of a ship's number checks the six before (IMO resolution A.1117)."""
    if not IMO_FORM.fullmatch(text):
        return False
    return sum(int(digit) * weight for digit, weight in zip(text, range(7, 1, -1), strict=False)) % 10 == int(text[6])
