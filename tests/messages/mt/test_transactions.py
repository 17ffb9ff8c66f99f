"""Transactions of a message, free text, statements, types that are not known."""

from pathlib import Path

import pytest

from tests.messages.mt.samples import MT101, MT199, MT202COV, UETR, details, mt103, numbers, read


def test_a_request_with_two_transfers_has_two_transactions_with_the_orderer_in_each(tmp_path: Path) -> None:
    reading = read(tmp_path, MT101)
    assert (reading.sink.units, reading.codes) == (2, [])
    for unit, payee, amount in ((1, "MARIAM KEITA", "EUR 100"), (2, "OUSMANE TRAORE", "EUR 200")):
        assert reading.of("debtor", unit)["names"] == ["COMPAGNIE SAHELIENNE DE COTON"]
        row = reading.of("creditor", unit)
        assert (row["names"], row["message"]) == ([payee], "ORDER-9")
        assert details(row)["amount"] == amount
        assert details(row)["value_date"] == "2024-01-16"
    assert details(reading.of("creditor", 2))["transaction"] == "SECOND"
    assert reading.of("debtor", 1)["id"] != reading.of("debtor", 2)["id"]


def test_a_cover_payment_has_the_parties_that_it_is_for(tmp_path: Path) -> None:
    reading = read(tmp_path, MT202COV)
    assert (reading.sink.units, reading.codes) == (1, [])
    debtor = reading.of("debtor")
    assert (debtor["names"], debtor["birth_dates"], debtor["kind"]) == (["AMADOU DIALLO"], ["1971-02-03"], "Person")
    assert debtor["birth_places"] == ["BAMAKO, ML"]
    assert numbers(debtor) == [("passport", "B0123456", "ml")]
    assert [row["role"] for row in reading.rows if row["field"] == "52A"] == ["debtor_agent"] * 2
    assert reading.at("59F")["residences"] == ["ne"]
    assert reading.at("58A")["role"] == "creditor"
    assert details(debtor)["transaction"] == UETR
    assert numbers(reading.of("previous_agent")) == [("swift/bic", "CHASUS33", None)]


def test_free_text_is_one_row_with_the_identifiers_in_it(tmp_path: Path) -> None:
    reading = read(tmp_path, MT199)
    row = reading.of("text")
    assert (row["names"], row["field"], row["line"]) == ([], "79", 4)
    assert details(row)["text"].startswith("PLEASE CONFIRM THAT YOUSSEF BEN SALAH, PASSPORT NO AB1234567, HOLDS")
    assert ("iban", "FR1420041010050500013M02606", "fr") in numbers(row)
    assert ("passport", "AB1234567", None) in numbers(row)


def test_all_text_of_a_transfer_is_in_one_row(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f72="/BNF/GOODS FOR\n//IDRISS", f77B="/ORDERRES/MA"))
    text = details(reading.of("text"))["text"]
    assert text == "INVOICE 17 /BNF/GOODS FOR IDRISS /ORDERRES/MA"


def test_a_word_cut_at_the_end_of_a_full_line_is_given_joined_too(tmp_path: Path) -> None:
    full = "PAYMENT ON BEHALF OF ABDELKADER BOU"
    assert len(full) == 35
    text = details(read(tmp_path, mt103(f70=f"{full}\nAZZA")).of("text"))["text"]
    assert text.split("\n") == [f"{full} AZZA", f"{full}AZZA"]
    short = details(read(tmp_path, mt103(f70=f"{full[:-1]}\nAZZA")).of("text"))["text"]
    assert "\n" not in short


def test_a_number_cut_at_the_end_of_a_full_line_is_found(tmp_path: Path) -> None:
    first, second = "TO ACCOUNT NO FR1420041010050500013", "M02606"
    assert len(first) == 35
    row = read(tmp_path, mt103(f70=f"{first}\n{second}")).of("text")
    assert numbers(row) == [("iban", "FR1420041010050500013M02606", "fr")]


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("/INS/BANQUE DU FLEUVE\n//BAMAKO", "previous_agent", "BANQUE DU FLEUVE"),
        ("/INT/BANQUE DU FLEUVE", "intermediary_agent", "BANQUE DU FLEUVE"),
    ],
)
def test_banks_named_in_field_72_are_parties(tmp_path: Path, text: str, role: str, name: str) -> None:
    row = read(tmp_path, mt103(f72=text)).of(role)
    assert (row["names"], row["kind"], row["field"]) == ([name], "Organization", "72")


def test_a_bank_among_instructions_is_mentioned(tmp_path: Path) -> None:
    row = read(tmp_path, mt103(f72="/REC/ECOCMLBA CREDIT AT ONCE")).of("mentioned")
    assert numbers(row) == [("swift/bic", "ECOCMLBA", None)]
    assert not [row for row in read(tmp_path, mt103(f72="/REC/HURRY")).rows if row["role"] == "mentioned"]


def test_in_a_direct_debit_field_59_pays(tmp_path: Path) -> None:
    text = MT101.replace("{2:I101", "{2:I104").replace(":50H:", ":50K:")
    reading = read(tmp_path, text)
    assert reading.at("59", 1)["role"] == "debtor"
    assert reading.at("50K", 1)["role"] == "creditor"


def test_who_instructs_is_not_who_pays(tmp_path: Path) -> None:
    reading = read(tmp_path, MT101.replace(":50H:", ":50L:HOLDING DU SAHEL\n:50H:"))
    assert reading.of("initiating_party")["names"] == ["HOLDING DU SAHEL"]
    assert reading.codes == []


