"""Messages damaged at random: nothing crashes, and no traveler that is still to be read is lost without a word."""

import random
import re
from pathlib import Path

import pytest

from tahaluf.messages.pnrgov.names import is_placeholder, split_given, squash
from tests.conftest import ROOT
from tests.messages.pnrgov.samples import HAND, Reading, booking, message, read_text

COUNT = 1600
REAL = ROOT.parent / "shared" / "data" / "travel" / "pnrgov"
SMALL = booking("TIF+DIALLO+BINTA MRS:A:1'", "SSR+DOCS:HK:1:QM:::::/P/GIN/R1/GIN/12JUL66/F/01JAN31/DIALLO/BINTA+::1'")
NOISE = "'+:?*/\n \t\x00\x7fA9é'TIF+SRC'TVL+SSR+ABI+"


def sources() -> list[str]:
    real = [path.read_text(encoding="utf-8") for path in sorted(REAL.glob("*"))] if REAL.exists() else []
    return [SMALL, message(*HAND), message(*HAND[6:16], *HAND[:9]), *real]


def mutate(text: str, chance: random.Random) -> str:
    """One to four damages: characters or segments dropped, doubled, exchanged, put in; the end cut off."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(text)), chance.randint(1, 12)
        match chance.randrange(7):
            case 0:
                text = text[:at] + text[at + length :]
            case 1:
                text = text[:at] + text[at : at + length] + text[at:]
            case 2:
                text = text[:at] + chance.choice(NOISE) + text[at + 1 :]
            case 3:
                text = text[:at] + chance.choice(NOISE) * chance.randint(1, 3) + text[at:]
            case 4 | 5:
                segments = text.split("'")
                one, other = chance.randrange(len(segments)), chance.randrange(len(segments))
                segments[one], segments[other] = segments[other], segments[one] if chance.random() < 0.7 else ""
                text = "'".join(segments)
            case _:
                text = text[: max(at, 40)] if chance.random() < 0.2 else text
    return text


def named(text: str) -> list[tuple[int, str, str]]:
    """Line, surname and given name of every `TIF` that stands whole in a text: a slow and obvious reading."""
    found = re.finditer(
        r"'\s*(TIF\+)([A-Z]{3,})(?::[A-Z]?)?\+([A-Z]{2,}[A-Z ]*)(?::[\w.]*){0,3}[ \t]*(?=')", text.replace("\r\n", "\n")
    )
    places = [(text_line(match), match[2], match[3]) for match in found]
    return [place for place in places if not is_placeholder(*place[1:])]


def text_line(match: re.Match[str]) -> int:
    """The line on which group 1 begins."""
    return match.string.count("\n", 0, match.start(1)) + 1


def lost(reading: Reading, text: str) -> list[tuple[int, str, str]]:
    """Travelers of the text who are neither a subject, by name, nor told of at their line, nor shown in what was passed
    over before it."""
    kept = {squash(name) for one in reading.subjects for name in one.names}
    places = {(one.problem.where.line, squash(one.row + one.problem.found)) for one in reading.rejections}
    told = [(one.where.line or 0, squash(one.found)) for one in reading.warnings]
    missing = []
    for line, surname, given in named(text):
        begin = squash(split_given(given).readings[0])[:2]
        if any(name.endswith(squash(surname)) and begin in name for name in kept):
            continue
        shown = squash(surname + given)
        at_place = any(place == line and squash(surname) in row for place, row in places)
        if not at_place and not any(place <= line and shown in found for place, found in told):
            missing.append((line, surname, given))
    return missing


@pytest.mark.parametrize("seed", range(8))
def test_no_traveler_of_a_damaged_message_is_lost_silently(seed: int, tmp_path: Path) -> None:
    chance, texts = random.Random(seed), sources()
    for number in range(COUNT // 8):
        text = mutate(texts[number % len(texts)], chance)
        reading = read_text(tmp_path, text)
        missing = lost(reading, text)
        assert not missing, f"{missing} of\n{text}"
        units = {one.unit for one in reading.subjects} | {one.unit for one in reading.rejections if one.unit}
        assert units == set(range(1, reading.units + 1))
        assert len({one.id for one in reading.subjects}) == len(reading.subjects)
