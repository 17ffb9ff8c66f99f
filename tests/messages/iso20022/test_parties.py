"""What is taken from a transaction: parties with all that is known of them, and texts."""

from pathlib import Path

import pytest

from tahaluf.domain import Document, PartyRole, Subject
from tahaluf.messages import batch_of, subjects_of
from tests.messages.iso20022.samples import CREDITOR, DEBTOR, message, numbers, read_text, transaction


def test_each_party_is_a_subject_with_its_role_and_place(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction()))
    assert [(row["role"], row["field"]) for row in reading.rows] == [
        ("debtor", "CdtTrfTxInf/Dbtr"), ("debtor_agent", "CdtTrfTxInf/DbtrAgt"),
        ("creditor_agent", "CdtTrfTxInf/CdtrAgt"), ("creditor", "CdtTrfTxInf/Cdtr"),
    ]  # fmt: skip
    assert {row["message"] for row in reading.rows} == {"M-1"}
    assert reading.codes() == []


def test_a_person_has_birth_residence_passport_and_account(tmp_path: Path):
    row = read_text(tmp_path, message(transaction())).row("debtor")
    assert (row["names"], row["kind"], row["birth_dates"]) == (["Moussa Ag Ibrahim"], "Person", ["1980-02-03"])
    assert (row["birth_places"], row["residences"]) == (["Kidal, ML"], ["ml"])
    assert numbers(row) == [("passport", "A1234567"), ("iban", "FR7630006000011234567890189")]
    assert dict(row["details"]) == {"transaction": "E2E-1", "amount": "10.50 EUR", "address": "Gao, ML"}


def test_an_agent_with_nothing_but_a_bic_is_a_subject_without_names(tmp_path: Path):
    reading = read_text(tmp_path, message(transaction()))
    row = reading.row("debtor_agent")
    assert (row["names"], row["kind"], numbers(row)) == ([], "Organization", [("swift/bic", "BNPAFRPPXXX")])
    subject = Subject("1", (), role=PartyRole.DEBTOR_AGENT, documents=(Document("BNPAFRPPXXX", "swift/bic"),))
    again = next(subjects_of(batch_of([subject])))
    assert (again.names, again.documents) == ((), subject.documents)


def test_a_company_has_its_lei_and_its_account_of_another_scheme(tmp_path: Path):
    row = read_text(tmp_path, message(transaction())).row("creditor")
    assert row["kind"] == "Organization"
    assert numbers(row) == [("lei", "529900T8BM49AURSDO55"), ("bank account", "00123456789")]


def test_parties_above_transactions_belong_to_each_of_them(tmp_path: Path):
    head = "<InstgAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></InstgAgt>"
    reading = read_text(tmp_path, message(transaction(1), transaction(2), head=head))
    rows = [row for row in reading.rows if row["role"] == "instructing_agent"]
    assert [(row["unit"], row["field"]) for row in rows] == [(1, "GrpHdr/InstgAgt"), (2, "GrpHdr/InstgAgt")]
    assert [dict(row["details"])["transaction"] for row in rows] == ["E2E-1", "E2E-2"]
    assert len({row["id"] for row in reading.rows}) == len(reading.rows)


def test_the_payment_information_of_an_order_is_given_for_its_own_transactions_only(tmp_path: Path):
    def part(name: str, *units: str) -> str:
        account = "<DbtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct>"
        return f"<PmtInf><Dbtr><Nm>{name}</Nm></Dbtr>{account}{''.join(units)}</PmtInf>"

    one = transaction(1, debtor="")
    text = (
        "<Document><CstmrCdtTrfInitn><GrpHdr><MsgId>P</MsgId><InitgPty><Nm>Agence Sud</Nm></InitgPty></GrpHdr>"
        f"{part('Awa Traoré', one, one)}{part('Karim Benali', one)}</CstmrCdtTrfInitn></Document>"
    )
    reading = read_text(tmp_path, text)
    debtors = [(row["unit"], row["names"], numbers(row)[0][0]) for row in reading.rows if row["role"] == "debtor"]
    assert debtors == [(1, ["Awa Traoré"], "iban"), (2, ["Awa Traoré"], "iban"), (3, ["Karim Benali"], "iban")]
    assert [row["unit"] for row in reading.rows if row["role"] == "initiating_party"] == [1, 2, 3]
    assert reading.row("debtor")["field"] == "PmtInf/Dbtr"


