"""Lists damaged at random, and the judge who looks for travelers that were lost without a word."""

import random
import re

from tests.messages.paxlst.samples import Read

MARKS = (
    b"'",
    b"+",
    b":",
    b"?",
    b"\n",
    b"NAD+FL+++",
    b"UNT+1+",
    b"UNH+",
    b"UNZ+",
    b"UNB+",
    b"UNA",
    b"\x00",
    b"\xff",
    b" ",
)
TRAVELER = re.compile(rb"NAD\+(?:FL|FM|DDU|DDT)\+\+\+([A-Z]{3,}):([A-Z]{3,})'")


def mutate(data: bytes, rng: random.Random) -> bytes:
    """One to four changes: bytes and marks put in, taken out, exchanged; pieces cut out, moved, doubled."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((1, 1, 2, 5, 30)))
        match rng.randrange(7):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:at] + rng.choice(MARKS) + data[at:]
            case 2:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at] + data[at:end] * 2 + data[end:]
            case 4:
                data = data[:at] if rng.random() < 0.2 else data
            case 5:
                to = rng.randrange(len(data) + 1)
                rest = data[:at] + data[end:]
                data = rest[:to] + data[at:end] + rest[to:]
            case _:
                lines = data.split(b"'")
                one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                data = b"'".join(lines)
    return data


def lost(data: bytes, read: Read) -> list[tuple[int, bytes]]:
    """Travelers whose segment stands whole in the data, who are neither a subject of that line, nor rejected at it, nor
    shown whole by a warning at it or, for text passed over, by one that begins before: line and segment of each."""
    names = {
        (one.where.line, word) for one in read.subjects if one.where for name in one.names for word in name.split()
    }
    rejected = {one.problem.where.line for one in read.rejections if not one.screened}
    missing = []
    for match in TRAVELER.finditer(data):
        line = data.count(b"\n", 0, match.start()) + 1
        if {(line, part.decode()) for part in match.groups()} & names or line in rejected:
            continue
        segment = match[0].decode().removesuffix("'")
        if not any((told.where.line or 0) <= line and segment in told.found for told in read.told):
            missing.append((line, match[0]))
    return missing
