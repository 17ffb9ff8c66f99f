"""PNRGOV in XML: the same facts as in EDIFACT; hostile and broken files."""

import random
import re
from pathlib import Path

import pytest

from tahaluf.domain import InputError
from tahaluf.messages.pnrgov import recognizes
from tahaluf.messages.pnrgov.xmlread import MAX_DEPTH
from tests.messages.pnrgov.samples import details, read_text

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<IATA_PNRGOV_NotifRQ xmlns="http://www.iata.org/IATA/2007/00" Version="1.0">
<Originator AirlineCode="QM"/>
<FlightLeg CarrierCode="QM" FlightNumber="412" DepartureDateTime="2026-03-02T08:15:00"
 ArrivalDateTime="2026-03-02T11:40:00">
<DepartureAirport LocationCode="NIM"/><ArrivalAirport LocationCode="CMN"/></FlightLeg>
"""
PNR = """<PNR NumberOfPassengers="2"><BookingRefID ID="KZ4T9M"><CompanyName Code="QM"/></BookingRefID>
<ContactInfo PhoneNumber="22790112233" EmailAddress="maiga@example.org"><AddressLine>Rue 3</AddressLine></ContactInfo>
<Passenger RPH="1"><GivenName>OUSMANE MR</GivenName><Surname>MAIGA</Surname>
<TicketDocument TicketDocumentNbr="1472401112223"><PaymentInfo PaymentType="CC" VendorCode="VI"
 AccountNbr="4929123412344417" CardHolderName="Rakia Cisse"/></TicketDocument>
<DOC_SSR SSR_Code="DOCS"><DOCS DateOfBirth="11MAY84" ExpiryDate="02JAN30" FirstGivenName="OUSMANE"
 SecondGivenName="IDRISSA" Surname="MAIGA" Gender="M" IssuingLoc="NER" PaxNationality="NER" TravelDocType="P"
 TravelDocNbr="10PC44321"/></DOC_SSR>
