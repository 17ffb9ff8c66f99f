"""Bookings in a message whose envelope is damaged: all of them are read, and the damage is told where it is."""

from pathlib import Path

import pytest

from tests.messages.pnrgov.samples import HAND, message, read_text

BOOKINGS = [segment.replace("KZ4T9M", f"KZ4T{number}M") for number in range(4) for segment in HAND]
LOCATORS = [f"QM KZ4T{number}M" for number in range(4)]


def locators(folder: Path, text: str) -> tuple[list[str], list[int | None]]:
    """The locators of all travelers, each once in their order, and the lines of all warnings."""
    reading = read_text(folder, text)
    found = [
        value
        for one in reading.travelers
        for key, value in one.details
        if key == "locator" and value.startswith("QM KZ4T")
    ]
    return list(dict.fromkeys(found)), [told.where.line for told in reading.warnings]


@pytest.mark.parametrize("stray", ["UNT+2+1'", "UNZ+1+77'", "UNH+1+PNR'", "UNT+9+1'\nUNZ+1+77'"])
@pytest.mark.parametrize("place", ["SRC'", "TKT+", "SSR+DOCA", "SAC+++A'"])
def test_everything_after_an_end_in_the_middle_is_read(tmp_path: Path, stray: str, place: str) -> None:
    lines = message(*BOOKINGS).split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(place) and number > 45)
    found, warned = locators(tmp_path, "\n".join([*lines[:at], stray, *lines[at:]]))
    assert found == LOCATORS
    assert at + 1 in warned


@pytest.mark.parametrize("header", ["UNH+1+XXXXXX:13:1:IA'", "UNH'", "U?H+1+PNRGOV'"])
def test_a_damaged_header_loses_no_booking(tmp_path: Path, header: str) -> None:
    lines = message(*BOOKINGS).split("\n")
    found, warned = locators(tmp_path, "\n".join([lines[0], header, *lines[2:]]))
    assert found == LOCATORS
    assert 2 in warned


@pytest.mark.parametrize("first", [["U%B+IATA:1+QM'", "UN+1+PNRGOV'"], [], ["From: ops", "To: state"]])
def test_bookings_without_a_readable_envelope_are_no_table(tmp_path: Path, first: list[str]) -> None:
    lines = message(*BOOKINGS).split("\n")
    assert locators(tmp_path, "\n".join([*first, *lines[2:]]))[0] == LOCATORS