def test_a_closing_sequence_is_of_all_transactions(tmp_path: Path) -> None:
    text = "{1:F01SGBFBFBFAXXX0057000290}{2:I102BNPAFRPPXXXXN}{4:\n:20:BULK\n:23:CREDIT\n:50K:/1\nCOTON SA\n"
    text += ":21:A\n:32B:EUR1,\n:59:/2\nMARIAM KEITA\n:21:B\n:32B:EUR2,\n:59:/3\nOUSMANE TRAORE\n"
    text += ":32A:240116EUR3,\n:53A:CHASUS33\n-}"
    reading = read(tmp_path, text)
    assert (reading.sink.units, reading.codes) == (2, [])
    for unit in (1, 2):
        assert numbers(reading.of("reimbursement_agent", unit)) == [("swift/bic", "CHASUS33", None)]
        assert details(reading.of("creditor", unit))["value_date"] == "2024-01-16"


def test_a_statement_has_a_transaction_for_each_of_its_lines(tmp_path: Path) -> None:
    text = "{1:F01SGBFBFBFAXXX0057000290}{2:I940BNPAFRPPXXXXN}{4:\n:20:STATEMENT\n:25:12345\n:28C:1/1\n"
    text += ":60F:C240101EUR10,\n:61:2401020102D1,NTRFREF//B1\n:86:TO MARIAM KEITA\n:61:2401020102C2,NTRFREF\nFROM X\n"
    text += ":86:FROM OUSMANE TRAORE\n:62F:C240102EUR11,\n-}"
    reading = read(tmp_path, text)
    assert (reading.sink.units, reading.codes) == (2, [])
    assert "MARIAM KEITA" in details(reading.of("text", 1))["text"]
    assert "FROM X FROM OUSMANE TRAORE" in details(reading.of("text", 2))["text"]
    empty = read(tmp_path, text.replace(":61:", ":64:").replace(":86:", ":64:"))
    assert empty.sink.units == 1


@pytest.mark.parametrize("kind", ["900", "910"])
def test_an_advice_has_its_bank(tmp_path: Path, kind: str) -> None:
    text = f"{{1:F01SGBFBFBFAXXX0057000290}}{{2:I{kind}BNPAFRPPXXXXN}}{{4:\n:20:ADVICE\n:21:PAY\n:25:12345\n"
    reading = read(tmp_path, text + ":32A:240116EUR3,\n:52D:BANQUE DU FLEUVE\nMALI\n-}")
    assert (reading.sink.units, reading.codes) == (1, [])
    assert reading.of("debtor_agent")["names"] == ["BANQUE DU FLEUVE"]


def test_a_type_that_is_not_known_is_told_and_its_parties_and_text_are_screened_all_the_same(tmp_path: Path) -> None:
    text = "{1:F01SGBFBFBFAXXX0057000290}{2:I700BNPAFRPPXXXXN}{4:\n:20:CREDIT\n:40A:IRREVOCABLE\n:50:COTON SA\nMALI\n"
    reading = read(tmp_path, text + ":59:MARIAM KEITA\n:45A:COTTON BY SHIP\n-}")
    assert (reading.sink.units, reading.codes) == (1, ["type"])
    assert reading.names == {"COTON SA", "MARIAM KEITA"}
    assert details(reading.of("text"))["text"] == "IRREVOCABLE COTTON BY SHIP"


def test_all_transactions_of_a_kind_of_multiple_are_counted(tmp_path: Path) -> None:
    text = "{1:F01SGBFBFBFAXXX0057000290}{2:I203BNPAFRPPXXXXN}{4:\n:19:3,\n:30:240116\n"
    text += ":20:A\n:21:X\n:32B:EUR1,\n:58A:CHASUS33\n"
    reading = read(tmp_path, text + ":20:B\n:21:Y\n:32B:EUR2,\n:58A:DEUTDEFF\n-}")
    assert (reading.sink.units, reading.codes) == (2, [])
    assert [details(reading.of("creditor", unit))["amount"] for unit in (1, 2)] == ["EUR 1", "EUR 2"]


def test_a_party_tag_inside_a_line_is_a_party_too(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f59="/1\nJANE MILLER :50K:/77\nIDRISS ZEROUALI\n12 RUE DU PORT", f50K=None))
    assert "IDRISS ZEROUALI" in reading.of("debtor")["names"]
    assert numbers(reading.of("debtor")) == [("bank account", "77", None)]
    assert "JANE MILLER" in reading.of("creditor")["names"][0]
    assert "tag" in reading.codes


@pytest.mark.parametrize("broken", ["50K:IDRISS ZEROUALI", ":50K IDRISS ZEROUALI", "X:50K:IDRISS ZEROUALI"])
@pytest.mark.parametrize("tag", ["f59", "f71A", "f23B"])
def test_a_party_tag_that_is_misspelt_or_runs_on_is_a_party_too(tag: str, broken: str, tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(**{tag: f"/1\nJANE MILLER\n{broken}"}))
    assert "IDRISS ZEROUALI" in [name for row in reading.rows if row["role"] == "debtor" for name in row["names"]]


def test_a_line_of_an_address_that_begins_with_a_number_is_no_tag(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f59="/1\nJANE MILLER\n59 RUE DU PORT\n52, QUAI NORD"))
    assert len([row for row in reading.rows if row["role"] == "creditor"]) == 1


def test_a_file_of_acknowledgements_alone_is_told_to_have_no_transaction(tmp_path: Path) -> None:
    text = "{1:F21BCMAMAMCAXXX0057000289}{4:{177:2401151200}{451:0}}"
    assert read(tmp_path, text).codes == ["no_transaction"]
