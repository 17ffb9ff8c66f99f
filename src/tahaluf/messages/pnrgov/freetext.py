"""Free texts of a booking: contacts (AIRIMP 3.13, `CTC…`), documents written out, and the lines of its history.

Texts are bounded; what they do not say by one of these forms is not looked for.
"""

import re

from tahaluf.domain import PartyRole
from tahaluf.messages.batches import Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.pnrgov.names import clean, is_placeholder
from tahaluf.messages.pnrgov.record import Party, Record, Spot, Statement
from tahaluf.messages.pnrgov.ssr import find_docs

MAX_TEXT = 2000
_CONTACT = re.compile(r"\bCTC(?P<kind>[A-Z]?)\b[ :/-]*(?P<rest>.+)|\bCTC(?P<city>[A-Z]{3})\b(?P<at>.+)")
_EMAIL = re.compile(r"[\w.+'/-]{1,64}(?://|@)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?:\d[^\d]{0,3}){5,}")
_PHONE_THEN_NAME = re.compile(r"(?:\d[ -]?){7,20}\w?/(?P<name>[A-Z][A-Z .'-]*[ /][A-Z .'/-]{2,})$", re.ASCII)
_NAME_THEN_PHONE = re.compile(r"/? *(?P<name>[A-Z][A-Z .'-]+(?:/[A-Z][A-Z .'-]*)?)/(?P<phone>.*\d{4}.*)", re.ASCII)
_LINE = re.compile(r"\d+(?:/\d+)?/(?P<act>[OARCXDS])/(?:\d+/)?(?P<named>NM/)?(?P<rest>.*)", re.DOTALL)
_BRACKETED_INFANT = re.compile(r"\(INF(?P<surname>[^/()]*)/(?P<given>[^/()]*)(?:/(?P<born>\d{1,2}[A-Z]{3}\d{2,4}))?\)")
_ACTS = {"O": "original", "A": "added", "R": "removed", "X": "removed", "D": "removed", "C": "changed", "S": "split"}


def tell_contact(text: str) -> Pair | None:
    """A telephone number, an electronic address or an address out of a contact element; None where it is none."""
    plain = clean(text[:MAX_TEXT])
    match = _CONTACT.search(plain)
    rest = clean((match["rest"] or match["at"] or "") if match else plain)
    email = _EMAIL.search(rest)
    if email and (not match or match["kind"] in {"E", ""}):
        # AIRIMP writes what teletype cannot: "//" for "@", ".." for "_", "./" for "-".
        return Detail.EMAIL, email[0].replace("//", "@", 1).replace("..", "_").replace("./", "-").casefold()
    if match and match["kind"] == "A":
        return Detail.ADDRESS, rest
    return (Detail.PHONE, rest) if _PHONE.search(rest) else None


def read_osi(text: str, party: Party | None, record: Record, spot: Spot) -> Party | None:
    """Tells the contact that a text gives, of the traveler or of all; gives the one to be called, if it names one.

    What looks like a travel document becomes a statement of the record.
    """
    plain = clean(text[:MAX_TEXT])
    for _ in find_docs(plain):
        record.statements.append(Statement("TEXT", plain, "", party, spot))
        break
    named = _PHONE_THEN_NAME.search(plain)
    if named:
        return make_contact(named["name"], plain[: named.start("name")].rstrip("/"), spot)
    pair = tell_contact(plain) if "CTC" in plain else None
    if pair:
        (party or record).tell(Detail(pair[0]), pair[1])
    return None


def make_contact(name: str, phone: str, spot: Spot) -> Party | None:
    """Someone to be called; None where the name is none."""
    surname, _, given = name.partition("/")
    contact = Party(clean(surname), clean(given), spot, PartyRole.BOOKING_CONTACT)
    contact.tell(Detail.PHONE, phone)
    return contact if contact.names else None


def read_emergency(text: str, spot: Spot) -> Party | None:
    """SSR PCTC: `NAME/COUNTRY AND NUMBER`."""
    match = _NAME_THEN_PHONE.fullmatch(clean(text[:MAX_TEXT]))
    return make_contact(match["name"], match["phone"], spot) if match else None


def read_history(text: str, record: Record, spot: Spot) -> None:
    """A line of history: `0/O/NM/BELT/ISABELLE MRS(ADT)(INF/SOPHY/20SEP12)`, or `0/S/NAME/GIVEN -LOCATOR` for one who
    was split off; documents in it are stated of whoever bears the name."""
    plain = clean(text)[:MAX_TEXT]
    match = _LINE.fullmatch(plain)
    if match and (match["named"] or match["act"] == "S"):
        name = re.sub(r" -[A-Z0-9]{5,8}$", "", match["rest"])
        surname, _, given = name.partition("/")
        infant = _BRACKETED_INFANT.search(given)
        _remember(Party(clean(surname), clean(given), spot, history=_ACTS[match["act"]]), record)
        if infant:
            told = f"{infant['surname'] or surname}/{infant['given']} {infant['born'] or ''}"
            record.statements.append(Statement("INFT", told, "", None, spot, past=True))
    elif find_docs(plain):
        record.statements.append(Statement("TEXT", plain, "", None, spot, past=True))


def _remember(party: Party, record: Record) -> None:
    if party.names and not is_placeholder(party.surname, party.given) and record.by_name(party.names) is None:
        record.former.append(party)
