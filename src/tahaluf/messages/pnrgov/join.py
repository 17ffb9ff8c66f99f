"""Joins what service requests state to the travelers of a record: by reference, else by name, else as someone new.

Whose document it is decides its own name first: an infant's is often stated under the number of whoever carries it.
"""

from collections.abc import Callable
from datetime import date

from tahaluf.messages.batches import Number
from tahaluf.messages.details import Detail
from tahaluf.messages.pnrgov.countries import ends_in_state, parse_state
from tahaluf.messages.pnrgov.dates import parse_birth, parse_near
from tahaluf.messages.pnrgov.freetext import read_emergency, tell_contact
from tahaluf.messages.pnrgov.kin import Register, agree
from tahaluf.messages.pnrgov.names import split_given, squash
from tahaluf.messages.pnrgov.record import MAX_VALUES, Party, Record, Statement, keep
from tahaluf.messages.pnrgov.ssr import (
    SEXES,
    Doca,
    Doco,
    Docs,
    find_docs,
    parse_doca,
    parse_doco,
    parse_docs,
    parse_infant,
    parse_pspt,
)

_NUMBERS = {"R": "REDRESS", "K": "KNOWN TRAVELER"}
_FORMS = {"PP": "passport", "NI": "identification", "ID": "identification", "DL": "driving license"}
_GENDERS = {"M": "male", "F": "female", "X": "other"}


