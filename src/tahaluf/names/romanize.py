"""Bring a folded name into one of the two scripts that are compared: Arabic stays, all else becomes Latin letters.

Cyrillic goes by the table in `resources/romanization.yaml`; scripts that the project does not treat (Greek, Han,
Hangul …)
by the `anyascii` library, which is a fair guess and no more.
"""

import re
from functools import lru_cache

from anyascii import anyascii

from tahaluf.domain import Script
from tahaluf.names.fold import fold, script_of
from tahaluf.names.tables import table

_ALL_ARABIC = re.compile("[\u0600-\u08ff]+\\Z")
_CYRILLIC = str.maketrans(table("romanization")["cyrillic"])


@lru_cache(maxsize=1 << 16)
def romanize(token: str) -> str:
    """`token` (folded) in Arabic or in Latin letters and digits only; letters of a second script in it are
    romanized."""
    if token.isascii() or (token[0].isalpha() and _ALL_ARABIC.match(token)) or script_of(token) is Script.ARABIC:
        return token
    latin = token.translate(_CYRILLIC)
    return latin if latin.isascii() else fold(anyascii(latin)).replace(" ", "")
