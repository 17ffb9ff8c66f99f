"""Every format gives the same subjects; each is recognized by content; hostile files are refused."""

import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tahaluf.domain import InputError
from tahaluf.messages import SUBJECT_SCHEMA, batch_of, content, read, read_batches, subjects_of
from tahaluf.messages.content import Limits
from tests.messages.helpers import make, rows_and_rejects, rows_of, write

EXPECTED = [(["Idriss Zerouali"], ["1984-03-12"], ["ma"]), (["نادية بكار"], ["1990"], ["ml"])]


@pytest.mark.parametrize("form", ["csv", "csv.gz", "jsonl", "xlsx", "parquet", "ftm"])
def test_every_format_gives_the_same_subjects_whatever_the_file_is_called(tmp_path: Path, form: str) -> None:
    rows = rows_of(make(tmp_path / "no-suffix", form))
    assert [(row["names"], row["birth_dates"], row["nationalities"]) for row in rows] == EXPECTED
    assert [row["id"] for row in rows] == ["1", "2"]


@pytest.mark.parametrize("form", ["csv.gz", "xlsx", "parquet"])
def test_a_file_cut_short_is_refused_as_damaged(tmp_path: Path, form: str) -> None:
    whole = make(tmp_path / "whole", form).read_bytes()
    for length in (len(whole) // 3, len(whole) // 2, len(whole) - 3):
        with pytest.raises(InputError) as refused:
            rows_of(write(tmp_path / "cut", whole[:length]))
        assert refused.value.problem.code == "messages.table.damaged"


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"<?xml version='1.0'?><a/>", b"\xd0\xcf\x11\xe0 old", b"[1, 2]"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(write(tmp_path / "s", content))
    assert refused.value.problem.code == "messages.table.format"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        rows_of(write(tmp_path / "s", " \n"))
    assert refused.value.problem.code == "messages.table.empty"


def test_json_lines_that_are_none_are_rejected_one_by_one(tmp_path: Path) -> None:
    rows, rejects = rows_and_rejects(write(tmp_path / "s", '{"name": "Nadia"}\n{"name": \n[1]\n{"name": "Idriss"}\n'))
    assert [(row["names"], row["line"]) for row in rows] == [(["Nadia"], 1), (["Idriss"], 4)]
    assert [(r.problem.code, r.problem.where.line) for r in rejects] == [
        ("messages.table.json", 2),
        ("messages.table.json", 3),
    ]


def test_json_arrays_are_alternatives_and_structures_are_left_out_and_said(tmp_path: Path) -> None:
    content = '{"name": ["Nadia", "نادية"], "nationality": ["ma", "fr"], "birth_date": {"year": 1990}, "n": null}\n'
    rows, rejects = rows_and_rejects(write(tmp_path / "s", content))
    assert (rows[0]["names"], rows[0]["nationalities"]) == (["Nadia", "نادية"], ["ma", "fr"])
    assert [r.problem.code for r in rejects] == ["messages.table.nested"]


def test_keys_that_appear_later_are_used_too(tmp_path: Path) -> None:
    lines = ['{"name": "Nadia"}'] * 20_000 + ['{"name": "Idriss", "dob": "1984"}']
    assert rows_of(write(tmp_path / "s", "\n".join(lines)))[-1]["birth_dates"] == ["1984"]


def test_papers_that_are_entities_of_their_own_go_to_their_holder(tmp_path: Path) -> None:
    entities = [
        {"id": "p", "schema": "Passport", "properties": {"holder": ["a"], "number": ["AB123"]}},
        {"id": "a", "schema": "Person", "properties": {"name": ["Nadia"], "alias": ["نادية"], "lastName": ["B"]}},
        {"id": "x", "schema": "Address", "properties": {"full": ["Rue 5"]}},
    ]
    (row,) = rows_of(write(tmp_path / "s", "\n".join(map(json.dumps, entities))))
    assert (row["id"], row["names"], row["line"]) == ("a", ["Nadia", "نادية"], 2)
    assert row["documents"] == [{"type": "passport", "number": "AB123", "country": None}]


def test_parquet_takes_dates_and_lists_as_they_are(tmp_path: Path) -> None:
    table = pa.table({"names": [["Nadia", "نادية"]], "birth date": [date(1990, 5, 1)], "id": [7]})
    pq.write_table(table, tmp_path / "s")
    (row,) = rows_of(tmp_path / "s")
    assert (row["id"], row["names"], row["birth_dates"]) == ("7", ["Nadia", "نادية"], ["1990-05-01"])


def test_batches_have_the_schema_and_the_size_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "s", "name\n" + "Nadia Bakkar\n" * 10)
    sizes = [batch.num_rows for batch in read_batches(path, batch_size=4)]
    assert sizes == [4, 4, 2]
    assert all(batch.schema.equals(SUBJECT_SCHEMA) for batch in read_batches(path))


def test_subjects_and_batches_are_two_forms_of_the_same(tmp_path: Path) -> None:
    text = "id,name,dob,sex,nationality,passport,pob,type\n1,Nadia,1990-05,F,ma,AB1,Fès,person\n2,Idriss,,,,,,\n"
    path = write(tmp_path / "s", text)
    subjects = list(read(path))
    assert list(subjects_of(batch_of(subjects), str(path))) == subjects
    assert subjects[0].birth_dates[0].isoformat() == "1990-05"


