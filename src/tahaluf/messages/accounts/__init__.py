"""Numbers of accounts, banks, companies, ships and wallets, checked and found in texts; who may hold an account.

Reach for it in every reader of payments. `is_iban`, `is_bic`, `is_lei`, `is_imo` take a number without blanks, in
upper case (see `compact`); `find_identifiers` takes any text, `find_holders` the lines of a party.
"""

from tahaluf.messages.accounts.checks import compact, is_bic, is_iban, is_imo, is_lei
from tahaluf.messages.accounts.holders import MOST_NAMES, find_holders, may_go_on, may_hold_more
from tahaluf.messages.accounts.mentions import Mention, find_identifiers

__all__ = [
    "MOST_NAMES", "Mention", "compact", "find_holders", "find_identifiers", "is_bic", "is_iban", "is_imo", "is_lei",
    "may_go_on", "may_hold_more",
]  # fmt: skip