def test_free_text_is_one_subject_with_the_identifiers_in_it(tmp_path: Path):
    rest = "<InstrForCdtrAgt><InstrInf>Ring Mr Diallo</InstrInf></InstrForCdtrAgt><RmtInf><Ustrd>for vessel IMO 9074729"
    reading = read_text(tmp_path, message(transaction(rest=rest + "</Ustrd><Ustrd>and crew</Ustrd></RmtInf>")))
    row = reading.row("text")
    assert dict(row["details"])["text"] == "Ring Mr Diallo\nfor vessel IMO 9074729\nand crew"
    assert (row["names"], numbers(row)) == ([], [("imo number", "9074729")])


def test_the_underlying_payment_of_a_cover_payment_is_read(tmp_path: Path):
    inner = "<UndrlygCstmrCdtTrf><UltmtDbtr><Nm>Nadia Bakkali</Nm></UltmtDbtr><Cdtr><Nm>Oumar Keita</Nm></Cdtr>"
    reading = read_text(tmp_path, message(transaction(rest=inner + "</UndrlygCstmrCdtTrf>")))
    fields = {row["field"]: row["names"] for row in reading.rows if "Undrlyg" in row["field"]}
    assert fields == {
        "CdtTrfTxInf/UndrlygCstmrCdtTrf/UltmtDbtr": ["Nadia Bakkali"],
        "CdtTrfTxInf/UndrlygCstmrCdtTrf/Cdtr": ["Oumar Keita"],
    }


def test_parties_of_the_remittance_are_told_apart_from_those_of_the_payment(tmp_path: Path):
    rest = "<RmtInf><Strd><Invcr><Nm>Atelier Nord</Nm></Invcr><Invcee><Nm>Dépôt Sud</Nm></Invcee></Strd></RmtInf>"
    reading = read_text(tmp_path, message(transaction(rest=rest)))
    assert [row["names"] for row in reading.rows if row["role"] == "remittance_party"] == [
        ["Atelier Nord"],
        ["Dépôt Sud"],
    ]


def test_whoever_may_be_called_for_a_party_is_a_person_of_his_own(tmp_path: Path):
    debtor = "<Dbtr><Nm>Atlas</Nm><CtctDtls><Nm>Salma Idrissi</Nm><EmailAdr>s@example.org</EmailAdr></CtctDtls></Dbtr>"
    reading = read_text(tmp_path, message(transaction(debtor=debtor)))
    assert (reading.row("mentioned")["names"], reading.row("mentioned")["kind"]) == (["Salma Idrissi"], "Person")
    assert dict(reading.row("debtor")["details"])["email"] == "s@example.org"


def test_an_element_that_no_table_knows_is_a_party_or_a_text(tmp_path: Path):
    rest = "<NewPty><Nm>Yacine Haddad</Nm></NewPty><NewThing>Leila Mansour</NewThing>"
    reading = read_text(tmp_path, message(transaction(rest=rest)))
    assert reading.row("mentioned")["names"] == ["Yacine Haddad"]
    assert dict(reading.row("text")["details"])["text"] == "Leila Mansour"


def test_a_name_that_fills_its_line_may_go_on_in_the_address(tmp_path: Path):
    name = "ABDERRAHMANE MOHAMED LAMINE OULD SI"
    debtor = f"<Dbtr><Nm>{name}</Nm><PstlAdr><AdrLine>DI AHMED</AdrLine></PstlAdr></Dbtr>"
    row = read_text(tmp_path, message(transaction(debtor=debtor))).row("debtor")
    assert row["names"][:3] == [name, f"{name} DI AHMED", f"{name}DI AHMED"]


def test_an_entry_of_a_statement_is_a_transaction_and_its_details_are_ones_of_their_own(tmp_path: Path):
    pair = "<RltdPties><Dbtr><Pty><Nm>{}</Nm></Pty></Dbtr></RltdPties>"
    entry = (
        '<Ntry><Amt Ccy="MAD">5</Amt><ValDt><Dt>2026-01-02</Dt></ValDt><AddtlNtryInf>fees</AddtlNtryInf></Ntry>'
        f"<Ntry><NtryDtls><TxDtls>{pair.format('Ali Sow')}</TxDtls><TxDtls>{pair.format('Ami Sow')}</TxDtls></NtryDtls>"
        "</Ntry>"
    )
    owner = "<Acct><Id><Othr><Id>77</Id></Othr></Id><Ownr><Nm>Coopérative Dounia</Nm></Ownr></Acct>"
    reading = read_text(tmp_path, f"<Document><BkToCstmrStmt><Stmt>{owner}{entry}</Stmt></BkToCstmrStmt></Document>")
    assert reading.units == 3
    assert [row["names"] for row in reading.rows if row["role"] == "debtor"] == [["Ali Sow"], ["Ami Sow"]]
    owners = [row for row in reading.rows if row["role"] == "account_owner"]
    assert [(row["unit"], numbers(row)) for row in owners] == [(unit, [("bank account", "77")]) for unit in (1, 2, 3)]
    assert dict(reading.row("text")["details"]) == {"amount": "5 MAD", "value_date": "2026-01-02", "text": "fees"}