@pytest.mark.parametrize("form", ["jsonl", "ftm"])
@pytest.mark.parametrize(
    "value", ["[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, "[" * 90_000, "[[" * 40 + "]]" * 40]
)
def test_a_line_nested_beyond_measure_is_rejected_and_the_rest_goes_on(tmp_path: Path, form: str, value: str) -> None:
    kept = make(tmp_path / "kept", form).read_text("utf-8").splitlines()
    deep = f'{{"name": {value}}}' if form == "jsonl" else f'{{"schema": "Person", "properties": {{"name": {value}}}}}'
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "\n".join([kept[0], deep, kept[1]])))
    assert [row["line"] for row in rows] == [1, 3]
    assert [(r.problem.code, r.problem.where.line, r.screened) for r in rejects] == [("messages.table.json", 2, False)]


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("ms"), pa.timestamp("us", tz="UTC")])
def test_a_date_out_of_range_is_left_out_and_said_and_the_row_is_screened(tmp_path: Path, kind: pa.DataType) -> None:
    whole = pa.int32() if kind == pa.date32() else pa.int64()
    days = pa.array([0, 2 ** (whole.bit_width - 2), None], whole).cast(kind)
    table = pa.table({"name": ["Nadia", "Idriss", "Salma"], "dob": days})
    pq.write_table(table, tmp_path / "s")
    rows, rejects = rows_and_rejects(tmp_path / "s")
    assert [(row["names"], row["birth_dates"]) for row in rows] == [
        (["Nadia"], ["1970-01-01"]),
        (["Idriss"], []),
        (["Salma"], []),
    ]
    assert [(r.problem.code, r.problem.where.line, r.screened) for r in rejects] == [
        ("messages.table.birth_date", 2, True)
    ]


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.list_(pa.binary()), pa.binary(12)])
def test_bytes_are_read_as_text_or_rejected_with_their_place(tmp_path: Path, kind: pa.DataType) -> None:
    names = [b"Ali Hassan  ", b"Ali Ha\xffsan  ", "نادية ".encode() + b" "]
    values = [[name] for name in names] if pa.types.is_list(kind) else names
    pq.write_table(pa.table({"name": pa.array(values, kind), "id": ["1", "2", "3"]}), tmp_path / "s")
    rows, rejects = rows_and_rejects(tmp_path / "s")
    assert [(row["id"], row["names"]) for row in rows] == [("1", ["Ali Hassan"]), ("3", ["نادية"])]
    problems = [(r.problem.code, r.problem.where.line, r.problem.where.field, r.problem.found) for r in rejects]
    assert problems == [("messages.table.undecodable", 2, "name", "0xFF")]
    assert not rejects[0].screened


THINGS = ["Vehicle", "Asset", "Security", "BankAccount", "CryptoWallet", "RealEstate", "UserAccount", "Thing"]


@pytest.mark.parametrize("schema", [*THINGS, "LegalEntity"])
def test_what_has_a_name_and_may_be_listed_is_screened_as_of_no_known_kind(tmp_path: Path, schema: str) -> None:
    entity = {"id": "v", "schema": schema, "properties": {"name": ["Noor Al Sahel"], "country": ["pa"]}}
    rows, rejects = rows_and_rejects(write(tmp_path / "s", json.dumps(entity)))
    assert [(row["id"], row["names"], row["kind"], row["residences"]) for row in rows] == [
        ("v", ["Noor Al Sahel"], "LegalEntity", ["pa"])
    ]
    assert rejects == []


def test_the_number_of_an_account_is_no_name(tmp_path: Path) -> None:
    entity = {"id": "w", "schema": "CryptoWallet", "caption": "1BoatSLRHt", "properties": {"publicKey": ["1BoatSLRHt"]}}
    rows, rejects = rows_and_rejects(write(tmp_path / "s", json.dumps(entity)))
    assert (rows, [(r.problem.code, r.problem.where.line) for r in rejects]) == ([], [("messages.table.no_name", 1)])


def test_entities_that_are_no_party_are_counted_by_schema(tmp_path: Path) -> None:
    schemata = ["Address", "Ownership", "Address", "Person", "Passport", "Sanction"]
    entities = [
        {"id": str(number), "schema": schema, "properties": {"name": ["Nadia"]}}
        for number, schema in enumerate(schemata)
    ]
    entities.append({"id": "p", "schema": "Passport", "properties": {"holder": ["3"], "number": ["AB1"]}})
    rows, rejects = rows_and_rejects(write(tmp_path / "s", "\n".join(map(json.dumps, entities))))
    assert [row["id"] for row in rows] == ["3"]
    assert [(r.problem.code, r.problem.found, r.screened) for r in rejects] == [
        ("messages.table.no_party", "Address: 2, Ownership: 1, Passport: 1, Sanction: 1", True)
    ]


@pytest.mark.parametrize("schema", [["Person"], {"a": 1}, None, 7])
def test_a_schema_that_is_no_text_is_said_and_the_entity_is_screened(tmp_path: Path, schema: object) -> None:
    entities = [{"id": "a", "schema": "Person", "properties": {"name": ["Nadia"]}}]
    entities.append({"id": "b", "schema": schema, "properties": {"name": ["Idriss"]}})
    rows, _ = rows_and_rejects(write(tmp_path / "s", "\n".join(map(json.dumps, entities))))
    assert [row["names"] for row in rows] == [["Nadia"], ["Idriss"]]


@pytest.mark.parametrize("limits", [Limits(total=5_000), Limits(ratio=2, ratio_free=5_000)])
def test_gzip_that_unpacks_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: Limits
) -> None:
    path = write(tmp_path / "s", gzip.compress(b"name\n" + b"Nadia Bakkar\n" * 10_000))
    assert len(rows_of(path)) == 10_000
    monkeypatch.setattr(content, "LIMITS", limits)
    with pytest.raises(InputError) as refused:
        rows_of(path)
    problem = refused.value.problem
    assert (problem.code, problem.where.file) == ("messages.table.packed", str(path))
    assert problem.expected == f"{min(limits.total, max(limits.ratio_free, 2 * path.stat().st_size))} bytes"
