"""Segments that stand with a traveler or with a whole booking: tickets, seats, bags, payment, contacts, addresses."""

from collections.abc import Callable

from tahaluf.domain import PartyRole
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.pnrgov.freetext import read_osi
from tahaluf.messages.pnrgov.names import squash
from tahaluf.messages.pnrgov.record import Party, Record, Spot
from tahaluf.messages.pnrgov.tickets import read_address, read_baggage, read_payer, read_payment

MAX_OTHERS = 200
SEATS = frozenset(("SEAT", "RQST", "NSSA", "NSST"))
_SPONSOR = "43"


def padded(element: list[str]) -> list[str]:
    """An element with at least four components."""
    return [*element, *[""] * (4 - len(element))]


def attach_seats(segment: Segment, record: Record) -> None:
    """`SSR+SEAT…+15A::1+15B::2`: seats by the references of travelers."""
    for element in segment.elements[1:]:
        seat, _, reference, *_ = padded(element)
        party = record.by_reference(reference.strip())
        if party and _is_seat(seat):
            party.tell(Detail.SEAT, seat)


def _is_seat(text: str) -> bool:
    """`15A`, not `XXX`."""
    return any(map(str.isdigit, text))


def add_other(party: Party, record: Record) -> None:
    """A payer or contact; where one of that name plays the part already, what is told of it goes there."""
    names = {squash(name) for name in party.names}
    for known in record.others:
        if known.role is party.role and names & set(map(squash, known.names)):
            for detail, value in party.details:
                known.tell(Detail(detail), value)
            return
    if len(record.others) < MAX_OTHERS:
        record.others.append(party)
    else:
        record.find(party.spot, "messages.pnrgov.too_many", str(MAX_OTHERS), party.names[0])


def _attach_seat(segment: Segment, _spot: Spot, party: Party | None, _record: Record) -> None:
    if party and _is_seat(segment.value(1)):
        party.tell(Detail.SEAT, segment.value(1))


def _attach_bags(segment: Segment, _spot: Spot, party: Party | None, record: Record) -> None:
    for bag in read_baggage(segment):
        (party or record).tell(Detail.BAGGAGE, bag)


def _attach_member(segment: Segment, _spot: Spot, party: Party | None, _record: Record) -> None:
    for company, number, *_ in map(padded, segment.elements):
        if party and number.strip():
            party.tell(Detail.IDENTIFIER, f"{company} {number}")


def _attach_reference(segment: Segment, _spot: Spot, party: Party | None, _record: Record) -> None:
    for qualifier, number, *_ in map(padded, segment.elements):
        if party:
            party.tell(Detail.PASSENGER_REFERENCE, number or qualifier)


def _attach_ticket(segment: Segment, _spot: Spot, party: Party | None, record: Record) -> None:
    (party or record).tell(Detail.TICKET, segment.value(1))


def _attach_payment(segment: Segment, _spot: Spot, party: Party | None, record: Record) -> None:
    for card in read_payment(segment):
        (party or record).tell(Detail.PAYMENT_CARD, card)


def _attach_text(segment: Segment, spot: Spot, party: Party | None, record: Record) -> None:
    texts = [":".join(element) for element in segment.elements[1:]]
    if segment.value(1, 2).strip() == _SPONSOR:
        other = read_payer(texts, spot)
    else:
        other = read_osi(" ".join(texts), party, record, spot)
    if other:
        other.of = party
        add_other(other, record)


def _attach_address(segment: Segment, _spot: Spot, party: Party | None, record: Record) -> None:
    """An address after a sponsor is the sponsor's."""
    last = record.others[-1] if record.others else None
    payer = last if last and last.role is PartyRole.PAYER and last.of is party else None
    for detail, value in read_address(segment):
        (payer or party or record).tell(Detail(detail), value)


ATTACHED: dict[str, Callable[[Segment, Spot, Party | None, Record], None]] = {
    "SSD": _attach_seat, "TBD": _attach_bags, "FTI": _attach_member, "REF": _attach_reference,
    "TKT": _attach_ticket, "FOP": _attach_payment, "IFT": _attach_text, "ADD": _attach_address,
}  # fmt: skip
