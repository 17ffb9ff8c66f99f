"""Messages go to the handler of their type, others are passed over by report; files are recognized by content."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.edifact import Intake, Message
from tahaluf.messages.interchange import read_interchanges, recognizes
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.request import Request
from tests.messages.edifact.samples import body, interchange


def handle(message: Message, intake: Intake) -> Iterator[pa.RecordBatch]:
    """One party for each message, named by its first segment; the rest is left unread."""
    segment = next(iter(message))
    unit = intake.next_unit()
    intake.batches.add(str(unit), [segment.tag], Kind.PERSON, PartyRole.PASSENGER, unit=unit, line=segment.line)
    yield from intake.due()


def run(tmp_path: Path, text: str) -> tuple[list[str], list[tuple[str, str]]]:
    path = tmp_path / "file.edi"
    path.write_text(text)
    sink = RejectSink()
    batches = read_interchanges(Request(path, None, None, sink), {"PAXLST": handle, "PNRGOV": handle})
    names = [row["names"][0] for batch in batches for row in batch.to_pylist()]
    return names, [(found.code.removeprefix("messages.edifact."), found.found) for found in sink.warnings]


def test_handlers_get_the_messages_of_their_type_and_may_leave_segments_unread(tmp_path: Path) -> None:
    text = interchange(body("BGM+745", "TDT+1", "TDT+2"), body("MSG+:22", "TVL+1", reference="M2", kind="PNRGOV"))
    assert run(tmp_path, text) == (["BGM", "MSG"], [])


@pytest.mark.parametrize(("kind", "code"), [("CUSRES", "type_without_parties"), ("INVOIC", "type_unknown")])
def test_other_types_are_passed_over_by_report(tmp_path: Path, kind: str, code: str) -> None:
    text = interchange(body("BGM+962", "ERP+2", kind=kind), body("BGM+745", reference="M2"))
    assert run(tmp_path, text) == (["BGM"], [(code, kind)])


@pytest.mark.parametrize("kind", ["PAXLTS", "PAXLSTT", "PAXLS"])
def test_a_type_with_a_slip_is_not_lost(tmp_path: Path, kind: str) -> None:
    names, told = run(tmp_path, interchange(body("BGM+745", "NAD+FL+++A:B", kind=kind)))
    assert names == ["BGM"]
    assert told


@pytest.mark.parametrize(
    ("head", "is_edifact"),
    [
        (b"UNA:+.? 'UNB+UNOA:4+A+B", True),
        (b"UNB+UNOA:4+A+B", True),
        (b"From: ops\nTo: state\n\nUNB+IATA:1+A+B", True),
        (b"UNH+1+PAXLST:D:12B:UN'", True),
        ("UNB+UNOA:4+A+B".encode("utf-16"), True),
        (b"name,birth_date\nUNBERT,1980-01-01\n", False),
        (b"UN#+X'\nBGM+745'\nTDT+20+XX1'\nLOC+125+NIM'\nNAD+FL+++A:B'", True),
        (b"U/H+1'SRC'RCI+QM:A'TIF+MAIGA+ALI:A'SSR+DOCS:HK:1'", True),
        (b"UNB+IATA:1+QM'\nUNH+1+PNRG", True),
        (b"code,text\nNAD+FL+x,one line that names a segment\nB,two\n", False),
        (b"UNB,UNH\n1,2\n", False),
        (b"\x50\x4b\x03\x04", False),
        (b"<Document xmlns='urn:iso'/>", False),
    ],
)
def test_files_are_recognized_by_their_beginning_or_by_what_they_hold(head: bytes, is_edifact: bool) -> None:
    assert recognizes(head) == is_edifact
