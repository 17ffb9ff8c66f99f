"""The answer to a list tells the quality of its data, and never who may board."""

import re
from datetime import UTC, datetime
from pathlib import Path

from tahaluf.messages.edifact import Intake, read_messages
from tahaluf.messages.edifact.write import Outgoing
from tahaluf.messages.paxlst import acknowledge
from tahaluf.messages.rejects import RejectSink
from tests.conftest import shared_file
from tests.messages.paxlst.samples import TRAVELER, message

OUTGOING = Outgoing("STATE", "CARRIER", datetime(2026, 1, 10, 9, 30, tzinfo=UTC), application="IAPI")


def answer(path: Path) -> list[str]:
    return acknowledge(path, OUTGOING).decode().split("'\n")


def test_each_traveler_with_a_problem_is_told_by_locator_with_its_problems(tmp_path: Path) -> None:
    bad = [segment.replace("840312", "999999").replace("AB12CD", "ZZ99") for segment in TRAVELER]
    nameless = ["NAD+FL+++:", *TRAVELER[1:]]
    path = tmp_path / "list.edi"
    path.write_text(message([*TRAVELER, *bad, *nameless]))
    lines = answer(path)
    assert lines[2].startswith("UNH+10001+CUSRES:D:12B:UN:IATA")
    assert lines[3:] == [
        "BGM+962", "ERP+2", "RFF+AVF:ZZ99", "ERC+002", "FTX+AAO+++PAXLST.BIRTH_DATE SEGMENT 20 DTM.1.2",
        "ERP+2", "ERC+001", "FTX+AAO+++PAXLST.NO_NAME SEGMENT 28 NAD.4", "UNT+10+10001", "UNZ+1+1", "",
    ]  # fmt: skip


def test_a_list_without_problems_is_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "list.edi"
    path.write_text(message(TRAVELER))
    assert answer(path)[3:5] == ["BGM+962", "UNT+3+10001"]


def test_problems_of_the_message_are_told_and_no_code_of_a_decision_is_written() -> None:
    path = shared_file("data", "travel", "paxlst", "airline2.edi")
    text = "\n".join(answer(path))
    assert "ERP+1" in text
    assert "PAXLST.COUNT SEGMENT 110 CNT.1.2" in text
    assert "EDIFACT.COUNT_SEGMENTS SEGMENT 111 UNT.1" in text
    assert not re.search(r"ERC\+\d?[ZS]|BOARD", text)


def test_an_answer_is_an_interchange_without_faults(tmp_path: Path) -> None:
    path, reply = tmp_path / "list.edi", tmp_path / "reply.edi"
    path.write_text(message(["NAD+FL+++:"]) * 3)
    reply.write_bytes(acknowledge(path, OUTGOING))
    sink = RejectSink()
    assert [part.header.type for part in read_messages(reply, Intake("f", sink))] == ["CUSRES"] * 3
    assert sink.warnings == []
