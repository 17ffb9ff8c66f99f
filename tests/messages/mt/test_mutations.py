"""Damaged files: no crash, and no transaction that stands whole in them is lost without a report.

A short form; the seeds are fixed, so that what is found can be found again.
"""

import random
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.messages.mt.samples import MT101, MT199, MT202COV, Reading, mt103

COUNT = 300
WHOLE = [mt103(), MT202COV, MT101, MT199, mt103(f20="SECOND-1"), mt103(f20="THIRD-1", f72="/INS/ECOCMLBA")]
REAL = ROOT.parent / "shared" / "data" / "payments" / "swift_mt" / "MT103-out-ack.rje"
REFERENCE = re.compile(rb"^:20:([^\r\n]{1,16})\r?$", re.MULTILINE)
ORDERS = (b"FIRST", b"SECOND")
PIECES = (
    b"{1:",
    b"-}",
    b"\r\n",
    b"\n:",
    b":20:",
    b":21:",
    b"$\r\n",
    b"}",
    b"{",
    b"\x00",
    b"\xff",
    b"{4:",
    b"-\n",
    b":50K:",
)


def sources() -> list[bytes]:
    """Files without a fault, so that whatever is told of a mutated one is of the mutation."""
    found = ["\r\n$\r\n".join(WHOLE).encode(), "".join(WHOLE).encode()]
    if REAL.exists():
        real = REAL.read_bytes().replace(b"BICFOOYY", b"BNPAFRPP").replace(b"-}{\n", b"-}\n")
        found.append(real.replace(b"ES0123456789012345671234", b"12345678"))
    return found


def test_the_sources_have_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "whole.fin"
    for data in sources():
        path.write_bytes(data)
        assert Reading(path).codes == []


def mutate(rng: random.Random, data: bytes) -> bytes:
    """Some bytes changed, taken out, doubled, moved or cut."""
    for _ in range(rng.randint(1, 4)):
        at, to = sorted(rng.sample(range(len(data) + 1), 2))
        to = min(to, at + rng.choice((1, 2, 5, 40, 400)))
        action = rng.randrange(6)
        if action == 0:
            data = data[:at] + data[to:]
        elif action == 1:
            data = data[:at] + rng.choice(PIECES) + data[at:]
        elif action == 2:
            data = data[:at] + bytes((rng.randrange(256),)) + data[at + 1 :]
        elif action == 3:
            data = data[:to] + data[at:]
        elif action == 4:
            other = rng.randrange(len(data))
            data = data[:other] + data[at:to] + data[other:]
        else:
            data = data.replace(b"\r\n", rng.choice((b"\n", b"\r", b"\r\n", b"")), rng.randint(1, 3))
    return data


def transactions_of(reading: Reading) -> set[str]:
    return {value for row in reading.rows for name, value in row["details"] if name == "transaction"}


@pytest.mark.parametrize("seed", range(7))
def test_no_reference_is_lost_without_a_report(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "mutated.fin"
    for _ in range(COUNT):
        data = mutate(rng, rng.choice(sources()))
        path.write_bytes(data)
        reading = Reading(path)
        told = bool(reading.codes)
        seen = {row["message"] for row in reading.rows}
        lost = [ref for ref in REFERENCE.findall(data) if ref.decode("cp1252", "replace").strip() not in seen]
        lost += [ref for ref in ORDERS if b"\n:21:" + ref in data and ref.decode() not in transactions_of(reading)]
        assert told or not lost, data
        assert reading.sink.units >= len(seen - {None})
        units = {row["unit"] for row in reading.rows} | {one.unit for one in reading.rejections}
        assert set(range(1, reading.sink.units + 1)) <= units, data


@pytest.mark.parametrize("seed", range(3))
def test_one_damaged_message_loses_none_of_the_others(tmp_path: Path, seed: int) -> None:
    rng = random.Random(100 + seed)
    path = tmp_path / "mutated.fin"
    before, after = mt103(f20="BEFORE"), mt103(f20="AFTER")
    for _ in range(COUNT // 3):
        path.write_bytes(
            before.encode() + b"\r\n$\r\n" + mutate(rng, MT202COV.encode()) + b"\r\n$\r\n" + after.encode()
        )
        rows = Reading(path).rows
        for reference in ("BEFORE", "AFTER"):
            assert len([row for row in rows if row["message"] == reference]) == 7
