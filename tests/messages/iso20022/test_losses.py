"""What is lost above transactions is told of each of them: none of them looks as if all of it had been screened."""

from pathlib import Path

import pytest

from tests.messages.iso20022.samples import message, read_text, transaction

NAME = "Idriss Zerouali"
LOST = {
    "malformed": f"<Dbtr><Nm>{NAME}<Nm></Dbtr>",
    "another end": f"<Dbtr><Nm>{NAME}</Nme></Dbtr>",
    "stray sign": "<Dbtr><Nm>Idriss < Zerouali</Nm></Dbtr>",
    "no end": f"<Dbtr><Nm>{NAME}</Nm>",
    "long": f"<Dbtr><Nm>{NAME}</Nm>{'<x>y</x>' * 150_000}</Dbtr>",
    "long tag": f"<Dbtr a='{'y' * 70_000}'><Nm>{NAME}</Nm></Dbtr>",
    "deep": f"<Dbtr><Nm>{NAME}</Nm>{'<x>' * 100}{'</x>' * 100}</Dbtr>",
}


def order(above: str, below: str = "") -> str:
    """Two payments under what is lost, and a third beside them."""
    payments = f"{transaction(1, debtor='')}\n{transaction(2, debtor='')}{below}</PmtInf>\n<PmtInf>{transaction(3)}"
    return (
        "<Document><CstmrCdtTrfInitn><GrpHdr><MsgId>M-1</MsgId></GrpHdr>"
        f"<PmtInf><PmtInfId>P</PmtInfId>{above}{payments}</PmtInf></CstmrCdtTrfInitn></Document>"
    )


@pytest.mark.parametrize("kind", LOST)
def test_a_party_that_is_lost_above_transactions_is_told_of_each_of_them_alone(kind: str, tmp_path: Path):
    reading = read_text(tmp_path, order(LOST[kind]))
    assert reading.units == 3
    assert {rejection.unit for rejection in reading.told if rejection.screened} == {1, 2}


@pytest.mark.parametrize("kind", ["another end", "no end", "long", "long tag"])
def test_what_can_be_read_of_a_lost_party_is_screened_with_each_transaction(kind: str, tmp_path: Path):
    reading = read_text(tmp_path, order(LOST[kind]))
    for unit in (1, 2):
        rows = [row for row in reading.rows if row["unit"] == unit]
        said = [
            *(name for row in rows for name in row["names"]),
            *(dict(row["details"]).get("text", "") for row in rows),
        ]
        assert any(NAME in text for text in said)


def test_a_party_that_is_lost_above_nothing_is_a_warning(tmp_path: Path):
    text = f"<Document><CstmrCdtTrfInitn><PmtInf>{LOST['malformed']}</PmtInf></CstmrCdtTrfInitn></Document>"
    assert "malformed" in [problem.code.rpartition(".")[2] for problem in read_text(tmp_path, text).sink.warnings]


def test_a_party_that_is_lost_below_its_transactions_is_told_of_the_last_and_warned_of(tmp_path: Path):
    reading = read_text(tmp_path, order("", LOST["malformed"]))
    assert {rejection.unit for rejection in reading.told} == {2}
    assert reading.sink.warnings


def test_losses_of_one_element_are_bounded(tmp_path: Path):
    reading = read_text(
        tmp_path, message(*(transaction(n) for n in range(10))).replace("<GrpHdr>", "<a " * 500 + "<GrpHdr>")
    )
    assert reading.units == 10
    assert len(reading.told) <= 10 * 4


def test_long_text_in_an_envelope_that_nothing_reads_is_told(tmp_path: Path):
    packed = "PERvY3VtZW50PjxDc3RtckNkdFRyZkluaXRuPg" * 20
    reading = read_text(tmp_path, f"<Envelope><Payload>{packed}</Payload>{message(transaction())}</Envelope>")
    assert (reading.units, reading.codes()) == (1, ["unread"])


def test_a_message_without_a_transaction_is_told(tmp_path: Path):
    assert read_text(tmp_path, message()).codes() == ["no_transaction"]


def test_elements_that_cannot_be_joined_above_transactions_are_told_of_each(tmp_path: Path):
    deep = "<Udrlyg>" * 62 + f"<Nm>{NAME}</Nm>" + "</Udrlyg>" * 62
    reading = read_text(tmp_path, order(f"<Dbtr>{deep}</Dbtr>"))
    said = {row["unit"] for row in reading.rows if NAME in row["names"] or NAME in dict(row["details"]).get("text", "")}
    assert said | {rejection.unit for rejection in reading.told} >= {1, 2}


def test_a_stray_sign_between_transactions_is_not_told_of_those_that_follow(tmp_path: Path):
    text = message(transaction(1), transaction(2)).replace("</CdtTrfTxInf>\n", "</CdtTrfTxInf> < \n", 1)
    assert {rejection.unit for rejection in read_text(tmp_path, text).told} == {1}
