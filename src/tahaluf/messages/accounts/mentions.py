"""Identifiers that stand in free text: remittance lines, instructions, narratives.

Reach for `find_identifiers` where a message has no element for a number and people write it between words.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from tahaluf.messages.accounts.checks import compact, is_bic, is_iban, is_imo, is_lei, load_iban_lengths
from tahaluf.names.tables import table

# Groups of an IBAN on paper are of four; whoever types one also writes hyphens.
IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}", re.ASCII | re.IGNORECASE)
# Of 8 or 11 characters and of upper case, or said to be one: a word of eight letters is no BIC.
BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])", re.ASCII)
SAID_BIC = re.compile(
    r"\b(?:BIC|SWIFT)(?: ?CODE)?[ :/.#-]{0,3}([A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)(?![A-Z0-9])",
    re.ASCII | re.IGNORECASE,
)
LEI = re.compile(r"(?<![A-Za-z0-9])[A-Z0-9]{18}[0-9]{2}(?![A-Za-z0-9])", re.ASCII)
IMO = re.compile(r"\bIMO(?: ?(?:NO|NUMBER|NR))?[ :.#-]{0,3}([0-9]{7})(?![0-9])", re.ASCII | re.IGNORECASE)
PASSPORT = re.compile(
    r"\b(?:passports?|passeports?|جواز(?: سفر)?(?: رقم)?)(?: ?(?:no|nr|number|num|n°|numéro))?[ :.#/-]{0,3}"
    r"((?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{6,9})(?![A-Z0-9])",
    re.IGNORECASE,
)
# Most texts hold none of these: a text without a run that an identifier could begin with is let go at once.
HINT = re.compile(
    r"[A-Za-z]{2}[0-9]{2}[ -]?[A-Za-z0-9]{2}|[A-Z]{6}[A-Z0-9]{2}|[A-Za-z0-9]{18}|[Bb][Ii][Cc]|[Ss][Ww][Ii][Ff][Tt]"
    r"|[Ii][Mm][Oo]|[Pp][Aa][Ss][Ss][EePp]|جواز|bc1",
    re.ASCII,
)
# Bitcoin (base58 and bech32), Ethereum and its like, Tron.
WALLET = re.compile(
    r"(?<![A-Za-z0-9])(?:[13][1-9A-HJ-NP-Za-km-z]{25,33}|bc1[02-9ac-hj-np-z]{11,71}|0x[0-9A-Fa-f]{40}"
    r"|T[1-9A-HJ-NP-Za-km-z]{33})(?![A-Za-z0-9])",
    re.ASCII,
)
MOST = 64
# Words of 8 or 11 letters with a country's code in the place where a BIC has it, beside those of the tables.
_WORDS = (
    "acceptance accessories acquisition advisory agriculture alhassan association associes balances beneficiary "
    "bancaire business charites chemical cleaning commerce commercante consignment construire cooperative "
    "customer delivery deposits distributed dividend document drilling electric electricity electronics engineer "
    "engineering equipements exterior families february finances following fournisseur fournitures heritage "
    "holdings hospital immobiliere industry installment institution instruction instruments interest investments "
    "invoices liquidation machines medicaments medicine military minerals minister ministry mohammad mohammed "
    "mortgage muhammad original outstanding overseas paiement partners partnership personal pleasant prestations "
    "previous proceeds producer property province republic required salaires scholarship services settling "
    "shipment supplier supplies textiles thursday together transaction trustees vehicles virement"
)


def _is_varied(text: str) -> bool:
    """Whether a text is no filling such as a row of ones."""
    return len({*text}) > 6


@cache
def _words() -> frozenset[str]:
    """Ordinary words in capitals, which stand in a text more often than a BIC that is spelt alike."""
    names = (name for _, _, spellings in table("common_names") for name in spellings)
    return frozenset(word.upper() for word in (*_WORDS.split(), *table("text_words"), *names))


def _is_no_word(text: str) -> bool:
    return is_bic(text) and (not text.isalpha() or text not in _words())


KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("lei", LEI, is_lei),
    ("wallet", WALLET, _is_varied),
    ("imo number", IMO, is_imo),
    ("passport", PASSPORT, bool),
    ("swift/bic", SAID_BIC, is_bic),
    ("swift/bic", BIC, _is_no_word),
)


class Mention(NamedTuple):
    """An identifier met in a text: its type in the vocabulary of the lists, its value, and where it stands."""

    type: str
    value: str
    start: int
    end: int


def find_identifiers(text: str) -> list[Mention]:
    """At most `MOST` identifiers, in the order of the text, none inside another: "iban", "swift/bic", "lei",
    "imo number", "wallet", "passport". Those with check digits are given only where these hold."""
    if not HINT.search(text):
        return []
    found: list[Mention] = []
    for mention in _all(text):
        if all(mention.end <= other.start or mention.start >= other.end for other in found):
            found.append(mention)
            if len(found) == MOST:
                break
    return sorted(found, key=lambda mention: mention.start)


def _all(text: str) -> Iterator[Mention]:
    """Candidates, the surest kind first."""
    yield from _ibans(text)
    for kind, pattern, holds in KINDS:
        for match in pattern.finditer(text):
            group = pattern.groups
            value = match[group] if kind == "wallet" else match[group].upper()
            if holds(value):
                yield Mention(kind, value, *match.span(group))


def _ibans(text: str) -> Iterator[Mention]:
    """An IBAN is as long as its country says: what is written behind it, even without a gap in front, is left."""
    at = 0
    while match := IBAN.search(text, at):
        at = match.start() + 2
        length = load_iban_lengths().get(match[0][:2].upper())
        if length is None:
            continue
        end = _end_of(text, match.start(), length)
        value = compact(text[match.start() : end].replace("-", ""))
        if is_iban(value) and not (end < len(text) and text[end].isascii() and text[end].isalnum()):
            yield Mention("iban", value, match.start(), end)
            at = end


def _end_of(text: str, start: int, length: int) -> int:
    """Where the `length`-th letter or digit from `start` ends."""
    for at in range(start, len(text)):
        length -= text[at] not in " -"
        if not length:
            return at + 1
    return len(text)
