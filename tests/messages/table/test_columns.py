"""Columns by their headings in three languages, and what their cells mean."""

from pathlib import Path

import pytest

from tahaluf.domain import InputError, Kind
from tahaluf.messages.table.headings import ROLES, role_of
from tests.messages.helpers import names_of, rows_and_rejects, rows_of, write


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Full Name", "name"), ("fullName", "name"), ("NOM COMPLET", "name"), ("الاسم الكامل", "name"),
        ("Prénoms", "given_name"), ("First_Name", "given_name"), ("الاسم الشخصي", "given_name"),
        ("Father's name", "father_name"), ("اسم الأب", "father_name"), ("اسم الجد", "grandfather_name"),
        ("Nom de famille", "family_name"), ("اللقب", "family_name"), ("A.K.A.", "alias"),
        ("Date de naissance", "birth_date"), ("D.O.B.", "birth_date"), ("تاريخ الازدياد", "birth_date"),
        ("Né(e) le", "birth_date"), ("Nationalité", "nationality"), ("الجنسية", "nationality"),
        ("Pays de résidence", "residence"), ("الجنس", "gender"), ("N° de passeport", "passport_number"),
        ("رقم الجواز", "passport_number"), ("رقم الهوية", "national_id"), ("Name / الاسم", "name"),
        ("الاسم (Name)", "name"), ("Issuing country", "document_country"), ("shoe size", None),
    ],
)  # fmt: skip
def test_a_heading_has_the_role_that_a_reader_would_give_it(heading: str, role: str | None) -> None:
    assert role_of(heading) == role


def test_a_name_is_built_from_its_parts_in_their_order(tmp_path: Path) -> None:
    text = "اللقب,اسم الجد,الاسم الشخصي,اسم الأب\nالمرواني,سالم,يوسف,إدريس\n"
    assert names_of(write(tmp_path / "s", text)) == [["يوسف إدريس سالم المرواني"]]


def test_nom_beside_prenom_is_the_family_name_and_alone_the_whole_name(tmp_path: Path) -> None:
    assert names_of(write(tmp_path / "a", "Nom;Prénom\nMAROUANI;Youssef\n")) == [["Youssef MAROUANI"]]
    assert names_of(write(tmp_path / "b", "N°;Nom\n1;Youssef MAROUANI\n")) == [["Youssef MAROUANI"]]


def test_a_full_name_and_parts_are_alternatives(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "name,first name,last name\nY. Marouani,Youssef,El Marouani\n")
    assert names_of(path) == [["Y. Marouani", "Youssef El Marouani"]]


def test_father_and_grandfather_of_one_name_both_stay(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "first name,father name,grandfather,last name\nAli,Omar,Omar,Dosari\n")
    assert names_of(path) == [["Ali Omar Omar Dosari"]]


@pytest.mark.parametrize("heading", ["name", "alias", "given name"])
def test_a_control_character_is_no_part_of_a_name(tmp_path: Path, heading: str) -> None:
    path = write(tmp_path / "s", f"id,{heading}\n1,Al\x00i Has\x7fsan\n2,\x02\n3,Nadia\x85 Bakkar\n")
    assert names_of(path) == [["Ali Hassan"], ["Nadia Bakkar"]]


def test_aliases_are_names_apart_by_semicolon_and_bar(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "name,aliases\nIdriss,Abu Salim; أبو سالم|Salim\n")
    assert names_of(path) == [["Idriss", "Abu Salim", "أبو سالم", "Salim"]]


def test_a_whole_row_is_understood(tmp_path: Path) -> None:
    header = (
        "رقم;Full name;type;DOB;POB;Nationality;Country of residence;Sex;Document type;Document number;Issuing country"
    )
    row = "7;Idriss Zerouali;individual;12/03/1984;Fès;Maroc / France;Belgique;M;Passeport;AB 123;Morocco"
    (found,) = rows_of(write(tmp_path / "s", f"{header}\n{row}\n"))
    assert {name: value for name, value in found.items() if value not in (None, [])} == {
        "id": "7",
        "names": ["Idriss Zerouali"],
        "kind": "Person",
        "birth_dates": ["1984-03-12"],
        "nationalities": ["ma", "fr"],
        "residences": ["be"],
        "gender": "male",
        "birth_places": ["Fès"],
        "documents": [{"type": "passport", "number": "AB 123", "country": "ma"}],
        "line": 2,
    }


