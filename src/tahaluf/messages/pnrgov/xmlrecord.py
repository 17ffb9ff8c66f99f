"""One `PNR` element of a PNRGOV notification to a record: the same facts as in EDIFACT, in attributes and elements.

Shape as in public samples of `IATA_PNRGOV_NotifRQ` (editions 2012 to 2017): attributes, with element texts of the same
name understood too; any namespace. Documents become the statements that EDIFACT has, so that both are joined alike.
"""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from lxml import etree

from tahaluf.domain import PartyRole
from tahaluf.messages.details import Detail
from tahaluf.messages.pnrgov.attach import add_other
from tahaluf.messages.pnrgov.flights import Flight, add_flight
from tahaluf.messages.pnrgov.freetext import read_osi
from tahaluf.messages.pnrgov.names import clean, is_placeholder
from tahaluf.messages.pnrgov.record import Finding, Party, Record, Spot, Statement
from tahaluf.messages.pnrgov.tickets import mask_card

Element: TypeAlias = etree._Element
MAX_PARTIES = 500
MAX_STATEMENTS = 5000
_DOCS = (
    ("TravelDocType", "DocType", "DocumentType"), ("IssuingLoc", "IssuingCountry", "DocIssueCountry"),
    ("TravelDocNbr", "DocNbr", "DocNumber", "DocumentNumber", "TravelDocNumber"),
    ("PaxNationality", "Nationality"), ("DateOfBirth", "BirthDate"), ("Gender",),
    ("ExpiryDate", "ExpirationDate"), ("Surname",), ("FirstGivenName", "GivenName"), ("SecondGivenName", "MiddleName"),
)  # fmt: skip
_DOCO = (
    ("BirthLocation", "BirthPlace"), ("TravelDocType", "DocType"), ("TravelDocNbr", "DocNbr", "DocNumber"),
    ("PlaceOfIssue",), ("DateOfIssue",), ("CountryState", "Country"), ("InfantInd",),
)  # fmt: skip
_DOCA = (
    ("AddressType",), ("Country",), ("Address", "StreetAddress"), ("CityName", "City"),
    ("StateProvCounty", "StateProv"), ("PostalCode",), ("InfantInd",),
)  # fmt: skip
_FIELDS = {"DOCS": _DOCS, "DOCO": _DOCO, "DOCA": _DOCA}
_ADDRESS = ("AddressLine", "CityName", "StateProv", "PostalCode", "CountryName")


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: Element) -> int | None:
    """The line in the file that an element begins on."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def attribute(element: Element, *names: str) -> str:
    """The first of these that an element has as attribute or as child with a text."""
    wanted = {name.casefold() for name in names}
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].casefold() in wanted and clean(str(value)).strip("-"):
            return clean(str(value))
    for child in element:
        if local_name(child).casefold() in wanted and clean(child.text or "").strip("-"):
            return clean(child.text or "")
    return ""


def read_leg(element: Element) -> Flight | None:
    """A `FlightLeg` or `Flight`; None where it says no places."""
    departure, arrival = (_place(element, name) for name in ("DepartureAirport", "ArrivalAirport"))
    if not departure or not arrival:
        return None
    marketing = child_of(element, "MarketingAirline")
    operating = child_of(element, "OperatingAirline")
    carrier = attribute(element, "CarrierCode") or (attribute(marketing, "Code") if marketing is not None else "")
    number = f"{carrier}{attribute(element, 'FlightNumber')}"
    operated = "" if operating is None else f"{attribute(operating, 'Code')}{attribute(operating, 'FlightNumber')}"
    departed, arrived = (_moment(attribute(element, name)) for name in ("DepartureDateTime", "ArrivalDateTime"))
    return Flight(number, "", departure, departed, arrival, arrived, operated_as=operated if operated != number else "")


def read_record(element: Element, leg: Flight | None) -> Record:
    """The booking that a `PNR` element holds, with the leg that it is sent for."""
    reading = _Reading(element, leg)
    for node in element.iter():
        reading.take(node)
    return reading.record


class _Reading:
    """A booking being read in document order: whose element each one stands in, and what is history."""

    def __init__(self, element: Element, leg: Flight | None) -> None:
        self.record = Record(_spot(element))
        self.record.legs = [leg] if leg else []
        self._parties: dict[Element, Party] = {}
        self._readers: dict[str, Callable[[Element], None]] = {
            "DOC_SSR": self._read_documents, "SSR": self._read_request, "BookingRefID": self._read_locator,
            "ContactInfo": self._read_contact, "EmergencyContact": self._read_contact,
            "PaymentInfo": self._read_payment, "SponsorInfo": self._read_payment, "TicketDocument": self._read_ticket,
            "Flight": self._read_flight, "CustLoyalty": self._read_loyalty, "OSI": self._read_free,
            "Remark": self._read_free, "GeneralRemark": self._read_free,
        }  # fmt: skip
        group = attribute(element, "GroupName")
        if group:
            self.record.unnamed.append(Finding("messages.pnrgov.group", self.record.spot, "Passenger", group))

    def take(self, node: Element) -> None:
        """Reads one element of the booking."""
        name = local_name(node)
        if name not in _FIELDS and child_of(node, "Surname") is not None:
            self._read_party(node)
        elif name in self._readers:
            self._readers[name](node)

    def _owner(self, node: Element) -> Party | None:
        """The traveler within whose element a node stands."""
        return next((self._parties[parent] for parent in node.iterancestors() if parent in self._parties), None)

    def _read_party(self, node: Element) -> None:
        """A `Passenger`, or whoever else has a surname."""
        surname = attribute(node, "Surname")
        given = " ".join(filter(None, (attribute(node, "GivenName"), attribute(node, "MiddleName"))))
        spot = _spot(node, f"{surname}/{given}")
        fare = child_of(node, "FareInfo")
        kind = attribute(node, "PassengerTypeCode") or (attribute(fare, "PTC_Code") if fare is not None else "")
        party = Party(
            surname, given, spot, reference=attribute(node, "RPH"), type=kind.upper() if len(kind) < 4 else ""
        )
        party.tell(Detail.TITLE, attribute(node, "NamePrefix", "NameTitle"))
        if not party.names or is_placeholder(surname, given):
            self._turn_away(
                "messages.pnrgov.group" if party.names else "messages.pnrgov.name", spot, f"{surname} {given}"
            )
        elif len(self._parties) >= MAX_PARTIES:
            self._turn_away("messages.pnrgov.too_many", spot, f"{surname} {given}", str(MAX_PARTIES))
        elif _is_past(node):
            party.history = "changed"
            self.record.former.append(party)
        else:
            self.record.add(party)
        self._parties[node] = party

    def _turn_away(self, code: str, spot: Spot, found: str, expected: str = "Surname") -> None:
        self.record.unnamed.append(Finding(code, spot, expected, clean(found)[:80]))

    def _read_documents(self, node: Element) -> None:
        """A `DOC_SSR`: fields apart, or the text as EDIFACT has it."""
        structured = [child for child in node if local_name(child) in _FIELDS]
        for child in structured:
            name = local_name(child)
            values = (attribute(child, *names).replace("/", " ") for names in _FIELDS[name])
            self._state(name, "/" + "/".join(values), child, attribute(node, "RPH"))
        if not structured:
            self._read_request(node)

    def _read_request(self, node: Element) -> None:
        code = attribute(node, "SSR_Code", "SSRCode", "Code").upper()[:4]
        self._state(code, attribute(node, "Text"), node, attribute(node, "RPH"))

    def _state(self, code: str, text: str, node: Element, reference: str) -> None:
        owner = self._owner(node)
        spot = _spot(node, f"{code} {text}")
        if len(self.record.statements) >= MAX_STATEMENTS:
            self.record.find(spot, "messages.pnrgov.too_many", str(MAX_STATEMENTS), code, owner)
            return
        self.record.statements.append(Statement(code, text, "" if owner else reference, owner, spot, _is_past(node)))

    def _read_locator(self, node: Element) -> None:
        company, locator = child_of(node, "CompanyName"), attribute(node, "ID")
        parent = node.getparent()
        split = parent is not None and local_name(parent).casefold().startswith("split")
        if locator:
            carrier = attribute(company, "Code") if company is not None else ""
            self.record.tell(Detail.SPLIT_LOCATOR if split else Detail.LOCATOR, f"{carrier} {locator}")

    def _read_contact(self, node: Element) -> None:
        """How the booking is to be called, and whom, where it says so."""
        name = attribute(node, "ContactName", "PersonName", "Name")
        contact = Party(name, "", _spot(node, name), PartyRole.BOOKING_CONTACT, of=self._owner(node))
        of = contact if contact.names else contact.of or self.record
        of.tell(Detail.PHONE, attribute(node, "PhoneNumber", "Phone"))
        of.tell(Detail.EMAIL, attribute(node, "EmailAddress", "Email"))
        of.tell(Detail.ADDRESS, ", ".join(filter(None, (attribute(node, part) for part in _ADDRESS))))
        if contact.names:
            add_other(contact, self.record)

    def _read_payment(self, node: Element) -> None:
        owner, account = self._owner(node), attribute(node, "AccountNbr", "CardNumber")
        if len(account) >= 4 and account[-4:].isdigit():
            (owner or self.record).tell(Detail.PAYMENT_CARD, mask_card(attribute(node, "VendorCode"), account))
        name = attribute(node, "CardHolderName", "PayerName", "SponsorName")
        payer = Party(name, "", _spot(node, name), PartyRole.PAYER, of=owner)
        if payer.names:
            add_other(payer, self.record)

    def _read_ticket(self, node: Element) -> None:
        (self._owner(node) or self.record).tell(Detail.TICKET, attribute(node, "TicketDocumentNbr"))

    def _read_flight(self, node: Element) -> None:
        leg = None if _is_past(node) else read_leg(node)
        if leg:
            add_flight(self.record.legs, leg)

    def _read_loyalty(self, node: Element) -> None:
        owner, number = self._owner(node), attribute(node, "MembershipID")
        if owner and number:
            owner.tell(Detail.IDENTIFIER, f"{attribute(node, 'ProgramID')} {number}")

    def _read_free(self, node: Element) -> None:
        text = attribute(node, "Text") or clean(node.text or "")
        if text and not _is_past(node):
            contact = read_osi(text, self._owner(node), self.record, _spot(node, text))
            if contact:
                add_other(contact, self.record)


def _is_past(node: Element) -> bool:
    return any("histor" in local_name(parent).casefold() for parent in node.iterancestors())


def child_of(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _place(element: Element, name: str) -> str:
    airport = child_of(element, name)
    return attribute(airport, "LocationCode").upper() if airport is not None else ""


def _moment(text: str) -> str:
    """`2019-02-01T12:27:50.000+00:00` to the minute; nothing where it is no date."""
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return ""
    return text[:16].replace(" ", "T")


def _spot(element: Element, raw: str = "") -> Spot:
    name = local_name(element)
    return Spot(line_of(element), None, name, f"<{name}> {raw}".strip())
