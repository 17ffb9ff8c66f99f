"""PNRGOV in XML (`IATA_PNRGOV_NotifRQ`): bookings one at a time from files of any size, broken or hostile ones too.

Document types and entities are refused, nothing is fetched, depth and the size of a booking are bounded. Where the
markup breaks, what was read so far of the booking concerned is kept and the rest is reported.
"""

import re
from collections.abc import Iterator
from contextlib import closing

import pyarrow as pa
from lxml import etree

from tahaluf.domain import InputError, Problem, Where
from tahaluf.messages.content import open_binary, read_head
from tahaluf.messages.edifact import Intake
from tahaluf.messages.pnrgov.dates import today
from tahaluf.messages.pnrgov.emit import Emitter
from tahaluf.messages.pnrgov.flights import PLAUSIBLE_YEARS, Flight
from tahaluf.messages.pnrgov.xmlrecord import Element, attribute, line_of, local_name, read_leg, read_record
from tahaluf.messages.request import Request

MAX_DEPTH = 60
MAX_ELEMENTS = 200_000
_ROOT = re.compile(r"<(?:[\w.-]+:)?IATA_PNRGOV_NotifRQ[\s/>]")
_FIRST = re.compile(r"<[A-Za-z_]")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)")
_OPTIONS = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def _decode(head: bytes) -> str:
    wide = head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return head.decode("utf-16" if wide else "latin-1", "ignore")


def recognizes(head: bytes) -> bool:
    """Whether a file that begins so is a PNRGOV notification, be it within an envelope."""
    text = _decode(head).removeprefix("\ufeff").removeprefix("ï»¿").lstrip()
    return text.startswith("<") and _ROOT.search(text) is not None


def read_notifications(request: Request) -> Iterator[pa.RecordBatch]:
    """Batches of the travelers of all bookings of a file. InputError where it is refused."""
    head = _decode(read_head(request.path, "PNRGOV"))
    first = _FIRST.search(head)
    if _DOCTYPE.search(head[: first.start() if first else len(head)]):
        raise _refuse(str(request.path), "messages.pnrgov.doctype", "no document type", "DOCTYPE")
    intake = Intake(str(request.path), request.rejects)
    with closing(open_binary(request.path)) as file:
        reader = _Reader(intake)
        for _ in reader.read(etree.iterparse(file, events=("start", "end"), **_OPTIONS)):
            yield from intake.due()
    if len(intake.batches):
        yield intake.batches.take()


def _refuse(file: str, code: str, expected: str, found: str, line: int | None = None) -> InputError:
    return InputError(Problem(code, Where(file, line), expected, found[:120]))


class _Reader:
    """Where in a file the reading is: the flight leg in force, the booking that is open, how deep it goes."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._emitter = Emitter(intake, None)
        self._journey = today()
        self._leg: Flight | None = None
        self._open: Element | None = None
        self._depth = self._elements = self._bookings = 0
        self._stated: tuple[str, int | None] | None = None

    def read(self, events: "etree.iterparse[tuple[str, Element]]") -> Iterator[None]:
        """Goes through the file; gives after each booking."""
        try:
            for event, element in events:
                if event == "start":
                    self._start(element)
                elif self._end(element):
                    yield
        except etree.XMLSyntaxError as error:
            yield from self._break_off(error)
        self._check_count()

    def _start(self, element: Element) -> None:
        self._depth += 1
        if self._depth == 1 and element.getroottree().docinfo.internalDTD is not None:
            raise _refuse(self._intake.file, "messages.pnrgov.doctype", "no document type", "DOCTYPE")
        if self._depth > MAX_DEPTH:
            raise _refuse(
                self._intake.file, "messages.pnrgov.depth", str(MAX_DEPTH), str(self._depth), line_of(element)
            )
        if self._open is not None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise _refuse(
                    self._intake.file, "messages.pnrgov.large", str(MAX_ELEMENTS), str(self._elements), line_of(element)
                )
            return
        name = local_name(element)
        if name == "PNR":
            self._open, self._elements = element, 0
        elif name == "PNRs":
            self._check_count()
            self._bookings = 0

    def _end(self, element: Element) -> bool:
        """Whether a booking ended. What is done with is let go."""
        self._depth -= 1
        if self._open is None:
            self._end_outside(element)
            return False
        if element is not self._open:
            return False
        self._emit(element)
        return True

    def _end_outside(self, element: Element) -> None:
        name = local_name(element)
        parent = element.getparent()
        if name == "FlightLeg":
            self._leg = read_leg(element)
            day = self._leg.day if self._leg else None
            self._journey = day if day and day.year in PLAUSIBLE_YEARS else today()
        elif name == "PNRs":
            stated = attribute(element, "NumberOfPnrs", "NumberOfPNRs")
            self._stated = (stated, line_of(element)) if stated else None
        if parent is not None and local_name(parent) != "FlightLeg":
            _let_go(element)

    def _emit(self, element: Element) -> None:
        self._bookings += 1
        record = read_record(element, self._leg)
        self._open = None
        self._emitter.emit(record, self._journey)
        _let_go(element)

    def _break_off(self, error: etree.XMLSyntaxError) -> Iterator[None]:
        """The markup is broken: the open booking is read as far as it came, the rest of the file is reported."""
        line = error.lineno
        if self._open is None and not self._bookings:
            raise _refuse(self._intake.file, "messages.pnrgov.malformed", "XML", error.msg, line) from error
        if self._open is not None:
            self._emit(self._open)
            yield
        problem = Problem("messages.pnrgov.malformed", Where(self._intake.file, line), "XML", error.msg[:120])
        self._intake.rejects.reject(problem, "", self._intake.next_unit())

    def _check_count(self) -> None:
        stated, self._stated = self._stated, None
        if stated and stated[0].strip() != str(self._bookings):
            where = Where(self._intake.file, stated[1], "PNRs")
            self._intake.warn(Problem("messages.pnrgov.count", where, stated[0][:20], str(self._bookings)))


def _let_go(element: Element) -> None:
    """Frees an element and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
