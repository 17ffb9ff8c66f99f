"""The good files that are damaged: made ones of every format, and real ones where they lie beside the project."""

import re
import sys
from collections.abc import Iterator

from measuring.damage import Target
from measuring.machine import ROOT, SHARED

sys.path.insert(0, str(ROOT))

from tests.messages.iso20022 import samples as iso
from tests.messages.mrz.test_mutations import WHOLE as ZONES
from tests.messages.mt import samples as mt
from tests.messages.paxlst import samples as paxlst
from tests.messages.pnrgov import samples as pnrgov
from tests.messages.pnrgov.test_xml import PNR, notification

DATA = SHARED / "data"
EDIFACT = (b"'", b"+", b":", b"?", b"*", b"$", b"NAD+FL+++", b"UNT+1+", b"UNH+", b"UNZ+1+", b"UNB+", b"UNA", b"TIF+",
           b"SRC'", b"SSR+")  # fmt: skip
XML = (b"<", b">", b"&", b'"', b"</", b"/>", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"<Document>", b"</CdtTrfTxInf>",
       b"<Nm>", b"<?x")  # fmt: skip
FIN = (b"{1:", b"-}", b":20:", b":21:", b"$\r\n", b"}", b"{", b"{4:", b"-\n", b":50K:", b"{2:I103")
ZONE = (b"<", b"<<<", b"K", b"0", b"O", b"\xc2\xab", b"P<", b"I<", b"V<")
TRAVELER = re.compile(rb"['$]\s*NAD([+*])(?:FL|FM|DDU|DDT)\1{3}(?P<key>[A-Za-z]{4,}):[A-Za-z]{3,}(?::[A-Za-z]*)?['$]")
BOOKED = re.compile(rb"'\s*TIF\+(?P<key>[A-Z]{4,})(?::[A-Z])?\+[A-Z]{2,}[A-Z ]*(?::[\w.]*){0,3}'")
PASSENGER = re.compile(rb"<Passenger RPH=\"\d\"><GivenName>[A-Z ]+</GivenName><Surname>(?P<key>[A-Z]+)</Surname>")
_INSIDE = rb"<(?P<tag>(?:\w+:)?%s)>(?:(?!</(?P=tag)>).)*?%s>(?P<key>[^<]+)<.*?</(?P=tag)>"
TRANSFER = re.compile(_INSIDE % (rb"CdtTrfTxInf", rb"EndToEndId"), re.DOTALL)
REPORT = re.compile(_INSIDE % (rb"TxInf(?:AndSts)?", rb"Nm"), re.DOTALL)
TEXT = re.compile(rb"\{4:\s*\n:20:(?P<key>[^\r\n]+)\r?\n.*?\n-\}", re.DOTALL)
DOCUMENT = re.compile(rb"(?<=\n\n)[PIV]<[A-Z]{3}[^\n]*\n[^\n]*?(?P<key>ZZ\d{7})[^\n]*\n(?:[^\n]{30}\n)?(?=\n)")
PASSED_OVER = frozenset(
    f"messages.edifact.{what}"
    for what in ("foreign_text", "long_segment", "type_unknown", "stray", "type_without_parties", "unterminated")
)
BROKEN_OFF = frozenset(("messages.pnrgov.malformed",))
ONE_TRANSFER, ONE_TEXT = re.compile(rb"<CdtTrfTxInf>"), re.compile(rb"^:20:", re.MULTILINE)
ONE_TRAVELER = re.compile(rb"NAD\+(?:FL|FM|DDU|DDT)\+")


def make_targets() -> list[Target]:
    """Every format, made files first."""
    names = ("KONATE:BOUBACAR", "TRAORE:AMINATA", "HAIDARA:SEKOU", "CISSE:ROKIA", "DUBOIS:CLAIRE", "BENALI:YOUSSEF")
    segments = [segment for name in names for segment in (f"NAD+FL+++{name}", *paxlst.TRAVELER[1:])]
    booking = pnrgov.message(*pnrgov.HAND, *(part.replace("MAIGA", "DIALLO") for part in pnrgov.HAND))
    other = PNR.replace("MAIGA", "DIALLO").replace('ID="KZ4T9M"', 'ID="KZ4T9N"')
    payments = iso.message(*map(iso.transaction, range(11, 16)))
    messages = [mt.mt103(), mt.MT202COV, mt.MT101, mt.MT199, *(mt.mt103(f20=f"MORE-{n}") for n in range(1, 4))]
    return [
        _paxlst(paxlst.message(segments).encode()),
        _pnrgov(booking.encode()),
        Target("PNRGOV XML", "pnrgov-xml", notification(PNR, other).encode(), PASSENGER, b">", XML, BROKEN_OFF),
        Target("MRZ", "mrz", b"\n\n" + _apart(ZONES), DOCUMENT, b"\n", ZONE),
        _iso20022(payments.encode()),
        _swift("\r\n$\r\n".join(messages).encode()),
        *(_paxlst(data) for data in _files("travel/paxlst") if data[:2] == b"UN"),
        *map(_pnrgov, _files("travel/pnrgov")),
        *map(_iso20022, _files("payments/iso20022")),
        *map(_swift, _files("payments/swift_mt")),
    ]


def _paxlst(data: bytes) -> Target:
    return Target("PAXLST", "edifact", data, TRAVELER, b"'", EDIFACT, PASSED_OVER, ONE_TRAVELER)


def _pnrgov(data: bytes) -> Target:
    return Target("PNRGOV EDIFACT", "edifact", data, BOOKED, b"'", EDIFACT, PASSED_OVER)


def _iso20022(data: bytes) -> Target:
    unit = TRANSFER if TRANSFER.search(data) else REPORT
    return Target("ISO 20022", "iso20022", data, unit, b">", XML, begin=ONE_TRANSFER)


def _swift(data: bytes) -> Target:
    return Target("SWIFT MT", "swift-mt", data, TEXT, b"\n", FIN, begin=ONE_TEXT)


def _apart(zones: bytes) -> bytes:
    """An empty line between the zones of one file."""
    found: list[bytes] = []
    for line in zones.splitlines():
        if line[:1] in b"PIV" and line[1:2] == b"<":
            found.append(b"")
        found.append(line)
    return b"\n".join(found) + b"\n\n"


def _files(folder: str) -> Iterator[bytes]:
    """Real files as they are."""
    yield from (path.read_bytes() for path in sorted((DATA / folder).glob("*")))
