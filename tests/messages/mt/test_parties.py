"""Each option of each party field."""

from pathlib import Path

import pytest

from tahaluf.messages.mt.party import Party, read_party
from tests.messages.mt.samples import details, mt103, numbers, read

IBAN = ("iban", "FR1420041010050500013M02606", "fr")
BIC = ("swift/bic", "BNPAFRPP", None)
NAME = "MARIAM KEITA"
OPTIONS = [
    ("50", "/12345\nMARIAM KEITA\nBAMAKO MALI", [NAME], [("bank account", "12345", None)]),
    ("50A", "/12345\nBNPAFRPP", [], [("bank account", "12345", None), BIC]),
    ("50C", "BNPAFRPP", [], [BIC]),
    ("50F", "/12345\n1/MARIAM KEITA\n2/RUE 12\n3/ML/BAMAKO", [NAME], [("bank account", "12345", None)]),
    ("50F", "NIDN/ML/77123\n1/MARIAM KEITA", [NAME], [("national id", "77123", "ml")]),
    ("50G", "/FR1420041010050500013M02606\nBNPAFRPP", [], [IBAN, BIC]),
    ("50H", "/FR1420041010050500013M02606\nMARIAM KEITA", [NAME], [IBAN]),
    ("50K", "MARIAM KEITA\nRUE 12", [NAME], []),
    ("50L", "MARIAM KEITA", [NAME], []),
    ("50L", "CLIENT 7712", [], [("identification", "CLIENT 7712", None)]),
    ("51A", "/D/12345\nBNPAFRPP", [], [("bank account", "12345", None), BIC]),
    ("52A", "/C/12345\nBNPAFRPP", [], [("bank account", "12345", None), BIC]),
    ("52A", "//FW021000089\nBNPAFRPP", [], [("clearing code", "FW021000089", None), BIC]),
    ("52B", "/12345\nBAMAKO", [], [("bank account", "12345", None)]),
    ("52C", "//FW021000089", [], [("clearing code", "FW021000089", None)]),
    ("52D", "/12345\nBANQUE DU FLEUVE\nBAMAKO MALI", ["BANQUE DU FLEUVE"], [("bank account", "12345", None)]),
    ("53A", "BNPAFRPP", [], [BIC]),
    ("53B", "/12345", [], [("bank account", "12345", None)]),
    ("53D", "BANQUE DU FLEUVE", ["BANQUE DU FLEUVE"], []),
    ("54A", "BNPAFRPP", [], [BIC]),
    ("54B", "/12345\nBAMAKO", [], [("bank account", "12345", None)]),
    ("54D", "BANQUE DU FLEUVE", ["BANQUE DU FLEUVE"], []),
    ("55A", "BNPAFRPP", [], [BIC]),
    ("55D", "BANQUE DU FLEUVE", ["BANQUE DU FLEUVE"], []),
    ("56A", "BNPAFRPP", [], [BIC]),
    ("56C", "/12345", [], [("bank account", "12345", None)]),
    ("56D", "BANQUE DU FLEUVE", ["BANQUE DU FLEUVE"], []),
    ("57A", "bnpafrpp", [], [BIC]),
    ("57B", "/12345\nBAMAKO", [], [("bank account", "12345", None)]),
    ("57C", "//SC123456", [], [("clearing code", "SC123456", None)]),
    ("57D", "BANQUE DU FLEUVE", ["BANQUE DU FLEUVE"], []),
    ("58A", "/12345\nBNPAFRPP", [], [("bank account", "12345", None), BIC]),
    ("58D", "BANQUE DU FLEUVE", ["BANQUE DU FLEUVE"], []),
    ("59", "/12345\nMARIAM KEITA", [NAME], [("bank account", "12345", None)]),
    ("59", "/12345 MARIAM KEITA", [NAME], [("bank account", "12345", None)]),
    ("59", "723491524\nMARIAM KEITA\nBAMAKO MALI", [NAME], [("bank account", "723491524", None)]),
    ("59", "/12345\n1/MARIAM KEITA\n3/ML/BAMAKO", [NAME], [("bank account", "12345", None)]),
    ("59A", "/12345\nBNPAFRPP", [], [("bank account", "12345", None), BIC]),
    ("59F", "/12345\n1/MARIAM KEITA\n2/RUE 12\n3/ML/BAMAKO", [NAME], [("bank account", "12345", None)]),
]


@pytest.mark.parametrize(("tag", "value", "names", "documents"), OPTIONS)
def test_an_option_gives_its_name_and_numbers(
    tag: str, value: str, names: list[str], documents: list[tuple[str, str, str | None]]
) -> None:
    party = read_party(tag, value)
    assert (list(party.names), party.numbers, party.flaws) == (names, documents, [])


