"""A complete record to subjects: numbers its travelers, adds them to the batch, and reports what was found wrong."""

import re
from datetime import date
from itertools import chain

from tahaluf.domain import Kind, PartyRole, Problem, Where
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Intake
from tahaluf.messages.pnrgov.join import Joiner
from tahaluf.messages.pnrgov.names import squash
from tahaluf.messages.pnrgov.record import Finding, Party, Record, Spot

_CARD = re.compile(r"(?<!\d)\d{15,19}(?!\d)", re.ASCII)
_TYPES = {"A": "ADT", "C": "CHD", "IN": "INF"}


class Emitter:
    """Where the records of one message go; `message` is its reference, None where there is none (XML)."""

    def __init__(self, intake: Intake, message: str | None) -> None:
        self._intake = intake
        self._message = message
        self._units: dict[int, int] = {}

    def emit(self, record: Record, journey: date) -> None:
        """Joins, numbers, adds and reports one record."""
        Joiner(record, journey).join()
        self._units = {}
        for party in record.travelers:
            self._number(party, self._intake.next_unit())
        former = _still_unknown(record)
        for finding in record.unnamed:
            self._reject(finding)
        if not record.travelers and not record.unnamed and not record.continues:
            self._reject(Finding("messages.pnrgov.no_traveler", record.spot, "TIF", ""))
        first = self._units[id(record.travelers[0])] if record.travelers else None
        for party in former:
            self._number(party, self._unit_of(party, record) or self._intake.next_unit())
        for party in record.others:
            self._number(party, self._unit_of(party, record) or first or self._intake.next_unit())
        # Problems come before the batch that they belong to.
        for finding in record.findings:
            self._report(finding)
        self._add_all(record, former)

    def where(self, spot: Spot) -> Where:
        """A spot as a place in the file."""
        return Where(self._intake.file, spot.line, spot.field, message=self._message, segment=spot.segment)

    def _number(self, party: Party, unit: int) -> None:
        self._units[id(party)] = unit

    def _unit_of(self, party: Party, record: Record) -> int | None:
        """The traveler's to whom someone else belongs: the ticket's that is paid for, the one renamed."""
        known = party.of
        if known is None and party.history:
            known = record.by_reference(party.reference)
        return self._units.get(id(known)) if known else None

    def _reject(self, finding: Finding) -> None:
        problem = Problem(finding.code, self.where(finding.spot), finding.expected, finding.found)
        self._intake.rejects.reject(problem, _without_cards(finding.spot.raw), self._intake.next_unit())

    def _report(self, finding: Finding) -> None:
        problem = Problem(finding.code, self.where(finding.spot), finding.expected, finding.found)
        unit = self._units.get(id(finding.party)) if finding.party else None
        self._intake.rejects.note(problem, _without_cards(finding.spot.raw), unit)

    def _add_all(self, record: Record, former: list[Party]) -> None:
        ids: dict[str, int] = {}
        for party in record.travelers:
            self._add(party, str(self._units[id(party)]), record)
        for party in chain(former, record.others):
            unit = self._units[id(party)]
            name = f"{unit}/former" if party.history else f"{unit}/{party.role}"
            ids[name] = ids.get(name, 0) + 1
            self._add(party, name if ids[name] == 1 else f"{name}/{ids[name]}", record)

    def _add(self, party: Party, subject_id: str, record: Record) -> None:
        if party.history:
            party.tell(Detail.HISTORY, party.history)
        kind = party.type or ("IN" if party.infant else "")
        if party.role is PartyRole.PASSENGER:
            party.tell(Detail.PASSENGER_TYPE, _TYPES.get(kind, kind))
            party.tell(Detail.PASSENGER_REFERENCE, party.reference)
        shared = [*record.locators, *(record.contacts if party.role is PartyRole.PASSENGER else ())]
        details = list(dict.fromkeys((*party.details, *shared)))
        self._intake.batches.add(
            subject_id, party.names, Kind.ORGANIZATION if party.corporate else Kind.PERSON, party.role,
            unit=self._units[id(party)], line=party.spot.line, message=self._message, segment=party.spot.segment,
            field=party.spot.field, gender=party.gender, birth_dates=party.births, nationalities=party.nationalities,
            residences=party.residences, birth_places=party.birth_places, documents=party.documents,
            details=[*details, *(pair for leg in record.legs for pair in leg.pairs())],
        )  # fmt: skip


def _without_cards(raw: str) -> str:
    """The text with what may be a card's number masked but for its end."""
    return _CARD.sub(lambda match: f"****{match[0][-4:]}", raw)


def _still_unknown(record: Record) -> list[Party]:
    """Those of the history whom the record names no more; each name once."""
    known = {squash(name) for party in record.travelers for name in party.names}
    found: dict[str, Party] = {}
    for party in record.former:
        fresh = [name for name in party.names if squash(name) not in known]
        if fresh:
            found.setdefault(squash(fresh[0]), party)
    return list(found.values())
