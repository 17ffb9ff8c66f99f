"""The codes of PAXLST and what they are here (WCO/IATA/ICAO implementation guide; code lists D.02B to D.16B).

Qualifiers are those of data elements 3035 (`NAD`), 3227 (`LOC`), 1153 (`RFF`), 3155 (`COM`), 1001 (`DOC`).
"""

from functools import lru_cache

from tahaluf.domain import Gender, PartyRole
from tahaluf.messages.details import Detail
from tahaluf.names.countries import country_code, load_countries

ROLES = {
    "FL": PartyRole.PASSENGER,
    "FM": PartyRole.CREW,
    "DDU": PartyRole.TRANSIT_PASSENGER,
    "DDT": PartyRole.TRANSIT_CREW,
}
QUALIFIERS = {role: qualifier for qualifier, role in ROLES.items()}
CREW = frozenset((PartyRole.CREW, PartyRole.TRANSIT_CREW))
# Parties of the message itself: sender, receiver, carrier, declarant.
OTHER_PARTIES = frozenset(("MS", "MR", "CA", "CPE", "AG", "DT", "CG", "FR", "TO", "CF", "COP", "WPA"))
CREW_LIST = "250"

GENDERS = {"M": Gender.MALE, "F": Gender.FEMALE, "X": Gender.OTHER}
GENDER_UNSAID = frozenset(("U", ""))

PLACES = {"22": Detail.CLEARANCE_PORT, "178": Detail.EMBARKATION, "179": Detail.DEBARKATION}
RESIDENCE, BIRTH_PLACE, ISSUED_BY = "174", "180", "91"
REFERENCES = {"AVF": Detail.LOCATOR, "ABO": Detail.PASSENGER_REFERENCE, "SEA": Detail.SEAT, "TKT": Detail.TICKET}
CONTACTS = {"TE": Detail.PHONE, "AL": Detail.PHONE, "MO": Detail.PHONE, "EM": Detail.EMAIL}

# ICAO 9303-3 section 5 codes that are no countries' own; None: the bearer has no nationality or it is not stated.
_SPECIAL: dict[str, str | None] = {
    "GBD": "gb", "GBN": "gb", "GBO": "gb", "GBP": "gb", "GBS": "gb", "RKS": "xk", "UNK": "xk", "D": "de",
    "UNO": "un", "UNA": "un", "EUE": "eu", "ZAR": "cd", "ROM": "ro", "TMP": "tl",
    "XXA": None, "XXB": None, "XXC": None, "XXX": None, "ZZZ": None, "NTZ": None, "XOM": None, "XPO": None,
    "XCC": None, "XCO": None, "XCE": None, "XEC": None, "XBA": None, "XIM": None, "XMP": None, "XES": None,
    "XDC": None,
}  # fmt: skip

_DOCUMENTS = {
    "39": "passport", "40": "visa", "483": "visa", "36": "identification", "V": "visa", "VA": "visa", "VB": "visa",
    "L": "driving license", "PR": "residence permit", "R": "residence permit",
}  # fmt: skip
_IDENTIFICATION = frozenset(("I", "A", "C", "AC", "IC", "ID", "F", "M", "N", "T", "S", "B", "G", "O", "IN", "IS", "CR"))


@lru_cache(maxsize=4096)
def parse_country(code: str) -> tuple[str | None, bool]:
    """The country of a code, and whether the code is known at all; words are understood where a code should stand."""
    code = code.strip().strip("<").upper()
    if code in _SPECIAL:
        return _SPECIAL[code], True
    if len(code) in (2, 3) and code.isascii():
        found = load_countries().get(code.casefold())
        return found, found is not None
    found = country_code(code)
    return found, found is not None


@lru_cache(maxsize=1024)
def document_type(code: str) -> tuple[str, bool]:
    """The type of document that a 1001 code means, in the words of the lists, and whether the code is known."""
    code = code.strip().strip("<").upper()
    if code in _DOCUMENTS:
        return _DOCUMENTS[code], True
    if code.startswith("P") or code == "IP":
        return "passport", len(code) <= 2
    return "identification", code in _IDENTIFICATION