def test_a_value_that_is_not_understood_is_left_out_and_said_and_the_row_is_screened(tmp_path: Path) -> None:
    text = "id,name,birth date,nationality,sex\n1,Idriss,31/02/1984,Atlantis,?\n2,Nadia,1990,Mali,F\n"
    rows, rejects = rows_and_rejects(write(tmp_path / "s", text))
    assert [(row["birth_dates"], row["nationalities"], row["gender"]) for row in rows] == [
        ([], [], None),
        (["1990"], ["ml"], "female"),
    ]
    assert {(r.problem.code, r.problem.where.field, r.problem.found, r.screened) for r in rejects} == {
        ("messages.table.birth_date", "birth date", "31/02/1984", True),
        ("messages.table.country", "nationality", "Atlantis", True),
        ("messages.table.gender", "sex", "?", True),
    }


def test_month_first_columns_are_read_so(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "name,dob\nIdriss,03/04/1984\nNadia,12/25/1990\n"))
    assert [row["birth_dates"] for row in rows] == [["1984-03-04"], ["1990-12-25"]]


def test_a_hijri_year_of_an_afghan_may_be_solar(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "name,dob,nationality\nGul Zaman,1365,Afghanistan\nSaad,1405,Saudi Arabia\n"))
    assert [row["birth_dates"] for row in rows] == [["1945", "1946", "1986", "1987"], ["1984", "1985"]]


def test_type_of_something_else_is_said_once(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "name,type\nIdriss,premium\nNadia,standard\n"))
    assert [row["kind"] for row in rows] == ["LegalEntity", "LegalEntity"]
    assert [(r.problem.code, r.problem.where.field) for r in rejects] == [("messages.table.column", "type")]


def test_the_arabic_word_for_type_may_be_gender(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "الاسم,النوع\nنادية,أنثى\nإدريس,ذكر\n"))
    assert [row["gender"] for row in rows] == ["female", "male"]


def test_the_kind_given_counts_where_the_row_states_none(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "s", "name,kind\nIdriss,\nOasis Trading,company\n"), kind=Kind.PERSON)
    assert [row["kind"] for row in rows] == ["Person", "Company"]


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("date of birth", "1984"), ("gender", "F"), ("place of birth", "Tiznit"), ("passport number", "K7730915"),
        ("first name", "Nadia"), ("father name", "Salem"),
    ],
)  # fmt: skip
def test_a_row_with_what_only_people_have_is_a_person(tmp_path: Path, heading: str, value: str) -> None:
    path = write(tmp_path / "s", f"name,{heading}\nNadia Bakkar,{value}\nOasis Trading,\n")
    assert [row["kind"] for row in rows_of(path)] == ["Person", "LegalEntity"]
    assert [row["kind"] for row in rows_of(path, kind=Kind.COMPANY)] == ["Company", "Company"]


@pytest.mark.parametrize(
    "text",
    [
        "id,name\nA1,Nadia Bakkar\n", "last name\nOasis Trading\n", "name,nationality\nNoor Al Sahel,Panama\n",
        "name,national id\nOasis Trading,77301\n", "name,first name\nOasis Trading,-\n",
        "name,date of birth\nOasis Trading,never\n", "name,place of birth,passport number\nOasis Trading,-,—\n",
    ],
)  # fmt: skip
def test_a_row_that_may_be_anything_stays_of_no_known_kind(tmp_path: Path, text: str) -> None:
    assert [row["kind"] for row in rows_of(write(tmp_path / "s", text))] == ["LegalEntity"]


def test_a_kind_that_is_stated_counts_whatever_else_the_row_has(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "name,kind,date of birth\nNoor Al Sahel,vessel,1984\nNadia Bakkar,,1984\n")
    assert [row["kind"] for row in rows_of(path)] == ["Vessel", "Person"]


def test_a_mapping_names_columns_by_heading_or_number(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "a,b,c\nx,Idriss Zerouali,1984\n")
    (row,) = rows_of(path, mapping={"name": "B", "birth_date": "3", "id": "a"})
    assert (row["id"], row["names"], row["birth_dates"]) == ("x", ["Idriss Zerouali"], ["1984"])


def test_a_role_that_is_mapped_to_nothing_is_played_by_no_column(tmp_path: Path) -> None:
    path = write(tmp_path / "s.csv", "name,birth date,\nIdriss,1984,x\n")
    (row,) = rows_of(path, mapping={"birth_date": ""})
    assert (row["names"], row["birth_dates"]) == (["Idriss"], [])
    with pytest.raises(InputError) as refused:
        rows_of(path, mapping={"name": ""})
    assert refused.value.problem.code == "messages.table.no_name_column"


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"surname": "b"}, "messages.table.unknown_role"),
        ({"name": "nope"}, "messages.table.no_such_column"),
        ({"name": "9"}, "messages.table.no_such_column"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(tmp_path: Path, mapping: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(write(tmp_path / "s", "name,b\nIdriss,1984\n"), mapping=mapping)
    assert refused.value.problem.code == code


def test_roles_have_distinct_names() -> None:
    assert len(set(ROLES)) == len(ROLES)
