"""Whatever becomes of the bytes of a file: rows and rejects, or a clear refusal, and nothing else."""

import json
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import InputError
from tahaluf.messages import SUBJECT_SCHEMA, RejectSink, read_batches, render_rejects, subjects_of
from tests.messages.helpers import make, write

FORMS = ["csv", "csv.gz", "jsonl", "xlsx", "parquet", "ftm"]
TOKENS = [
    b"", b"\x00", b"\xff", b"\n", b'"', b",", b"{", b"[", b"}", b"]", b"null", b"-1", b"99999999999999999999", b"1e999",
    b"\xed\xa0\x80", b"<", b"/>", b"&", b"schema", b"properties", b"=cmd|", b"PAR1", b"r=",
    b"\xf0\x9f\x92\xa9", b"a" * 300,
]  # fmt: skip

Edit = tuple[float, int, bytes]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(TOKENS)), min_size=1, max_size=6)


@cache
def sample(form: str) -> bytes:
    """A good file of this format."""
    with TemporaryDirectory() as folder:
        return make(Path(folder) / "s", form).read_bytes()


def edited(content: bytes, edits: list[Edit]) -> bytes:
    """Each edit replaces some bytes at a place, given as a part of the whole."""
    for place, length, token in edits:
        at = int(place * len(content))
        content = content[:at] + token + content[at + length :]
    return content


def read_through(content: bytes) -> None:
    """Reads to the end; a refusal has a code and a place, and every reject can be written."""
    with TemporaryDirectory() as folder:
        path, sink = write(Path(folder) / "s", content), RejectSink()
        try:
            for batch in read_batches(path, rejects=sink):
                assert batch.schema.equals(SUBJECT_SCHEMA)
                batch.validate(full=True)
                for subject in subjects_of(batch, str(path)):
                    assert subject.id and subject.names
        except InputError as refused:
            problem = refused.problem
            assert problem.code.startswith("messages.table.") and problem.where.file == str(path)
        for rejection in sink.take():
            assert rejection.problem.code.startswith("messages.table.") and rejection.problem.where.file == str(path)
            render_rejects([rejection]).encode()


@pytest.mark.parametrize("form", FORMS)
@given(edits=EDITS)
def test_changed_bytes_end_in_rows_and_rejects_or_a_refusal(form: str, edits: list[Edit]) -> None:
    read_through(edited(sample(form), edits))


@given(part=st.integers(0, 20), edits=EDITS)
def test_changed_parts_of_a_workbook_end_so_too(part: int, edits: list[Edit]) -> None:
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(sample("xlsx"))) as whole, zipfile.ZipFile(changed, "w") as archive:
        names = whole.namelist()
        for name in names:
            content = whole.read(name)
            archive.writestr(name, edited(content, edits) if name == names[part % len(names)] else content)
    read_through(changed.getvalue())


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=8,
)


def as_entity(value: object) -> dict[str, object]:
    return {"id": value, "schema": value, "caption": value, "properties": value}


def as_properties(value: object) -> dict[str, object]:
    return {"id": "a", "schema": "Person", "properties": {"name": value, "birthDate": value, "holder": value}}


def as_row(value: object) -> dict[str, object]:
    return {"name": value, "id": value, "dob": value, "nationality": value, "type": value, "passport": value}


@pytest.mark.parametrize("shape", [as_entity, as_properties, as_row])
@pytest.mark.parametrize("form", ["jsonl", "ftm"])
@given(value=JSON)
def test_any_value_in_any_place_of_a_line_ends_so_too(
    form: str, shape: Callable[[object], dict[str, object]], value: object
) -> None:
    read_through(sample(form) + b"\n" + json.dumps(shape(value)).encode() + b"\n" + sample(form))