def test_the_line_of_a_party_is_that_of_its_element_even_behind_values_of_several_lines(tmp_path: Path):
    debtor = "\n<Dbtr>\n<Nm>Ali\nDiop</Nm></Dbtr>"
    text = message(transaction(debtor=debtor, creditor="\n" + CREDITOR), transaction(2, debtor="\n\n" + DEBTOR))
    reading = read_text(tmp_path, text)
    lines = text.split("\n")
    for row in reading.rows:
        assert f"<{row['field'].rpartition('/')[2]}>" in lines[row["line"] - 1]
    assert reading.row("debtor")["names"] == ["Ali Diop"]


NAME = "Idriss Zerouali"


@pytest.mark.parametrize(
    "debtor",
    [
        f"<Dbtr><Nm>Jane Miller</Nm><PstlAdr><AdrLine>c/o {NAME}</AdrLine></PstlAdr></Dbtr>",
        f"<Dbtr><Nm>Jane Miller</Nm><PstlAdr><AdrLine>3 quai Nord</AdrLine><AdrLine>{NAME}</AdrLine></PstlAdr></Dbtr>",
        "<Dbtr><Nm>Idriss</Nm><PstlAdr><AdrLine>Zerouali</AdrLine></PstlAdr></Dbtr>",
        f"<Dbtr><Nm>Jane Miller</Nm><PstlAdr><CareOf>{NAME}</CareOf><Ctry>FR</Ctry></PstlAdr></Dbtr>",
        f"<Dbtr><Nm>Jane Miller</Nm><PstlAdr><BldgNm>{NAME}</BldgNm></PstlAdr></Dbtr>",
        f"<Dbtr><Nm>Jane</Nm><CtctDtls><Othr><ChanlTp>X</ChanlTp><Id>{NAME}</Id></Othr></CtctDtls></Dbtr>",
        f"<Dbtr><Nm>Jane Miller or {NAME}</Nm></Dbtr>",
        f"<Dbtr><Nm>Jane Miller &amp; {NAME}</Nm></Dbtr>",
        f"<Dbtr><Nm>Mr</Nm><PstlAdr><AdrLine>{NAME}</AdrLine></PstlAdr></Dbtr>",
        f"<Dbtr><Nm>Jane</Nm></Dbtr><DbtrAcct><Id><Othr><Id>1</Id></Othr></Id><Prxy><Tp><Cd>X</Cd></Tp><Id>{NAME}</Id></Prxy>"
        "</DbtrAcct>",
    ],
)
def test_a_name_anywhere_in_a_party_is_one_that_it_may_have(debtor: str, tmp_path: Path):
    reading = read_text(tmp_path, message(transaction(1, debtor=debtor), transaction(2), transaction(3, debtor=debtor)))
    for unit in (1, 3):
        assert NAME in reading.row("debtor", unit)["names"]
    assert reading.row("debtor", 2)["names"] == ["Moussa Ag Ibrahim"]
    assert reading.codes() == []


def test_the_branch_of_a_bank_may_be_a_name(tmp_path: Path):
    bank = f"<CdtrAgt><FinInstnId><BICFI>BNPAFRPP</BICFI></FinInstnId><BrnchId><Nm>{NAME}</Nm></BrnchId></CdtrAgt>"
    assert NAME in read_text(tmp_path, message(transaction(rest=bank, creditor=""))).names()


def test_more_names_than_are_screened_are_told(tmp_path: Path):
    lines = "".join(f"<AdrLine>Name {chr(65 + at)}liou</AdrLine>" for at in range(20))
    reading = read_text(tmp_path, message(transaction(debtor=f"<Dbtr><Nm>Jane</Nm><PstlAdr>{lines}</PstlAdr></Dbtr>")))
    assert (len(reading.row("debtor")["names"]), reading.codes()) == (12, ["names"])


def test_every_transaction_below_a_party_has_all_its_names_and_its_address(tmp_path: Path):
    debtor = f"<Dbtr><Nm>Jane Miller or {NAME}</Nm><PstlAdr><AdrLine>Gao</AdrLine></PstlAdr></Dbtr>"
    text = (
        f"<Document><CstmrCdtTrfInitn><PmtInf>{debtor}{transaction(1, debtor='')}{transaction(2, debtor='')}</PmtInf>"
        "</CstmrCdtTrfInitn></Document>"
    )
    rows = [row for row in read_text(tmp_path, text).rows if row["role"] == "debtor"]
    assert [row["unit"] for row in rows] == [1, 2]
    for row in rows:
        assert NAME in row["names"]
        assert dict(row["details"])["address"] == "Gao"
