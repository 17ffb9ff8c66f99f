"""Lines written from arrays are those of the hits, byte for byte."""

import csv
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tahaluf import lists
from tahaluf.domain import Alias, Document, IndexFileError, Kind, Listing, PartyRole, Subject, Where
from tahaluf.messages import batch_of
from tahaluf.screening import Screener
from tahaluf.screening.export import render_rows
from tahaluf.screening.kernel.lines import ten_thousandths, write_number
from tahaluf.screening.lines.entries import read_words
from tests.conftest import shared_file
from tests.screening.engines import real
from tests.screening.index.forged import forge_array, read_array
from tests.screening.tiny_model import names

MORE = (
    Listing("kura", Kind.ORGANIZATION, "invented", (Alias("Kadhaba Union of Roads and Airs"),), reference="QDe.1"),
    Listing("tools", Kind.COMPANY, "invented", (Alias('Zerdoumi \\ "Works" SARL'), Alias("مصرف زردومي"))),
    Listing("bob", Kind.PERSON, "invented", (Alias("Bob Abd al-Rahman ben Kerroubi"), Alias("Nur Din Al Salem"))),
    Listing("dr", Kind.PERSON, "invented", (Alias("Dr. M. Salem Ould Khadidja"), Alias("Jean-Luc Abdou Razak"))),
)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile([*real.listings(), *MORE], tmp_path_factory.mktemp("lines") / "index")


def check(screener: Screener, batch: pa.RecordBatch, top: int = 5, threshold: float | None = 0.0) -> int:
    plain = render_rows(screener.screen_batch(batch, top=top, threshold=threshold))
    assert screener.screen_lines(batch, top=top, threshold=threshold) == plain
    return len(plain.data)


@given(
    words=st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1), min_size=1)
)
@example(words=['a"b', "c\\d", "\x00\x7f", "محمد"])
def test_stored_words_are_quoted_whatever_they_hold(words: list[str]) -> None:
    read, particles = read_words("\n".join(words))
    assert [orjson.loads(b'"' + word + b'"') for word in read] == words and particles == b""


@pytest.mark.parametrize("threshold", [0.0, 0.2, None, 1.0])
@pytest.mark.parametrize("top", [1, 5, 1000])
def test_of_subjects_with_attributes_and_numbers(screener: Screener, threshold: float | None, top: int) -> None:
    (batch,) = real.batches_of(real.subjects(), 500)
    assert check(screener, batch, top, threshold) or threshold == 1.0


@settings(max_examples=60, deadline=None)
@given(written=st.lists(names, min_size=0, max_size=12), top=st.integers(1, 6), line=st.booleans())
def test_of_names_of_any_kind(screener: Screener, written: list[str], top: int, line: bool) -> None:
    columns = {"id": [f'"{k}\n' for k in range(len(written))], "names": [[name] for name in written]}
    columns["kind"] = ["LegalEntity" if k % 5 else "Person" for k in range(len(written))]
    schema = [("id", pa.string()), ("names", pa.list_(pa.string())), ("kind", pa.string())]
    batch = pa.RecordBatch.from_pydict(columns, schema=pa.schema(schema))
    if line:
        batch = batch.append_column("line", pa.array(range(1, len(written) + 1), pa.int64()))
    check(screener, batch, top)


def test_of_letters_texts_notes_and_parties(screener: Screener) -> None:
    at = {"where": Where(message="M1", segment=3, field="59"), "unit": 4}
    subjects = [
        Subject("letters", ("KURA",), Kind.ORGANIZATION),
        Subject("text", (), role=PartyRole.TEXT, details=(("text", "rent of Bob Kerroubi, Mohamed Tandjawi"),), **at),
        Subject("note", ("Mohamed Tandjawi (alias Bob Kerroubi)",)),
        Subject("two", ("Zerdoumi Works", "Khaled Kerroubi")),
        Subject("number", (), documents=(Document("AB120005", "passport", "ml"),)),
        Subject("party", ("Youssef Kerroubi",), role=PartyRole.CREDITOR, **at),
        Subject("none", ("",)),
    ]
    assert check(screener, batch_of(subjects), 5, 0.0)
    assert check(screener, batch_of(subjects), 5, 0.1)


def test_of_a_list_without_names(tmp_path: Path) -> None:
    stolen = Listing("s", Kind.UNKNOWN, "invented", (), documents=(Document("AB123456", "passport", "ml"),))
    screener = Screener.compile([stolen], tmp_path / "index")
    bearer = Subject("q", ("Khaled Kerroubi",), documents=(Document("AB123456", "passport", "ml"),))
    assert check(screener, batch_of([bearer, Subject("none", ("Nadia",))]))


def test_of_real_names(tmp_path: Path) -> None:
    bench = shared_file("bench", "names-dev")
    screener = Screener.compile(lists.read(bench / "list_people.ftm.json.gz"), tmp_path / "index")
    rows = []
    for file in ("people_ar2lat.csv", "alias.csv"):
        with (bench / file).open(encoding="utf-8", newline="") as stream:
            rows += [(row["id"], row["name"]) for row in csv.DictReader(stream)][:400]
    columns = {"id": [own for own, _ in rows], "names": [[name] for _, name in rows], "kind": ["Person"] * len(rows)}
    assert check(screener, pa.RecordBatch.from_pydict(columns)) > 100_000


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.floats(0, 1), st.integers(0, 20000).map(lambda k: k / 20000)))
def test_likeness_is_rounded_as_python_rounds_it(p: float) -> None:
    value = int(ten_thousandths(p))
    assert value / 10000 == round(p, 4)
    out = np.zeros(16, np.uint8)
    assert out[: write_number(value, 10000, out, 0)].tobytes() == orjson.dumps(round(p, 4))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_weights_are_written_with_the_digits_that_they_have(value: int) -> None:
    out = np.zeros(24, np.uint8)
    assert out[: write_number(value, 1000, out, 0)].tobytes() == orjson.dumps(value / 1000)


def test_words_of_another_name_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    Screener.compile(MORE, tmp_path / "index")
    words, starts = (read_array(tmp_path / "index", name) for name in ("text_words", "text_words_starts"))
    # One word fewer in the first name: its last line end becomes a letter.
    ends = np.flatnonzero(words[: int(starts[1])] == ord("\n"))
    words[int(ends[0])] = ord("x")
    forge_array(tmp_path / "index", "text_words", words)
    batch = batch_of([Subject("s", ("Kadhaba Union of Roads and Airs",), Kind.ORGANIZATION)])
    with pytest.raises(IndexFileError) as refused:
        Screener.open(tmp_path / "index").screen_lines(batch, threshold=0.0)
    assert "name_tokens" in str(refused.value)
