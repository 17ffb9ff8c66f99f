"""Real files beside the project: everything that a text search finds is read."""

import re
from pathlib import Path

import pytest

from tahaluf.messages import RejectSink, read_batches
from tests.conftest import shared_file
from tests.messages.mt.samples import Reading

PARTY = re.compile(r"^:5[0-9][A-Z]?:", re.MULTILINE)


def real(name: str) -> Path:
    return shared_file("data", "payments", "swift_mt", name)


@pytest.mark.parametrize(("name", "begins"), [("MT101.fin", ":21:"), ("MT103-out-ack.rje", ":20:")])
def test_transactions_and_parties_are_as_many_as_a_text_search_finds(name: str, begins: str) -> None:
    path = real(name)
    text = path.read_text()
    reading = Reading(path)
    assert reading.sink.units == len(re.findall(f"^{begins}", text, re.MULTILINE))
    parties = [row for row in reading.rows if re.fullmatch(r"5\d[A-Z]?", row["field"])]
    assert len(parties) == len(PARTY.findall(text))
    texts = [row for row in reading.rows if row["role"] == "text"]
    assert len(texts) == sum(bool(re.search(r"^:7[0279]", one, re.MULTILINE)) for one in text.split(begins)[1:])
    headers = [row for row in reading.rows if row["field"].startswith("{")]
    assert len(headers) == 2 * text.count("{2:")


def test_each_row_stands_on_the_line_that_it_names() -> None:
    for name in ("MT101.fin", "MT103-out-ack.rje"):
        path = real(name)
        lines = path.read_text().splitlines()
        for row in Reading(path).rows:
            assert row["field"] in lines[row["line"] - 1]


def test_invented_banks_and_numbers_of_the_sample_are_told() -> None:
    reading = Reading(real("MT103-out-ack.rje"))
    text = real("MT103-out-ack.rje").read_text()
    assert reading.codes.count("iban") == text.count(":59:/ES")
    assert reading.codes.count("bic") == len(re.findall(r"\{1:F01BICFOO|^:57A:BICFOO|^BICFOO", text, re.MULTILINE))
    assert reading.codes.count("outside") == 1


def test_files_are_recognized_by_their_content() -> None:
    for name in ("MT101.fin", "MT103-out-ack.rje"):
        sink = RejectSink()
        assert sum(batch.num_rows for batch in read_batches(real(name), rejects=sink)) == len(Reading(real(name)).rows)
