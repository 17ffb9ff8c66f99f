"""What the fields of block 4 are: parties with their options and roles, structured values, free text.

SWIFT Standards MT, categories 1, 2 and 9, "Field specifications".
"""

import re
from enum import StrEnum

from tahaluf.domain import PartyRole


class Layout(StrEnum):
    """How the lines of a party field are to be read, an account line aside."""

    BIC = "bic"
    NAME = "name"
    NUMBERED = "numbered"
    PLACE = "place"
    CODE = "code"
    IDENTIFIER = "identifier"


_BANK = {"A": Layout.BIC, "B": Layout.PLACE, "C": Layout.CODE, "D": Layout.NAME}
_FROM = {letter: _BANK[letter] for letter in "ABD"}
PARTIES: dict[str, dict[str, Layout]] = {
    "50": {
        "": Layout.NAME, "A": Layout.BIC, "C": Layout.BIC, "F": Layout.NUMBERED, "G": Layout.BIC, "H": Layout.NAME,
        "K": Layout.NAME, "L": Layout.IDENTIFIER,
    },
    "51": {"A": Layout.BIC, "C": Layout.CODE, "D": Layout.NAME},
    "52": _BANK,
    "53": _FROM,
    "54": _FROM,
    "55": _FROM,
    "56": _BANK,
    "57": _BANK,
    "58": {"A": Layout.BIC, "D": Layout.NAME},
    "59": {"": Layout.NAME, "A": Layout.BIC, "F": Layout.NUMBERED},
}  # fmt: skip
ROLES = {
    "50": PartyRole.DEBTOR, "51": PartyRole.INSTRUCTING_AGENT, "52": PartyRole.DEBTOR_AGENT,
    "53": PartyRole.REIMBURSEMENT_AGENT, "54": PartyRole.REIMBURSEMENT_AGENT, "55": PartyRole.REIMBURSEMENT_AGENT,
    "56": PartyRole.INTERMEDIARY_AGENT, "57": PartyRole.CREDITOR_AGENT, "58": PartyRole.CREDITOR,
    "59": PartyRole.CREDITOR,
}  # fmt: skip
# Who instructs, and is not the one whose account is debited.
INSTRUCTING = frozenset({"50C", "50L"})
# In a direct debit, field 50 is who gets the money.
DEBITS = frozenset({"104", "107"})
DEBIT_ROLES = ROLES | {
    "50": PartyRole.CREDITOR, "52": PartyRole.CREDITOR_AGENT, "57": PartyRole.DEBTOR_AGENT, "59": PartyRole.DEBTOR,
}  # fmt: skip
BANKS = frozenset({"51", "52", "53", "54", "55", "56", "57", "58"})

# Free text, and how long its lines may be (0: not cut into lines of a length).
TEXTS = {
    "29A": 35, "29B": 35, "70": 35, "72": 35, "75": 35, "76": 35, "77A": 35, "77B": 35, "77D": 35, "77T": 0, "79": 50,
    "86": 65,
}  # fmt: skip
LENGTHS = TEXTS | {"61": 66}
LINE = 35
# Lines that a party field may have behind its account.
MOST_LINES = {
    Layout.BIC: 1, Layout.NAME: 4, Layout.NUMBERED: 4, Layout.PLACE: 1, Layout.CODE: 0, Layout.IDENTIFIER: 1,
}  # fmt: skip

AMOUNT = r"[0-9]+,[0-9]*"
_REFERENCE = (r"(?!/)(?!.*//)(?!.*/\Z)[^\n]{1,16}", "16x")
_MONEY = (rf"[A-Z]{{3}}(?=[0-9,]{{2,15}}\Z){AMOUNT}", "3!a15d")
_FORMS = {
    "13C": (r"/[A-Z0-9]{1,8}/[0-9]{4}[+-][0-9]{4}", "/8c/4!n1!x4!n"),
    "20": _REFERENCE, "21": _REFERENCE, "21R": _REFERENCE,
    "23B": (r"[A-Z0-9]{4}", "4!c"), "23E": (r"[A-Z0-9]{4}(?:/[^\n]{1,30})?", "4!c[/30x]"),
    "26T": (r"[A-Z0-9]{3}", "3!c"), "28D": (r"[0-9]{1,5}/[0-9]{1,5}", "5n/5n"), "30": (r"[0-9]{6}", "6!n"),
    "32A": (rf"[0-9]{{6}}{_MONEY[0]}", "6!n3!a15d"), "32B": _MONEY, "33B": _MONEY,
    "36": (rf"(?=[0-9,]{{2,12}}\Z){AMOUNT}", "12d"), "71A": (r"BEN|OUR|SHA", "BEN, OUR, SHA"),
    "71F": _MONEY, "71G": _MONEY,
}  # fmt: skip
FORMS = {tag: (re.compile(form), said) for tag, (form, said) in _FORMS.items()}
# Fields that hold neither a party nor free text.
PLAIN = frozenset(_FORMS) | {
    "11A", "11R", "11S", "12", "13A", "13D", "19", "21A", "21C", "21D", "21E", "21F", "23", "23G", "25", "25A", "25P",
    "28", "28C", "32C", "32D", "34F", "36B", "37H", "60F", "60M", "61", "62F", "62M", "64", "65", "71B", "90C", "90D",
}  # fmt: skip
REPEATED = frozenset({"13C", "13D", "23E", "34F", "61", "65", "71F", "71G", "86", "90C", "90D", "72", "79"})
STANDARD_CHARACTERS = re.compile(r"[^A-Za-z0-9/\-?:().,'+{} \n]")
# Character set Z, allowed in these fields by agreement.
WIDE = frozenset({"77T", "79", "86", "61"})
WIDE_CHARACTERS = re.compile(r"[^A-Za-z0-9/\-?:().,'+{} \n=!\"%&*<>;@#_]")
