"""Real messages beside the project, counted by a text search over the raw file."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.messages.iso20022.samples import Reading

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "payments" / "iso20022"
FILES = sorted(FOLDER.glob("*"))
UNIT = re.compile(r"<(?:\w+:)?(CdtTrfTxInf|TxInf|TxInfAndSts)>")
PARTY = re.compile(
    r"<(?:\w+:)?(Dbtr|Cdtr|UltmtDbtr|UltmtCdtr|InitgPty|(?:Dbtr|Cdtr|Instg|Instd|Intrmy|PrvsInstg)Agt\d?|Invcr|Invcee)>"
)
NAME = re.compile(r"<(?:\w+:)?Nm>([^<]+)<")
ACCOUNT = re.compile(r"<(?:\w+:)?(?:IBAN|BICFI)>([^<]+)<|<(?:\w+:)?(?:Dbtr|Cdtr)Acct>\s*<Id>\s*<Othr>\s*<Id>([^<]+)<")
HEADER = re.compile(r"<AppHdr.*?</AppHdr>", re.DOTALL)

pytestmark = pytest.mark.skipif(not FILES, reason="the real files of ../shared are absent")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_as_many_transactions_and_parties_are_read_as_a_text_search_finds(path: Path):
    text = HEADER.sub("", path.read_text(encoding="utf-8").replace("]]>", "").replace("<![CDATA[", ""))
    reading = Reading(path)
    rows = [row for row in reading.rows if row["role"] != "text"]
    if "CDATA" in path.name:
        # The document within is cut off after its header; what it has got counts as one.
        assert (reading.units, [row["role"] for row in rows]) == (1, ["instructing_agent"])
        assert "malformed" in reading.codes()
        return
    assert reading.units == len(UNIT.findall(text))
    assert len(rows) == len(PARTY.findall(text))
    assert Counter(reading.names()) >= Counter(NAME.findall(text))
    numbers = {document["number"] for row in rows for document in row["documents"]}
    assert numbers >= {first or second for first, second in ACCOUNT.findall(text)}
    assert reading.rejected() == []


def test_the_sum_that_does_not_agree_in_a_real_file_is_found():
    reading = Reading(FOLDER / "pacs.008.001.07.xml")
    assert [(problem.where.line, problem.expected, problem.found) for problem in reading.sink.warnings] == [
        (26, "10000", "5000")
    ]
