"""The first line of a party field: an account, a clearing code, a code with a country and a number; and BICs.

Numbers come as `(type, value, country)` in the vocabulary of the lists.
"""

import re
from typing import NamedTuple

from tahaluf.messages.accounts import compact, is_bic, is_iban
from tahaluf.names.countries import country_code

Number = tuple[str, str, str | None]
BIC_LIKE = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
IBAN_LIKE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
# Debit or credit side of an account: /C/…, /D/….
_SIDES = ("C/", "D/")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
# National clearing systems, as in //FW021000089: party identifier of options A, C and D.
_CLEARING = re.compile(r"//([A-Z]{2})(.*)")
# Party identifier of option F: what the number is, and whether only a human being has such.
CODES = {
    "ARNU": ("identification", True), "CCPT": ("passport", True), "CUST": ("identification", False),
    "DRLC": ("driving license", True), "EMPL": ("identification", False), "NIDN": ("national id", True),
    "SOSE": ("ssn", True), "TXID": ("tax id", False),
}  # fmt: skip
# Numbers that somebody other than a state gives out: their issuer stands before the number.
ISSUED = frozenset({"CUST", "DRLC", "EMPL"})
_CODED = re.compile(r"([A-Z]{4})/(.*)")


class Flaw(NamedTuple):
    """Something wrong in a field: at which of its lines (from 0), what was expected and found."""

    code: str
    at: int
    expected: str
    found: str


def read_account(line: str, at: int, flaws: list[Flaw]) -> list[Number]:
    """An account line, `/…` or `//…`; an IBAN whose check digits fail is kept as an account and reported."""
    if line.startswith("//"):
        clearing = _CLEARING.fullmatch(line)
        if clearing:
            return [("clearing code", clearing[1] + clearing[2].strip(), None)]
    text = line[3:].strip() if line[1:3] in _SIDES and len(line) > 3 else line.lstrip("/").strip()
    if _SAYS_SOMETHING.search(text) is None:
        return []
    if text[:1].isalpha():
        number = compact(text)
        if is_iban(number):
            return [("iban", number, number[:2].lower())]
        if IBAN_LIKE.fullmatch(number) and country_code(number[:2]):
            flaws.append(Flaw("messages.mt.iban", at, "ISO 13616", number))
    return [("bank account", text, None)]


def read_bic(text: str) -> Number | None:
    """A BIC, or nothing where it is none."""
    code = text.strip().upper()
    return ("swift/bic", code, None) if is_bic(code) else None


def read_like_bic(text: str) -> Number | None:
    """What has the form of a BIC, though of a country that there is not."""
    code = text.strip().upper()
    return ("swift/bic", code, None) if BIC_LIKE.fullmatch(code) else None


def bic_of_terminal(terminal: str) -> str:
    """The BIC of a terminal's address in a header: its ninth letter names the terminal, the last three the branch."""
    return terminal[:8] + terminal[9:12]


def is_coded(line: str) -> bool:
    """Whether a line is a party identifier with a code, as option F has them."""
    found = _CODED.fullmatch(line)
    return found is not None and found[1] in CODES


def read_coded(line: str, at: int, flaws: list[Flaw]) -> tuple[Number | None, bool]:
    """`CODE/country/[issuer/]number`, and whether only a human being has such a number."""
    code, _, rest = line.partition("/")
    kind, human = CODES[code]
    number, country = read_issued(rest, at, flaws, issuer=code in ISSUED)
    return ((kind, number, country) if number else None), human


def read_issued(text: str, at: int, flaws: list[Flaw], *, issuer: bool) -> tuple[str, str | None]:
    """`country/[issuer/]number`, as it stands behind a code or in lines 6 and 7 of option F."""
    first, slash, rest = text.partition("/")
    country = read_country(first) if slash else None
    if country is None:
        flaws.append(Flaw("messages.mt.country", at, "CC/…", text[:35]))
        return text.strip("/ "), None
    if issuer and "/" in rest:
        rest = rest.partition("/")[2]
    return rest.strip(), country


def read_country(text: str) -> str | None:
    """A code of ISO 3166-1 as lower case, or nothing where there is no such country."""
    code = text.strip()
    return country_code(code) if len(code) == 2 and code.isalpha() else None