def told(party: Party) -> dict[str, str]:
    return dict(party.details)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("ARNU/DE/XR1234", ("identification", "XR1234", "de")),
        ("CCPT/ML/B0123456", ("passport", "B0123456", "ml")),
        ("CUST/DE/BANQUE DU FLEUVE/4711", ("identification", "4711", "de")),
        ("DRLC/BE/BRUSSELS/NB0949042", ("driving license", "NB0949042", "be")),
        ("EMPL/DE/COTON SA/99", ("identification", "99", "de")),
        ("NIDN/ML/77123", ("national id", "77123", "ml")),
        ("SOSE/US/078051120", ("ssn", "078051120", "us")),
        ("TXID/US/123456789", ("tax id", "123456789", "us")),
    ],
)
def test_each_identifier_code_says_what_the_number_is(code: str, number: tuple[str, str, str]) -> None:
    assert read_party("50F", f"{code}\n1/MARIAM KEITA").numbers == [number]


def test_only_what_human_beings_alone_have_makes_a_person() -> None:
    human = [
        "CCPT/ML/B1\n1/A B",
        "NIDN/ML/1\n1/A B",
        "/1\n1/A B\n4/19700101",
        "/1\n1/A B\n5/ML/KAYES",
        "/1\n1/A B\n7/ML/9",
    ]
    assert {read_party("50F", value).kind for value in human} == {"Person"}
    other = ["CUST/ML/X/B1\n1/A B", "TXID/ML/1\n1/A B", "/1\n1/A B\n2/RUE"]
    assert {read_party("50F", value).kind for value in other} == {"LegalEntity"}
    assert read_party("57D", "BANQUE DU FLEUVE").kind == read_party("50A", "BNPAFRPP").kind == "Organization"


def test_the_numbered_lines_are_read_in_full() -> None:
    value = (
        "/12345\n1/MARIAM KEITA\n2/RUE 12\n2/PORTE 3\n3/ML/BAMAKO\n4/19710203\n5/ML/KAYES\n6/FR/BANQUE/4711\n7/ML/77"
    )
    party = read_party("50F", value)
    assert (party.birth_dates, party.birth_places, party.residences) == (("1971-02-03",), ("KAYES, ML",), ("ml",))
    assert party.numbers[1:] == [("identification", "4711", "fr"), ("national id", "77", "ml")]
    assert told(party)["address"] == "RUE 12, PORTE 3, BAMAKO, ML"


def test_line_8_goes_on_with_the_number_before_it() -> None:
    assert read_party("50F", "/1\n1/A B\n7/ML/12345\n8/678").numbers[-1] == ("national id", "12345678", "ml")
    party = read_party("50F", "CCPT/FR/AB12\n1/A B\n8/ISSUED IN 2020 BY NOBODY")
    assert (party.numbers, told(party)["identifier"]) == ([("passport", "AB12", "fr")], "ISSUED IN 2020 BY NOBODY")


def test_a_name_on_two_numbered_lines_is_one_name_and_its_first_line_another() -> None:
    party = read_party("59F", "1/COMPAGNIE SAHELIENNE\n1/DE COTON\n3/BF/BOBO")
    assert party.names[:2] == ("COMPAGNIE SAHELIENNE DE COTON", "COMPAGNIE SAHELIENNE")


def test_a_name_cut_inside_a_word_is_given_joined_and_marked() -> None:
    first = "COMPAGNIE SAHELIENNE DE COMMERCE IN"
    assert len(first) == 35
    party = read_party("50K", f"/1\n{first}\nTERNATIONAL\nBAMAKO")
    assert party.names[:3] == (first, f"{first} TERNATIONAL", f"{first}TERNATIONAL")
    assert told(party) == {"truncated": "35", "address": "TERNATIONAL, BAMAKO"}
    numbered = read_party("50F", "/1\n1/COMPAGNIE SAHELIENNE DE COMMERCE\n1/EXTERIEUR")
    assert "COMPAGNIE SAHELIENNE DE COMMERCE EXTERIEUR" in numbered.names


def test_a_name_that_ends_in_the_open_goes_on_in_the_next_line() -> None:
    assert "ABDERRAHMANE BEN YOUSSEF" in read_party("50K", "ABDERRAHMANE BEN\nYOUSSEF\nRABAT").names
    assert "COTON DU SAHEL SARL" in read_party("50K", "COTON DU SAHEL\nSARL\nBOBO").names
    assert read_party("50K", "MARIAM KEITA\n12 RUE DU PORT").names == ("MARIAM KEITA",)


