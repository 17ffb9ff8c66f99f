"""Numbers of accounts, banks, companies, ships and wallets: checked, and found in free text.

Reach for it in every reader of payments. `is_iban`, `is_bic`, `is_lei`, `is_imo` take a number without blanks, in
upper case (see `compact`); `find_identifiers` takes any text.
"""

from tahaluf.messages.accounts.checks import compact, is_bic, is_iban, is_imo, is_lei
from tahaluf.messages.accounts.mentions import Mention, find_identifiers

__all__ = ["Mention", "compact", "find_identifiers", "is_bic", "is_iban", "is_imo", "is_lei"]
