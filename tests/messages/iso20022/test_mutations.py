"""Mutated files of payments: never a crash, and no transaction lost that nothing is said of."""

import random
import re
from pathlib import Path

import pytest

from tahaluf.domain import InputError
from tests.lists.mutate import mutate
from tests.messages.iso20022.samples import Reading, message, transaction

ROUNDS = 2000
UNIT = re.compile(rb"<CdtTrfTxInf>.*?</CdtTrfTxInf>", re.DOTALL)
SAMPLE = message(
    *[transaction(n) for n in range(1, 6)], head="<InstgAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></InstgAgt>"
)


def judge(data: bytes, path: Path) -> None:
    path.write_bytes(data)
    try:
        reading = Reading(path)
    except InputError:
        return
    known = {dict(row["details"]).get("transaction") for row in reading.rows}
    intact = {f"E2E-{n}" for n in range(1, 6) if transaction(n).encode() in data}
    lost = intact - known
    assert not lost or reading.codes(), f"lost in silence: {sorted(lost)}"
    units = {row["unit"] for row in reading.rows} | {unit for unit in reading.rejected() if unit}
    assert units == set(range(1, reading.units + 1)), "a transaction without an outcome"
    assert reading.units >= len(UNIT.findall(data)) or reading.codes(), "a transaction that was not counted"
    assert len({row["id"] for row in reading.rows}) == len(reading.rows), "an identifier given twice"
    for row in reading.rows:
        assert row["line"] is not None and 1 <= row["line"] <= data.count(b"\n") + 1


@pytest.mark.parametrize("seed", range(4))
def test_a_mutated_file_loses_no_payment_in_silence(seed: int, tmp_path: Path):
    rng = random.Random(seed)
    data = SAMPLE.encode()
    for _ in range(ROUNDS // 4):
        mutated = mutate(rng, data)
        if b"CdtTrfTxInf" in mutated and mutated.lstrip().startswith(b"<"):
            judge(mutated, tmp_path / "payments.xml")
