"""`tahaluf messages` and what becomes of messages that are screened: subjects, problems, outcomes, answers."""

import csv
import json
import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Outcome

Run = Callable[..., Outcome]


def sample(name: str) -> Path:
    return Path(str(resources.files("tahaluf.cli").joinpath("samples", name)))


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_everyone_of_a_passenger_list_is_printed_with_the_place_in_the_file(run: Run) -> None:
    done = run("messages", "read", sample("flight.edi"))
    people = lines_of(done.out)
    assert [one["name"] for one in people][:2] == ["ABDELKADER BENZEROUAL", "HAWA CAMARA"]
    first = people[0]
    assert first["role"] == "passenger"
    assert first["documents"] == [{"type": "passport", "number": "DZ4410982", "country": "dz"}]
    assert first["details"]["flight"] == ["GN417"]
    assert first["source"] == {
        "unit": 1, "file": str(sample("flight.edi")), "line": 13, "message": "1", "segment": 11, "field": "NAD.4",
    }  # fmt: skip


def test_a_problem_is_told_on_the_error_stream_and_in_the_exit_code_and_loses_no_one_else(run: Run) -> None:
    done = run("messages", "read", sample("flight.edi"))
    assert done.code == 3
    assert len(lines_of(done.out)) == 9
    assert "segment 90" in done.err


def test_parties_of_a_payment_have_their_roles(run: Run) -> None:
    parties = lines_of(run("messages", "read", sample("payments.xml")).out)
    third = [(one["role"], one.get("name")) for one in parties if one["source"]["unit"] == 3]
    assert ("debtor", "Mariam Toure") in third
    assert ("creditor", "Hawa Camara") in third
    assert ("text", None) in third


def test_the_arabic_spelling_is_got_back_from_a_machine_readable_zone(run: Run) -> None:
    first = lines_of(run("messages", "read", sample("passports.txt")).out)[0]
    assert "حمزة طارق الشنقيطي الولاتي" in [first["name"], *first.get("other_names", [])]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_problem_is_listed_with_its_place_and_code(run: Run, language: str) -> None:
    done = run("messages", "check", sample("flight.edi"), "--lang", language)
    assert done.code == 3
    codes = [line.rsplit("[", 1)[1].rstrip("]") for line in done.out.splitlines()]
    assert codes == ["messages.paxlst.expired", "messages.paxlst.no_birth_date", "messages.paxlst.no_name"]


def test_problems_come_as_json_lines_for_programs(run: Run) -> None:
    told = lines_of(run("messages", "check", sample("flight.edi"), "--format", "json").out)
    last = told[-1]
    assert last["code"] == "messages.paxlst.no_name"
    assert last["screened"] is False
    assert (last["line"], last["segment"]) == (92, 90)
    assert last["problem"]


