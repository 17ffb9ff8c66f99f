"""What is wrong in a file of payments is told at its place and costs no other payment."""

from pathlib import Path

import pytest

from tahaluf.domain import InputError
from tahaluf.messages import RejectSink, read_batches
from tests.messages.iso20022.samples import CREDITOR, DEBTOR, message, numbers, read_text, transaction


def test_an_iban_that_fails_its_check_is_told_and_kept_as_an_account(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction(debtor=DEBTOR.replace("890189", "890188"))))
    assert reading.codes() == ["iban"]
    assert ("bank account", "FR7630006000011234567890188") in numbers(reading.row("debtor"))
    problem = reading.told[0].problem
    assert (problem.where.field, problem.found) == ("CdtTrfTxInf/Dbtr", "FR7630006000011234567890188")


def test_a_wrong_bic_a_wrong_lei_and_an_impossible_date_are_told(tmp_path: Path):
    debtor = DEBTOR.replace("BNPAFRPPXXX", "BNPAQQPP").replace("1980-02-03", "1980-02-31")
    reading = read_text(tmp_path, message(transaction(debtor=debtor, creditor=CREDITOR.replace("DO55", "DO56"))))
    assert reading.codes() == ["bic", "birth_date", "lei"]
    assert reading.row("debtor")["birth_dates"] == []


def test_counts_and_sums_that_do_not_agree_are_told(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction(), head="<CtrlSum>11</CtrlSum>", count=2))
    problems = [(problem.where.field, problem.expected, problem.found) for problem in reading.sink.warnings]
    assert problems == [("NbOfTxs", "2", "1"), ("CtrlSum", "11", "10.50")]


def test_a_message_of_no_known_definition_is_told_and_read(tmp_path: Path):
    text = message(transaction()).replace("pacs.008", "zzzz.008").replace("FIToFICstmrCdtTrf", "NewTrf")
    reading = read_text(tmp_path, text)
    assert (reading.units, reading.codes()) == (1, ["unknown_message"])


def test_an_element_that_does_not_close_costs_its_own_transaction(tmp_path: Path):
    broken = transaction(2).replace("</Nm>", "", 1)
    reading = read_text(tmp_path, message(transaction(1), broken, transaction(3)))
    assert (reading.units, reading.rejected()) == (3, [2])
    problem = reading.told[0].problem
    assert (problem.code, problem.where.line) == ("messages.iso20022.malformed", 3)
    assert {row["unit"] for row in reading.rows} == {1, 3}


@pytest.mark.parametrize(
    "lost", ["</CdtTrfTxInf>", "</GrpHdr>", "</FIToFICstmrCdtTrf>", "</Document>", "<FIToFICstmrCdtTrf>"]
)
def test_a_tag_that_is_lost_costs_no_whole_transaction_and_is_told(lost: str, tmp_path: Path):
    text = message(transaction(1), transaction(2), transaction(3)).replace(lost, "", 1) + message(transaction(4))
    reading = read_text(tmp_path, text)
    read = {dict(row["details"])["transaction"] for row in reading.rows}
    assert read >= {"E2E-2", "E2E-3", "E2E-4"}
    assert reading.units == 4
    assert "malformed" in reading.codes()


@pytest.mark.parametrize("before", ["<FIToFICstmrCdtTrf>", "<GrpHdr>", "</GrpHdr>"])
def test_cdata_without_an_end_costs_nothing_that_follows(before: str, tmp_path: Path):
    text = message(transaction(1), transaction(2)).replace(before, "<![CDATA[" * 3 + before)
    reading = read_text(tmp_path, text)
    assert {dict(row["details"])["transaction"] for row in reading.rows} == {"E2E-1", "E2E-2"}
    assert "malformed" in reading.codes()


@pytest.mark.parametrize(("block", "told"), [("<CdtTrfTxInf/>", 20_000), ("<CdtTrfTxInf><A>", 20_000)])
def test_what_is_told_of_a_file_in_which_nothing_can_be_used_does_not_pile_up(block: str, told: int, tmp_path: Path):
    path = tmp_path / "payments.xml"
    path.write_text(message(block * 20_000), encoding="utf-8")
    sink = RejectSink()
    taken = [len(sink.take()) for _ in read_batches(path, rejects=sink)] + [len(sink.take())]
    assert (sum(taken), sink.units) == (told, 20_000)
    assert max(taken) < told / 2


