"""Damaged lists: no crash, no traveler lost without a word."""

import random
from pathlib import Path

import pytest

from tahaluf.messages import read_batches
from tests.messages.paxlst.mutate import lost, mutate
from tests.messages.paxlst.samples import TRAVELER, message, read_text

NAMES = ("KONATE:BOUBACAR", "TRAORE:AMINATA", "HAIDARA:SEKOU", "CISSE:ROKIA", "DUBOIS:CLAIRE", "BENALI:YOUSSEF")


def whole_list() -> bytes:
    segments = [segment for name in NAMES for segment in (f"NAD+FL+++{name}", *TRAVELER[1:])]
    return message(segments).encode()


def two_lists() -> bytes:
    """An interchange of two messages."""
    segments = [segment for name in NAMES for segment in (f"NAD+FL+++{name}", *TRAVELER[1:])]
    one, other = (message(part) for part in (segments[:30], segments[30:]))
    other = other[other.index("UNH") : other.index("UNZ")].replace("+M1", "+M2")
    return (one[: one.index("UNZ")] + other + "UNZ+2+R1'\n").encode()


def assert_none_is_lost(tmp_path: Path, data: bytes) -> None:
    read = read_text(tmp_path, data)
    assert lost(data, read) == [], data
    assert read.units == len({subject.unit for subject in read.subjects}) + len(
        {item.unit for item in read.rejections if not item.screened}
    )


def test_no_traveler_of_a_damaged_list_is_lost_without_a_report(tmp_path: Path) -> None:
    rng, whole = random.Random(23), whole_list()
    for _ in range(1500):
        assert_none_is_lost(tmp_path, mutate(whole, rng))


def test_no_traveler_is_lost_when_much_is_damaged_at_once(tmp_path: Path) -> None:
    rng, whole = random.Random(29), two_lists()
    for _ in range(600):
        data = whole
        for _ in range(4):
            data = mutate(data, rng)
        assert_none_is_lost(tmp_path, data)


STRAY = [
    "UNT+1+M1'",
    "UNZ+1+R1'",
    "UNT+9+X'\nUNZ+1+R1'",
    "UNH+'",
    "UNH+?+PAXL'",
    "UNE+1+R1'",
    "UNZ+1+R1'\nwith regards",
]


@pytest.mark.parametrize("stray", STRAY)
def test_everyone_after_an_end_or_a_header_in_the_middle_is_read_and_that_is_told(tmp_path: Path, stray: str) -> None:
    lines = whole_list().decode().split("\n")
    for at in range(lines.index("BGM+745'") + 1, lines.index("UNT+69+M1'")):
        read = read_text(tmp_path, "\n".join([*lines[:at], stray, *lines[at:]]))
        assert [subject.names[0] for subject in read.subjects] == [
            " ".join(reversed(name.split(":"))) for name in NAMES
        ]
        assert any(told.where.line in (at + 1, at + 2) for told in read.told)


@pytest.mark.parametrize("header", ["UNH+M1+XXXXXX:D:12B:UN:IATA'", "UNH+M1+PXSLTT'", "UNH'", "U#H+M1+PAXLST:D:12B'"])
def test_a_message_whose_header_is_damaged_is_read_by_what_it_holds(tmp_path: Path, header: str) -> None:
    text = whole_list().decode().replace("UNH+M1+PAXLST:D:12B:UN:IATA'", header)
    read = read_text(tmp_path, text)
    assert len(read.subjects) == len(NAMES)
    assert any(told.where.line == 3 for told in read.told)
    assert dict(read.subjects[0].details)["flight"] == "XX123"


@pytest.mark.parametrize("marks", [":+'", "*|#", ".;~"])
@pytest.mark.parametrize("first", [0, 3, 4])
def test_a_list_without_a_readable_envelope_is_no_table(tmp_path: Path, marks: str, first: int) -> None:
    lines = whole_list().decode().split("\n")
    damaged = ["UN@:UNOA:4+CARRIER'", "U^H+M1+PAXLST'", ""][:first] + lines[4 if first == 3 else max(first, 3) :]
    path = tmp_path / "list.edi"
    path.write_text("\n".join(damaged).translate(str.maketrans(":+'", marks)), encoding="ascii")
    names = [name for batch in read_batches(path) for names in batch.column("names").to_pylist() for name in names]
    assert names == [" ".join(reversed(name.split(":"))) for name in NAMES]