@pytest.mark.parametrize(
    ("tag", "value", "code", "at"),
    [
        ("57A", "NOT A BIC", "bic", 0),
        ("57A", "/1\nBNPAQQPP", "bic", 1),
        ("59", "/FR1420041010050500013M02607\nA B", "iban", 0),
        ("50Z", "MARIAM KEITA", "option", 0),
        ("50K", "A B\n1\n2\n3\n4", "lines", 4),
        ("50F", "CCPT/QQ/12\n1/A B", "country", 0),
        ("50F", "/1\n1/A B\n3/QQ/X", "country", 2),
        ("50F", "/1\n1/A B\n4/19711302", "birth_date", 2),
        ("50F", "/1\n1/A B\nNO NUMBER", "numbering", 2),
        ("50F", "/1\n2/RUE", "name", 0),
        ("50K", "", "empty", 0),
    ],
)
def test_what_is_wrong_in_a_party_is_told_at_its_line(tag: str, value: str, code: str, at: int) -> None:
    assert [(flaw.code, flaw.at) for flaw in read_party(tag, value).flaws] == [(f"messages.mt.{code}", at)]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("50K", "/1\nMR\nIDRISS ZEROUALI"),
        ("50K", "/1\nC/O MILLER TRADING\nIDRISS ZEROUALI"),
        ("50K", "/1\nJANE MILLER AND/OR\nIDRISS ZEROUALI"),
        ("50K", "/1\nJANE MILLER OR IDRISS ZEROUALI"),
        ("59", "/1\nJANE MILLER\n12 RUE DU PORT\nC/O IDRISS ZEROUALI"),
        ("59", "/1\nIDRISS\nZEROUALI"),
        ("50A", "/1\nBNPAFRPP\nJANE MILLER\nIDRISS ZEROUALI"),
        ("57B", "/1\nIDRISS ZEROUALI"),
        ("57C", "/1\nMARSEILLE\nIDRISS ZEROUALI"),
        ("52D", "BANQUE DU FLEUVE\nIDRISS ZEROUALI"),
        ("59F", "/1\n1/JANE MILLER\n1/IDRISS ZEROUALI\n3/FR/PARIS"),
        ("59F", "/1\n1/JANE MILLER\n2/C/O IDRISS ZEROUALI"),
        ("59F", "/1\n1/JANE MILLER\n3/FR/IDRISS ZEROUALI"),
        ("59F", "/1\n1/JANE MILLER\nIDRISS ZEROUALI"),
        ("50F", "CCPT/ML/A1\n1/JANE MILLER\n8/IDRISS ZEROUALI"),
    ],
)
def test_a_name_on_any_line_is_one_that_the_party_may_have(tag: str, value: str) -> None:
    assert "IDRISS ZEROUALI" in read_party(tag, value).names


def test_more_names_than_are_screened_are_told() -> None:
    party = read_party("59", "/1\n" + "\n".join(f"NAME {chr(65 + at)}LIOU" for at in range(30)))
    assert len(party.names) == 12
    assert "messages.mt.names" in [flaw.code for flaw in party.flaws]


def test_what_stands_instead_of_a_bic_is_screened_as_a_name() -> None:
    assert read_party("57A", "BANQUE DU FLEUVE").names == ("BANQUE DU FLEUVE",)
    assert read_party("57A", "BNPAQQPP").numbers == [("swift/bic", "BNPAQQPP", None)]


def test_parties_of_a_transfer_have_roles_places_and_what_the_payment_says(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f72="/INS/ECOCMLBA\n/ACC/PLEASE HURRY", f56A="CHASUS33", f53B="/99"))
    roles = {row["field"]: row["role"] for row in reading.rows if row["field"] not in ("72", "70")}
    assert roles == {
        "50K": "debtor", "52A": "debtor_agent", "53B": "reimbursement_agent", "56A": "intermediary_agent",
        "57A": "creditor_agent", "59": "creditor", "{1:": "instructing_agent", "{2:": "instructed_agent",
    }  # fmt: skip
    assert reading.of("previous_agent")["documents"][0]["number"] == "ECOCMLBA"
    payee = reading.of("creditor")
    assert (payee["line"], payee["message"], payee["unit"], payee["id"]) == (9, "PAY-2024-17", 1, "1/creditor")
    assert details(payee)["amount"] == "EUR 1250.50"
    assert details(payee)["value_date"] == "2024-01-15"
    assert numbers(payee) == [("iban", "FR1420041010050500013M02606", "fr")]
    assert len({row["id"] for row in reading.rows}) == len(reading.rows)
    assert reading.codes == []