def test_values_of_payments_that_name_nobody_do_not_pile_up(tmp_path: Path):
    block = "<TxInfAndSts><StsId>S</StsId><OrgnlEndToEndId>E</OrgnlEndToEndId><TxSts>ACSP</TxSts></TxInfAndSts>"
    path = tmp_path / "reports.xml"
    text = message(block * 120_000).replace("pacs.008", "pacs.002").replace("FIToFICstmrCdtTrf", "FIToFIPmtStsRpt")
    path.write_text(text, encoding="utf-8")
    batches = list(read_batches(path, rejects=RejectSink()))
    assert len(batches) > 1
    assert not any(batch.num_rows for batch in batches)


def test_a_file_that_is_cut_short_keeps_what_came_before(tmp_path: Path):
    text = message(transaction(1), transaction(2))
    reading = read_text(tmp_path, text[: text.rindex("<Cdtr>")])
    assert (reading.units, reading.rejected()) == (2, [2])
    assert {row["unit"] for row in reading.rows} == {1}


def test_a_payment_without_any_party_is_turned_away(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction(debtor="", creditor=""), transaction(2)))
    assert (reading.rejected(), reading.codes()) == ([1], ["no_party"])


def test_a_party_without_a_name_is_told(tmp_path: Path):
    debtor = "<Dbtr><PstlAdr><Ctry>ML</Ctry></PstlAdr></Dbtr>"
    reading = read_text(tmp_path, message(transaction(debtor=debtor)))
    assert reading.codes() == ["no_name"]


def test_a_stray_ampersand_is_told_and_the_name_read(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction(debtor="<Dbtr><Nm>Ali & Fils</Nm></Dbtr>")))
    assert "Ali & Fils" in reading.names()
    assert reading.codes() == ["entity"]


def test_forbidden_characters_are_told(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction(debtor="<Dbtr><Nm>Ali\x01Diop</Nm></Dbtr>")))
    assert "Ali\ufffdDiop" in reading.names()
    assert reading.codes() == ["characters"]


def test_a_long_text_is_cut_and_told(tmp_path: Path):
    rest = f"<RmtInf><Ustrd>{'words ' * 500}</Ustrd><Ustrd>{'words ' * 500}</Ustrd></RmtInf>"
    reading = read_text(tmp_path, message(transaction(rest=rest)))
    assert len(dict(reading.row("text")["details"])["text"]) == 4000
    assert reading.codes() == ["long_text"]


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def test_a_document_type_is_refused(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, BOMB + message(transaction(debtor="<Dbtr><Nm>&b;</Nm></Dbtr>")))
    assert caught.value.problem.code == "messages.iso20022.doctype"


def test_a_document_type_within_a_text_is_told_and_nothing_expanded(tmp_path: Path):
    inner = BOMB + message(transaction(debtor="<Dbtr><Nm>&b;</Nm></Dbtr>"))
    text = f"<Envelope><Payload><![CDATA[{inner}]]></Payload></Envelope>"
    reading = read_text(tmp_path, text)
    assert "doctype" in reading.codes()
    assert not any("aaa" in name for name in reading.names())


def test_deep_nesting_within_a_transaction_costs_it_alone(tmp_path: Path):
    deep = transaction(1, rest="<A>" * 100 + "x" + "</A>" * 100)
    deeper = transaction(2, rest="<A>" * 5000 + "</A>" * 5000)
    reading = read_text(tmp_path, message(deep, deeper, transaction(3)))
    assert (reading.rejected(), reading.codes()) == ([1, 2], ["deep", "deep"])


def test_deep_nesting_around_transactions_is_refused(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        read_text(tmp_path, message(transaction()).replace("<GrpHdr>", "<A>" * 1000 + "<GrpHdr>"))
    assert caught.value.problem.code == "messages.iso20022.deep"


def test_a_transaction_of_more_than_a_megabyte_is_turned_away_and_the_next_read(tmp_path: Path):
    long = transaction(1, rest=f"<RmtInf><Ustrd>{'x' * (3 << 20)}</Ustrd></RmtInf>")
    reading = read_text(tmp_path, message(long, transaction(2)))
    assert (reading.units, reading.rejected(), reading.codes()) == (2, [1], ["too_long"])
    assert {row["unit"] for row in reading.rows} == {2}


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", " ", "\n"])
def test_blanks_of_every_kind_are_one_within_a_name_and_none_around_it(blank: str, tmp_path: Path):
    debtor = f"<Dbtr><Nm>{blank}Moussa{blank}{blank}Traor\u00e9{blank}</Nm></Dbtr>"
    assert read_text(tmp_path, message(transaction(debtor=debtor, creditor=""))).names() == ["Moussa Traor\u00e9"]
