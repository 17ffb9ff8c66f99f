"""What is read of a traveler."""

from pathlib import Path

import pytest

from tahaluf.domain import Document
from tests.messages.paxlst.samples import TRAVELER, message, read_text


def read_one(tmp_path: Path, *segments: str):  # type: ignore[no-untyped-def]
    read = read_text(tmp_path, message(segments))
    assert len(read.subjects) == 1
    return read.subjects[0]


def test_everything_that_a_list_tells_of_a_traveler_is_kept(tmp_path: Path) -> None:
    subject = read_one(
        tmp_path, "NAD+DDU+++DIALLO:MARIAM:FATOU+12 RUE DES PALMES+SEGOU+SEGOU+BP 7+MLI", "ATT+2++F",
        "DTM+329:19810704:102",
        "MEA+CT++:2", "MEA+WT++KGM:31", "GEI+4+173", "FTX+BAG+++XX987654", "LOC+22+CDG", "LOC+174+FRA", "LOC+178+BKO",
        "LOC+179+CDG", "LOC+180+MLI:::SIKASSO", "COM+0022370000000:TE+M.D AT MAIL.EXAMPLE:EM", "EMP+1+CR1:110:111",
        "NAT+2+MLI", "NAT+2+FRA", "RFF+AVF:QWERTY", "RFF+ABO:77001", "RFF+SEA:12A", "RFF+AEA:REDRESS9",
        "DOC+P:110:111+A123", "DTM+36:310304", "LOC+91+MLI", "DOC+V:110:111+V555", "LOC+91+D",
    )  # fmt: skip
    assert subject.names == ("MARIAM FATOU DIALLO",)
    assert str(subject.role) == "transit_passenger"
    assert subject.gender == "female"
    assert [date.isoformat() for date in subject.birth_dates] == ["1981-07-04"]
    assert (subject.nationalities, subject.residences) == (("ml", "fr"), ("fr",))
    assert subject.birth_places == ("SIKASSO",)
    assert subject.documents == (Document("A123", "passport", "ml"), Document("V555", "visa", "de"))
    told = [pair for pair in subject.details if pair[0] not in ("flight", "departure", "arrival")]
    assert set(told) >= {
        ("surname", "DIALLO"), ("address", "12 RUE DES PALMES, SEGOU, SEGOU, BP 7, MLI"), ("clearance_port", "CDG"),
        ("embarkation", "BKO"), ("debarkation", "CDG"), ("phone", "0022370000000"), ("locator", "QWERTY"),
        ("passenger_reference", "77001"), ("seat", "12A"), ("identifier", "REDRESS9"), ("expires_on", "2031-03-04"),
        ("baggage", "XX987654"), ("baggage", "2"), ("baggage", "31 KGM"), ("occupation", "CR1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "names", "title"),
    [
        ("MAIGA:IDRISSA", ["IDRISSA MAIGA"], None),
        ("MAIGA:IDRISSA MR", ["IDRISSA MAIGA"], "MR"),
        ("MAIGA:IDRISSAMRS", ["IDRISSA MAIGA"], "MRS"),
        ("MAIGA:KARIMMSTR", ["KARIM MAIGA"], "MSTR"),
        ("MAIGA:ROBERTMR", ["ROBERT MAIGA"], "MR"),
        ("MAIGA:AMR", ["AMR MAIGA"], None),
        ("MAIGA:ANDREAMS", ["ANDREA MAIGA", "ANDREAMS MAIGA"], "MS"),
        ("MAIGA:MR IDRISSA", ["IDRISSA MAIGA"], "MR"),
        ("MAIGA/IDRISSA MR", ["IDRISSA MAIGA"], "MR"),
        ("OULD MOHAMED:SIDI AHMED:EL HADJ", ["SIDI AHMED EL HADJ OULD MOHAMED"], None),
        ("MAIGA:FNU", ["MAIGA"], None),
        ("MAIGA:FNUMR", ["MAIGA"], "MR"),
        ("MAIGA:DR IDRISSA MR", ["IDRISSA MAIGA"], "DR MR"),
        ("XXX:IDRISSA", ["IDRISSA"], None),
        ("D?'ARC:ZOE", ["ZOE D'ARC"], None),
        ("MR:ALI", ["ALI MR"], None),
    ],
)
def test_names_are_in_natural_order_without_titles_and_placeholders(
    tmp_path: Path, written: str, names: list[str], title: str | None
) -> None:
    subject = read_one(tmp_path, f"NAD+FL+++{written}", *TRAVELER[1:])
    assert list(subject.names) == names
    assert dict(subject.details).get("title") == title


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        ("840312", "1984-03-12"), ("250101", "2025-01-01"), ("260110", "2026-01-10"), ("260111", "1926-01-11"),
        ("840300", "1984-03"), ("840000", "1984"), ("19840312:102", "1984-03-12"), ("1984:602", "1984"),
    ],
)  # fmt: skip
def test_a_birth_date_is_never_after_the_flight(tmp_path: Path, written: str, birth: str) -> None:
    subject = read_one(tmp_path, TRAVELER[0], f"DTM+329:{written}")
    assert [date.isoformat() for date in subject.birth_dates] == [birth]


@pytest.mark.parametrize(("code", "country"), [("GBD", "gb"), ("RKS", "xk"), ("D", "de"), ("FR", "fr"), ("XXA", None)])
def test_special_codes_of_states_are_understood(tmp_path: Path, code: str, country: str | None) -> None:
    read = read_text(tmp_path, message([*TRAVELER[:3], f"NAT+2+{code}"]))
    assert read.subjects[0].nationalities == ((country,) if country else ())
    assert not read.rejections


def test_the_name_may_stand_where_addresses_are(tmp_path: Path) -> None:
    assert read_one(tmp_path, "NAD+FL++MAIGA IDRISSA", "DTM+329:840312").names == ("MAIGA IDRISSA",)


@pytest.mark.parametrize(("letters", "encoding"), [("ÉLÉONORE", "utf-8"), ("ÉLÉONORE", "cp1252"), ("إدريس", "cp1256")])
def test_letters_that_the_repertoire_does_not_have_are_read_and_told(
    tmp_path: Path, letters: str, encoding: str
) -> None:
    text = message([f"NAD+FL+++MAIGA:{letters}", "DTM+329:840312"])
    read = read_text(tmp_path, text.encode(encoding))
    assert read.subjects[0].names == (f"{letters} MAIGA",)
    assert ("messages.edifact.charset", "UNB.1.1", "UNOA", encoding) in read.warnings