def test_a_faultless_file_has_no_problems(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "flight.edi"
    text = sample("flight.edi").read_text("ascii")
    start, stop = text.index("NAD+FL'"), text.index("NAD+FL+++BOUCHAIB")
    text = text[:start] + text[stop:]
    text = text.replace("CNT+42:10", "CNT+42:9").replace("DTM+36:260101", "DTM+36:290101")
    text = text.replace("TOURE:MARIAM'\nATT+2++F'", "TOURE:MARIAM'\nATT+2++F'\nDTM+329:900101'")
    segments = text[text.index("UNH") : text.index("UNZ")].count("'")
    path.write_text(re.sub(r"UNT\+\d+", f"UNT+{segments}", text), "ascii")
    done = run("messages", "check", path)
    assert (done.code, done.out) == (0, "")


def test_each_traveler_has_one_outcome_also_who_could_not_be_read(run: Run, a_list: Path, tmp_path: Path) -> None:
    a_list.write_text(
        json.dumps({"id": "L", "schema": "Person", "properties": {"name": ["Hawa Camara"]}}) + "\n", "utf-8"
    )
    done = run("screen", sample("flight.edi"), "--against", a_list, "--out", tmp_path / "hits.jsonl")
    assert done.code == 3
    outcomes = lines_of((tmp_path / "hits.jsonl.outcomes.jsonl").read_text("utf-8"))
    assert [one["unit"] for one in outcomes] == list(range(1, 11))
    assert [one["outcome"] for one in outcomes] == ["clear", "hits", *["clear"] * 6, "unread", "clear"]
    assert outcomes[1]["hits"][0] | {"score": 1} == {
        "role": "passenger", "name": "HAWA CAMARA", "score": 1, "entity_id": "L", "dataset": "list",
        "caption": "Hawa Camara", "reference": None,
    }  # fmt: skip
    assert outcomes[8]["problems"] == ["messages.paxlst.no_name"]


def test_outcomes_go_where_they_are_asked_for(run: Run, a_list: Path, tmp_path: Path) -> None:
    out, outcomes = tmp_path / "hits.csv", tmp_path / "told.jsonl"
    run("screen", sample("payments.xml"), "--against", a_list, "--out", out, "--outcomes", outcomes)
    assert [one["reference"] for one in lines_of(outcomes.read_text("utf-8"))] == ["I0001", "I0002", "I0003", "I0004"]
    assert not (tmp_path / "hits.csv.outcomes.jsonl").exists()


def test_outcomes_are_json_lines_and_nothing_else(run: Run, a_list: Path, tmp_path: Path) -> None:
    out, outcomes = tmp_path / "hits.csv", tmp_path / "told.xlsx"
    done = run("screen", sample("payments.xml"), "--against", a_list, "--out", out, "--outcomes", outcomes)
    assert done.code == 1
    assert ".jsonl" in done.err


def test_outcomes_of_other_messages_do_not_stay(run: Run, a_list: Path, subjects: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.jsonl"
    run("screen", sample("payments.xml"), "--against", a_list, "--out", out)
    assert (tmp_path / "hits.jsonl.outcomes.jsonl").exists()
    run("screen", subjects, "--against", a_list, "--out", out)
    assert not (tmp_path / "hits.jsonl.outcomes.jsonl").exists()


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_file_that_is_refused_leaves_the_others_to_be_read(run: Run, tmp_path: Path, command: str) -> None:
    done = run("messages", command, tmp_path / "none.edi", sample("flight.edi"))
    assert done.code == 1
    assert "none.edi" in done.err
    assert len(done.out.splitlines()) in (9, 3)


def test_a_table_has_no_outcomes(run: Run, a_list: Path, subjects: Path, tmp_path: Path) -> None:
    run("screen", subjects, "--against", a_list, "--out", tmp_path / "hits.jsonl")
    assert not (tmp_path / "hits.jsonl.outcomes.jsonl").exists()


def test_hits_of_messages_tell_role_and_place_in_a_spreadsheet(run: Run, a_list: Path, tmp_path: Path) -> None:
    a_list.write_text(
        json.dumps({"id": "L", "schema": "Person", "properties": {"name": ["Hawa Camara"]}}) + "\n", "utf-8"
    )
    out = tmp_path / "hits.csv"
    run("screen", sample("flight.edi"), "--against", a_list, "--out", out)
    (cells,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert cells["role"] == "passenger"
    assert (cells["unit"], cells["segment"]) == ("2", "21")


def test_the_answer_to_a_passenger_list_tells_of_its_data_and_decides_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "answer.edi"
    done = run("messages", "acknowledge", sample("flight.edi"), "--recipient", "INVENTEDAIR", "--out", out)
    assert done.code == 0
    answer = out.read_text("ascii")
    assert "CUSRES" in answer
    assert "ERC+001" in answer
    assert not any(f"ERC+{code}" in answer for code in ("0Z", "1Z", "2Z"))


def test_what_is_no_passenger_list_is_not_answered(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "answer.edi"
    done = run("messages", "acknowledge", sample("payments.xml"), "--recipient", "X", "--out", out)
    assert done.code == 1
    assert "PAXLST" in done.err
    assert not out.exists()


def test_what_was_said_of_the_whole_file_stands_in_the_report(run: Run, a_list: Path, tmp_path: Path) -> None:
    path, report = tmp_path / "flight.edi", tmp_path / "r.html"
    path.write_text(sample("flight.edi").read_text("ascii").replace("CNT+42:10", "CNT+42:12"), "ascii")
    done = run("screen", path, "--against", a_list, "--out", tmp_path / "h.jsonl", "--report", report)
    assert done.code == 3
    assert "12 travelers; 10 were found" in report.read_text("utf-8")


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    done = run("messages", "read", tmp_path / "none.edi")
    assert done.code == 1
    assert "none.edi" in done.err
