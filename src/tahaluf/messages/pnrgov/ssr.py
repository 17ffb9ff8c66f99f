"""The texts of special service requests: who a traveler is by document, visa and address. str → fields, as written.

AIRIMP 3.14 and PNRGOV guide, appendix on SSR: fields are apart by slashes, the first empty (what stands before it, a
flight or a number in party, says nothing). Values are not interpreted here: dates and states stay text.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from tahaluf.messages.pnrgov.names import clean

MAX_TEXT = 1000
MAX_FOUND = 8
SEXES = frozenset(("M", "F", "U", "X", "MI", "FI", "UI", "XI"))
_DATE = re.compile(r"\d{1,2}[A-Z]{3}(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}", re.ASCII)
_TYPE = re.compile(r"(?:P[A-Z<]?|I[A-Z<]?|A[A-Z<]?|C[A-Z<]?|V|F|N|M)", re.ASCII)
_BORN, _SEX = 5, 6
_YES = frozenset(("I", "TRUE", "Y"))
_LIKE_DOCS = re.compile(
    r"(?:(?<![A-Z0-9])(?:P|I|A|C|IP|AC))?/[A-Z<]{0,3}/[A-Z0-9<-]{0,20}/[A-Z<]{0,3}/\d{1,2}[A-Z]{3}\d{2,4}/[MFUX]?I?"
    r"/(?:\d{1,2}[A-Z]{3}\d{2,4})?/[^/]{1,70}(?:/[^/+]{0,70}){0,2}",
    re.ASCII,
)
_INFANT = re.compile(r"(?P<name>.*?)(?:(?:^|[\s/]+)(?P<born>\d{1,2}[A-Z]{3}(?:\d{4}|\d{2}))(?:[\s/].*)?)?", re.ASCII)
_DOCUMENT_TYPES = {"P": "passport", "V": "visa"}


class Docs(NamedTuple):
    """SSR DOCS (or PSPT): a travel document and who it says its bearer is; empty where unsaid."""

    type: str = ""
    state: str = ""
    number: str = ""
    nationality: str = ""
    born: str = ""
    sex: str = ""
    expires: str = ""
    surname: str = ""
    given: str = ""
    shifted: bool = False

    @property
    def is_infant(self) -> bool:
        """Whether it is the document of an infant without a seat (`MI`, `FI`)."""
        return len(self.sex) == 2 and self.sex.endswith("I")

    @property
    def kind(self) -> str:
        """The document's type in the words of the lists."""
        return "passport" if self.type.startswith("IP") else _DOCUMENT_TYPES.get(self.type[:1], "identification")


class Doco(NamedTuple):
    """SSR DOCO: a visa (`V`), redress (`R`) or known-traveler (`K`) number, and the birth place."""

    birth_place: str = ""
    type: str = ""
    number: str = ""
    issued_in: str = ""
    issued: str = ""
    state: str = ""
    is_infant: bool = False


class Doca(NamedTuple):
    """SSR DOCA: an address of residence (`R`) or destination (`D`)."""

    type: str = ""
    state: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    is_infant: bool = False

    @property
    def line(self) -> str:
        """The address on one line."""
        return ", ".join(part for part in (*self[2:6], self.state) if part)


class Infant(NamedTuple):
    """SSR INFT: an infant without a seat, in the arms of the traveler that it is stated for."""

    surname: str
    given: str
    born: str


def _fields(text: str, least: int) -> list[str]:
    """The fields of a text, the first being what stands before its first slash; at least `least` of them."""
    parts = [clean(part) for part in text[:MAX_TEXT].split("/")]
    return parts + [""] * (least - len(parts))


def parse_docs(text: str) -> Docs | None:
    """The document that a text states; None where it names neither a bearer, nor a number, nor a birth date."""
    parts = _fields(text.upper() if text.islower() else text, 12)
    if _TYPE.fullmatch(parts[0]) and not _DATE.fullmatch(parts[_BORN]) and _DATE.fullmatch(parts[_BORN - 1]):
        parts.insert(0, "")
    shift = _shift(parts)
    head = _head(parts[1 : _BORN + shift]) if shift else parts[1:_BORN]
    born, sex, expires, surname, *given = (*parts[_BORN + shift :], "", "", "", "", "")[:6]
    names = " ".join(part for part in given if part and part != "H")
    found = Docs(head[0], head[1], head[2], head[3], born, sex.upper(), expires, surname, names, shift != 0)
    return found if found.number or found.born or found.surname or names else None


def _head(parts: list[str]) -> list[str]:
    """Type, state, number and nationality out of fields that do not stand in their places, by what they look like."""
    number = next((part for part in parts if any(map(str.isdigit, part))), "")
    states = [part for part in parts if len(part) in {2, 3} and part.isalpha()]
    kind = parts[0] if parts and _TYPE.fullmatch(parts[0]) and parts[0] not in states else ""
    return [kind, *(states or [""])[:1], number, states[-1] if states else ""]


def _shift(parts: list[str]) -> int:
    """How far the birth date stands from its place, told by the sex after it; 0 where it is nowhere."""
    if _DATE.fullmatch(parts[_BORN]) or parts[_SEX].upper() in SEXES:
        return 0
    pairs = pairwise(parts[1:])
    places = (
        place
        for place, (date, sex) in enumerate(pairs, start=1)
        if _DATE.fullmatch(date) and (sex.upper() in SEXES or not sex)
    )
    return next(places, _BORN) - _BORN


def parse_pspt(text: str) -> Docs | None:
    """The older passport request: `NUMBER/STATE/12JUL66/SURNAME/GIVEN/F/H`."""
    parts = _fields(text.lstrip("/ "), 7)
    found = Docs("P", parts[1], parts[0].rpartition(" ")[2], "", parts[2], parts[5].upper(), "", parts[3], parts[4])
    return found if found.number or found.surname else None


def find_docs(text: str) -> list[Docs]:
    """What looks like the text of a DOCS within any other."""
    # Where no type is before it, the match begins with the slash before the state.
    matches = (match[0] for match in _LIKE_DOCS.finditer(text[:MAX_TEXT]))
    texts = (f"/{match}" for match in matches)
    return [found for one in texts if (found := parse_docs(one))][:MAX_FOUND]


def parse_doco(text: str) -> Doco | None:
    """What a DOCO states; None where that is nothing."""
    parts = _fields(text, 8)
    found = Doco(parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7].upper() in _YES)
    return found if any(parts[1:7]) else None


def parse_doca(text: str) -> Doca | None:
    """What a DOCA states; None where that is nothing."""
    parts = _fields(text, 8)
    found = Doca(parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7].upper() in _YES)
    return found if any(parts[2:7]) else None


def parse_infant(text: str) -> Infant | None:
    """`SURNAME/GIVEN 10AUG11` or with a slash before the date; None where there is no name."""
    match = _INFANT.fullmatch(clean(text[:MAX_TEXT]).strip("/"))
    if not match:
        return None
    surname, _, given = match["name"].partition("/")
    given = given.replace("/", " ")
    return Infant(clean(surname), clean(given), match["born"] or "") if surname or given else None