class Joiner:
    """One record being completed; `journey` is the day that two-digit years are read by."""

    def __init__(self, record: Record, journey: date) -> None:
        self._record = record
        self._journey = journey
        self._named = Register(record.travelers)
        self._named_once = Register(record.former)
        self._joiners: dict[str, Callable[[Statement], None]] = {
            "DOCS": self._join_docs, "PSPT": self._join_docs, "DOCO": self._join_doco, "DOCA": self._join_doca,
            "INFT": self._join_infant, "PCTC": self._join_emergency, "TKNE": self._join_ticket,
            "FOID": self._join_identification,
        }  # fmt: skip

    def join(self) -> None:
        """Applies every statement; documents first, since they tell infants apart."""
        first = [statement for statement in self._record.statements if statement.code in {"DOCS", "PSPT"}]
        rest = [statement for statement in self._record.statements if statement.code not in {"DOCS", "PSPT"}]
        for statement in (*first, *rest):
            self._joiners.get(statement.code, self._join_other)(statement)
        self._record.statements = []

    def _owner(self, statement: Statement) -> Party | None:
        """The traveler that a request is stated for."""
        stated = self._record.by_reference(statement.reference)
        if statement.reference and stated is None:
            self._find(statement, "messages.pnrgov.reference", "TIF.2.3", statement.reference, statement.owner)
        if stated or statement.owner:
            return stated or statement.owner
        return self._record.travelers[0] if len(self._record.travelers) == 1 else None

    def _find(self, statement: Statement, code: str, expected: str, found: str, party: Party | None) -> None:
        self._record.find(statement.spot, code, expected, found, party)

    def _join_docs(self, statement: Statement) -> None:
        docs = parse_pspt(statement.text) if statement.code == "PSPT" else parse_docs(statement.text)
        if docs is None:
            self._find(
                statement, "messages.pnrgov.document", f"SSR {statement.code}", statement.text, self._owner(statement)
            )
        else:
            self._take(docs, statement)

    def _take(self, docs: Docs, statement: Statement) -> None:
        """Gives a document to its bearer."""
        owner = self._owner(statement)
        bearer = self._bearer(docs, owner, statement)
        if docs.shifted:
            self._find(
                statement,
                "messages.pnrgov.document_order",
                "TYPE/STATE/NUMBER/NATIONALITY/BIRTH/SEX",
                statement.text,
                bearer,
            )
        if docs.surname or docs.given:
            self._add_name(bearer, docs)
        self._fill(bearer, docs, statement)
        bearer.documented = True
        bearer.infant = bearer.infant or docs.is_infant

    def _bearer(self, docs: Docs, owner: Party | None, statement: Statement) -> Party:
        """Whose document it is: the owner's where the names agree, someone's of that name, or a new one's."""
        named = bool(docs.surname or docs.given)
        if not named and owner and not docs.is_infant:
            return owner
        likeness = agree(owner, docs) if owner else 0
        if owner and likeness == 2 and owner.infant >= docs.is_infant:
            return owner
        found = self._named.likest(docs, owner) or (self._named_once.likest(docs, owner) if statement.past else None)
        if found:
            return found
        is_other = docs.is_infant or (owner is not None and owner.documented and likeness < 2)
        if owner and not is_other:
            if named and likeness == 0:
                self._find(
                    statement,
                    "messages.pnrgov.name_differs",
                    owner.names[0] if owner.names else "",
                    _name_of(docs),
                    owner,
                )
            return owner
        return self._someone(docs, owner, statement)

    def _someone(self, docs: Docs, owner: Party | None, statement: Statement) -> Party:
        """A person whom nothing but a document tells of."""
        party = Party(docs.surname, docs.given, statement.spot, infant=docs.is_infant)
        party.of = owner
        if statement.past:
            party.history = "changed"
            self._record.former.append(party)
            self._named_once.add(party)
            return party
        if not party.names:
            # An infant's or unknown traveler's document without a name: stated of whom it stands with, if anyone.
            self._find(statement, "messages.pnrgov.document_name", "SURNAME/GIVEN", statement.text, owner)
            return owner or party
        if not docs.is_infant:
            self._find(statement, "messages.pnrgov.unlinked", "TIF", _name_of(docs), party)
        self._record.add(party)
        self._named.add(party)
        return party

    @staticmethod
    def _add_name(bearer: Party, docs: Docs) -> None:
        """The document's name as another one, in the traveler's spelling where a line break fell into it."""
        surname = bearer.surname if squash(bearer.surname) == squash(docs.surname) else docs.surname
        reading = split_given(bearer.given).readings[0]
        given = bearer.given if squash(reading) == squash(split_given(docs.given).readings[0]) else docs.given
        bearer.name(surname, given)

    def _fill(self, bearer: Party, docs: Docs, statement: Statement) -> None:
        """Adds what the document says; what of it is not understood is told."""
        state = self._state(docs.state, statement, bearer)
        if docs.number and docs.number.strip("-<"):
            self._add_document(bearer, (docs.kind, docs.number, state))
        keep(bearer.nationalities, self._state(docs.nationality, statement, bearer))
        if docs.born:
            births = parse_birth(docs.born, self._journey, infant=docs.is_infant or bearer.infant)
            for born in births:
                keep(bearer.births, born)
            if not births:
                self._find(statement, "messages.pnrgov.birth_date", "DDMMMYY", docs.born, bearer)
        if docs.expires:
            expires = parse_near(docs.expires, self._journey)
            bearer.tell(Detail.EXPIRES_ON, expires)
            if not expires:
                self._find(statement, "messages.pnrgov.expiry", "DDMMMYY", docs.expires, bearer)
        if docs.sex and docs.sex not in SEXES:
            self._find(statement, "messages.pnrgov.sex", "M, F, X, U, MI, FI", docs.sex, bearer)
        bearer.gender = bearer.gender or _GENDERS.get(docs.sex[:1])

    @staticmethod
    def _add_document(party: Party, document: Number) -> None:
        if document not in party.documents and len(party.documents) < MAX_VALUES:
            party.documents.append(document)

    def _state(self, text: str, statement: Statement, party: Party | None) -> str | None:
        code, understood = parse_state(text)
        if not understood:
            self._find(statement, "messages.pnrgov.country", "ISO 3166-1, ICAO 9303-3", text, party)
        return code

    def _infant_of(self, owner: Party | None) -> Party | None:
        """The infant whose document was stated for a traveler, or the only one of the record."""
        infants = [party for party in self._record.travelers if party.infant]
        own = [party for party in infants if party.of is owner]
        return own[0] if len(own) == 1 else infants[0] if len(infants) == 1 else None

    def _holder(self, statement: Statement, is_infant: bool) -> Party | None:
        owner = self._owner(statement)
        holder = owner if owner is None or owner.infant >= is_infant else self._infant_of(owner) or owner
        if holder is None:
            self._find(statement, "messages.pnrgov.unlinked", "TIF", f"{statement.code} {statement.text}", None)
        return holder

    def _join_doco(self, statement: Statement) -> None:
        doco = parse_doco(statement.text)
        holder = self._holder(statement, bool(doco and doco.is_infant))
        if doco is None:
            self._find(statement, "messages.pnrgov.document", "SSR DOCO", statement.text, holder)
        elif holder:
            self._add_doco(holder, doco, statement)

    def _add_doco(self, holder: Party, doco: Doco, statement: Statement) -> None:
        keep(holder.birth_places, doco.birth_place)
        kind = doco.type.upper()
        if doco.number and kind in _NUMBERS:
            holder.tell(Detail.IDENTIFIER, f"{_NUMBERS[kind]} {doco.number}")
        elif doco.number:
            state = self._state(doco.state, statement, holder) or ends_in_state(doco.issued_in)
            self._add_document(holder, ("visa" if kind in {"V", ""} else "identification", doco.number, state))
        if doco.issued:
            holder.tell(Detail.ISSUED_ON, parse_near(doco.issued, self._journey) or doco.issued)

    def _join_doca(self, statement: Statement) -> None:
        doca: Doca | None = parse_doca(statement.text)
        holder = self._holder(statement, bool(doca and doca.is_infant))
        if doca is None:
            self._find(statement, "messages.pnrgov.document", "SSR DOCA", statement.text, holder)
        elif holder:
            state = self._state(doca.state, statement, holder)
            if doca.type.upper() == "R":
                keep(holder.residences, state)
            holder.tell(Detail.ADDRESS, doca.line)

    def _join_infant(self, statement: Statement) -> None:
        infant = parse_infant(statement.text)
        owner = self._owner(statement)
        if infant is None:
            if statement.text:
                self._find(statement, "messages.pnrgov.document", "SSR INFT", statement.text, owner)
            return
        docs = Docs(born=infant.born, sex="UI", surname=infant.surname, given=infant.given)
        bearer = self._named.likest(docs, owner) or self._named_once.likest(docs, owner)
        bearer = bearer or self._someone(docs, owner, statement)
        bearer.infant = True
        self._fill(bearer, docs, statement)

    def _join_emergency(self, statement: Statement) -> None:
        contact = read_emergency(statement.text, statement.spot)
        owner = self._owner(statement)
        if contact:
            contact.of = owner
            self._record.others.append(contact)
        else:
            (owner or self._record).tell(Detail.PHONE, statement.text)

    def _join_ticket(self, statement: Statement) -> None:
        owner = self._owner(statement)
        number = statement.text.removeprefix("INF").lstrip(".")
        if statement.text.startswith("INF") and owner:
            owner = self._infant_of(owner)
        if owner and number[:13].isdigit():
            owner.tell(Detail.TICKET, number[:13])

    def _join_identification(self, statement: Statement) -> None:
        """SSR FOID: a form of identification, `PP` and a passport's number, `NI` a national one's (AIRIMP 3.14)."""
        owner, text = self._owner(statement), statement.text.strip().upper()
        kind, number = _FORMS.get(text[:2]), text[2:].strip(" /-")
        if owner is None:
            self._find(statement, "messages.pnrgov.unlinked", "TIF", f"FOID {text[:2]}", None)
        elif kind and number and all(known != number for _, known, _ in owner.documents):
            self._add_document(owner, (kind, number, None))

    def _join_other(self, statement: Statement) -> None:
        """Any other request: contacts, and documents written out in its text."""
        for docs in find_docs(statement.text):
            self._take(docs, statement)
        if statement.code.startswith("CTC") and statement.text:
            pair = tell_contact(f"{statement.code} {statement.text}")
            owner = self._owner(statement)
            (owner or self._record).tell(*(_pair(pair) if pair else (Detail.TEXT, statement.text)))


def _pair(pair: tuple[str, str]) -> tuple[Detail, str]:
    return Detail(pair[0]), pair[1]


def _name_of(docs: Docs) -> str:
    return f"{docs.surname}/{docs.given}"