<DOC_SSR SSR_Code="DOCO"><DOCO BirthLocation="TILLABERI" TravelDocType="V" TravelDocNbr="V88" CountryState="MAR"/>
</DOC_SSR>
<DOC_SSR SSR_Code="DOCA"><DOCA AddressType="R" Address="Rue 3" CityName="Niamey" Country="NER"/></DOC_SSR></Passenger>
<Passenger RPH="2"><GivenName>AICHA</GivenName><Surname>MAIGA</Surname></Passenger>
<Flight DepartureDateTime="2026-03-02T08:15:00" FlightNumber="412"><DepartureAirport LocationCode="NIM"/>
<ArrivalAirport LocationCode="CMN"/><MarketingAirline Code="QM"/>
<SSR SSR_Code="INFT" RPH="2"><Text>MAIGA/HAWA 12SEP25</Text></SSR></Flight>
<PNRHistory><Passenger><GivenName>USMAN</GivenName><Surname>MAIGA</Surname></Passenger></PNRHistory></PNR>
"""


def notification(*bookings: str, count: int | None = None) -> str:
    stated = len(bookings) if count is None else count
    return f'{HEAD}<PNRs NumberOfPnrs="{stated}">{"".join(bookings)}</PNRs></IATA_PNRGOV_NotifRQ>'


def test_a_traveler_has_all_that_the_booking_tells(tmp_path: Path) -> None:
    reading = read_text(tmp_path, notification(PNR))
    one = reading.travelers[0]
    assert one.names == ("OUSMANE MAIGA", "OUSMANE IDRISSA MAIGA")
    assert [date.isoformat() for date in one.birth_dates] == ["1984-05-11"]
    assert (one.gender, one.nationalities, one.residences) == ("male", ("ne",), ("ne",))
    assert one.birth_places == ("TILLABERI",)
    assert [(document.type, document.number) for document in one.documents] == [
        ("passport", "10PC44321"),
        ("visa", "V88"),
    ]
    assert details(one, "locator") == ["QM KZ4T9M"]
    assert details(one, "payment_card") == ["VI ****4417"]
    assert details(one, "email") == ["maiga@example.org"]
    assert (details(one, "flight"), details(one, "arrived_at")) == (["QM412"], ["2026-03-02T11:40"])
    assert (reading.codes, reading.warnings) == ([], [])


def test_infants_payers_and_the_history_are_subjects(tmp_path: Path) -> None:
    subjects = read_text(tmp_path, notification(PNR)).subjects
    assert [(one.id, one.names[0]) for one in subjects] == [
        ("1", "OUSMANE MAIGA"), ("2", "AICHA MAIGA"), ("3", "HAWA MAIGA"), ("4/former", "USMAN MAIGA"),
        ("1/payer", "Rakia Cisse"),
    ]  # fmt: skip


def test_all_on_one_line_reads_the_same(tmp_path: Path) -> None:
    broad, narrow = notification(PNR, PNR), notification(PNR, PNR).replace("\n", " ")
    one, other = read_text(tmp_path, broad).subjects, read_text(tmp_path, narrow).subjects
    assert [(s.names, s.documents, s.details) for s in one] == [(s.names, s.documents, s.details) for s in other]


def test_a_booking_without_a_name_and_a_count_that_is_wrong_are_told(tmp_path: Path) -> None:
    reading = read_text(tmp_path, notification('<PNR><BookingRefID ID="E1"/></PNR>', PNR, count=5))
    assert [(one.problem.code, one.unit, one.screened) for one in reading.rejections] == [
        ("messages.pnrgov.no_traveler", 1, False)
    ]
    assert [(one.code, one.expected, one.found) for one in reading.warnings] == [("messages.pnrgov.count", "5", "2")]


def test_an_envelope_and_utf_16_are_borne(tmp_path: Path) -> None:
    text = notification(PNR).split("?>", 1)[1]
    wrapped = f'<s:Envelope xmlns:s="urn:soap"><s:Body>{text}</s:Body></s:Envelope>'
    assert len(read_text(tmp_path, wrapped).travelers) == 3
    assert len(read_text(tmp_path, text.encode("utf-16")).travelers) == 3


def test_only_notifications_are_recognized() -> None:
    assert recognizes(notification(PNR).encode())
    assert not recognizes(b"<Document><CstmrCdtTrfInitn/></Document>")
    assert not recognizes(b"IATA_PNRGOV_NotifRQ")


def test_what_stands_before_a_break_in_the_markup_is_kept_and_the_rest_told(tmp_path: Path) -> None:
    text = notification(PNR, PNR)
    cut = text[: text.rindex("<Flight ")]
    reading = read_text(tmp_path, cut)
    assert [one.names[0] for one in reading.travelers] == [
        "OUSMANE MAIGA", "AICHA MAIGA", "HAWA MAIGA", "OUSMANE MAIGA", "AICHA MAIGA",
    ]  # fmt: skip
    assert (reading.codes, reading.rejections[0].unit) == (["messages.pnrgov.malformed"], reading.units)


@pytest.mark.parametrize(("text", "code"), [
    (notification(PNR).replace("<IATA", '<!DOCTYPE x [<!ENTITY a "b">]><IATA', 1), "doctype"),
    (notification(PNR).replace("<IATA", '<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><IATA', 1), "doctype"),
    (notification("<PNR>" + "<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH + "</PNR>"), "depth"),
    (notification("<PNR>" + "<a/>" * 200_001 + "</PNR>"), "large"),
    (HEAD + "<<<", "malformed"),
])  # fmt: skip
def test_hostile_files_are_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_text(tmp_path, text)
    assert refused.value.problem.code == f"messages.pnrgov.{code}"


def test_no_traveler_of_a_damaged_file_is_lost_silently(tmp_path: Path) -> None:
    chance, whole = random.Random(7), notification(PNR, PNR.replace("MAIGA", "DIALLO"))
    start = whole.index("<PNRs")
    for _ in range(300):
        at, length = chance.randrange(start, len(whole)), chance.randint(1, 8)
        text = whole[:at] + chance.choice(["", "<", "&", '"', ">", "x", "/"]) + whole[at + length :]
        try:
            reading = read_text(tmp_path, text)
        except InputError:
            continue
        kept = {name for one in reading.subjects for name in one.names}
        known = re.findall(r"<GivenName>([A-Z]+)(?: MR)?</GivenName><Surname>([A-Z]+)</Surname>", text)
        missing = [f"{given} {surname}" for given, surname in known if f"{given} {surname}" not in kept]
        assert not missing or "messages.pnrgov.malformed" in reading.codes
