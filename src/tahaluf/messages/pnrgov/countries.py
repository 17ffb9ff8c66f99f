"""States as travel documents and reservations code them: ISO alpha-2 and alpha-3, and the codes of ICAO 9303-3.

ICAO 9303 part 3, section 5: `D` for Germany, `GBD`…`GBS` for kinds of British nationals, `RKS` for Kosovo, `UNO`,
`UNA`, `UNK` and `EUE` for organizations that issue documents, `XXA`…`XXX` for people without a nationality.
"""

import re
from functools import lru_cache

from tahaluf.names.countries import country_code

_STATES = {
    "D": "de", "GBD": "gb", "GBN": "gb", "GBO": "gb", "GBP": "gb", "GBS": "gb", "RKS": "xk", "XKX": "xk", "KS": "xk",
    "ROM": "ro", "ZAR": "cd", "TMP": "tl", "BUR": "mm", "UK": "gb",
}  # fmt: skip
# Stateless, refugees, of unknown nationality; documents of organizations, orders and specimens: none is a country.
_NO_STATE = frozenset((
    "XXA", "XXB", "XXC", "XXX", "UNO", "UNA", "UNK", "EUE", "XOM", "XPO", "XBA", "XIM", "XCC", "XCO", "XEC", "XMP",
    "XCE", "XDC", "UTO", "ZZZ", "ZZ", "XX", "UN", "EU", "AAA", "ANT",
))  # fmt: skip
_CODE = re.compile(r"[A-Z]{1,3}", re.ASCII)


@lru_cache(maxsize=4096)
def parse_state(text: str) -> tuple[str | None, bool]:
    """The lower-case alpha-2 code, if the text names a country, and whether the text was understood."""
    plain = text.strip().rstrip("<").upper()
    if not plain or plain in _NO_STATE:
        return None, True
    code = _STATES.get(plain) or country_code(plain[:64])
    return code, code is not None


def ends_in_state(text: str) -> str | None:
    """The country that ends a place (`AMBER HILL GBR`, `ORAN DZA`), where its last word is a code."""
    last = text.strip().upper().rpartition(" ")[2]
    return parse_state(last)[0] if _CODE.fullmatch(last) and len(last) > 1 else None
