"""`tahaluf screen`: hits in every format, rejects, exit codes, and words that say what to do."""

import csv
import gc
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from tahaluf.domain import Hit
from tests.cli.fake_engine import FakeScreener
from tests.cli.running import Outcome

Run = Callable[..., Outcome]


def hits_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_hits_have_what_is_promised_and_bad_rows_go_to_the_rejects(run: Run, subjects: Path, a_list: Path) -> None:
    out = subjects.with_name("hits.jsonl")
    done = run("screen", subjects, "--against", a_list, "--out", out)
    assert done.code == 3
    hits = hits_of(out)
    assert {"query_id", "entity_id", "score", "name", "explanation"} <= hits[0].keys()
    assert [hit["query_id"] for hit in hits] == [f"q{n}" for n in range(1, 61) if n % 4 and n % 10]
    rejects = read_csv(out.parent / "hits.jsonl.rejects.csv")
    assert [(row["line"], row["expected"], row["found"], row["row"]) for row in rejects] == [
        (str(n + 1), "2", "1", f"q{n}") for n in range(10, 61, 10)
    ]
    assert "54 subjects screened" in done.out.splitlines()[-1]
    assert "6 rows rejected" in done.out.splitlines()[-1]


def test_without_bad_rows_the_code_is_zero_and_no_rejects_are_left_lying(
    run: Run, tmp_path: Path, a_list: Path
) -> None:
    subjects = tmp_path / "s.csv"
    subjects.write_text("id,name\n1,Nadia Bakkar\n", "utf-8")
    (tmp_path / "h.jsonl.rejects.csv").write_text("of an earlier run", "utf-8")
    assert run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl").code == 0
    assert sorted(path.name for path in tmp_path.glob("h.jsonl*")) == ["h.jsonl"]


def test_threshold_zero_writes_the_best_whatever_their_score(run: Run, tmp_path: Path, a_list: Path) -> None:
    subjects = tmp_path / "s.csv"
    subjects.write_text("name\nQuite Another\n", "utf-8")
    run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl", "--threshold", "0", "--top", "2")
    assert [(hit["rank"], hit["score"]) for hit in hits_of(tmp_path / "h.jsonl")] == [(1, 0.0), (2, 0.0)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_every_format_holds_the_same_hits(run: Run, subjects: Path, a_list: Path, suffix: str) -> None:
    folder = subjects.parent
    run("screen", subjects, a_list, "--out", folder / "h.jsonl")
    assert run("screen", subjects, a_list, "--out", folder / f"h.{suffix}").code == 3
    expected = [(hit["query_id"], hit["entity_id"], hit["score"]) for hit in hits_of(folder / "h.jsonl")]
    assert read_table(folder / f"h.{suffix}") == expected


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_table(path: Path) -> list[tuple[str, str, float]]:
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
    elif path.suffix == ".csv":
        rows = read_csv(path)
    else:
        with CalamineWorkbook.from_path(path) as book:
            head, *body = book.get_sheet_by_index(0).to_python()
        rows = [dict(zip(head, row, strict=True)) for row in body]
    return [(row["query_id"], row["entity_id"], float(row["score"])) for row in rows]


def test_lists_together_and_several_indexes_are_merged_by_score(run: Run, tmp_path: Path, a_list: Path) -> None:
    other = tmp_path / "other.ftm.json"
    other.write_text('{"id":"X","schema":"Person","properties":{"name":["Nadia Bakkar Salem"]}}\n', "utf-8")
    subjects = tmp_path / "s.csv"
    subjects.write_text("name\nNadia Bakkar\n", "utf-8")
    assert run("index", other, "--out", tmp_path / "other").code == 0
    run("screen", subjects, a_list, tmp_path / "other", "--out", tmp_path / "a.jsonl", "--threshold", "0.5")
    run(
        "screen", subjects, "--against", a_list, "--against", other, "--out", tmp_path / "b.jsonl", "--threshold", "0.5"
    )
    for name in ("a.jsonl", "b.jsonl"):
        assert [(hit["rank"], hit["entity_id"], hit["dataset"]) for hit in hits_of(tmp_path / name)] == [
            (1, "L3", "invented"),
            (2, "X", "other"),
        ]


def test_the_number_of_workers_and_the_size_of_batches_change_nothing(run: Run, subjects: Path, a_list: Path) -> None:
    outs = {
        (workers, size): subjects.with_name(f"{workers}-{size}.jsonl")
        for workers in (1, 2, 4)
        for size in (1, 7, 16384)
    }
    for (workers, size), out in outs.items():
        run("screen", subjects, a_list, "--out", out, "--batch-size", size, "--workers", workers)
    assert len({out.read_bytes() for out in outs.values()}) == 1
    assert len({out.with_name(out.name + ".rejects.csv").read_bytes() for out in outs.values()}) == 1


def test_every_hit_tells_the_line_of_its_subject_so_that_two_of_one_id_stay_apart(
    run: Run, tmp_path: Path, a_list: Path
) -> None:
    subjects = tmp_path / "s.csv"
    subjects.write_text("id,name\n7,Nadia Bakkar\n8,Quite Another\n7,Khaled Osaimi\n", "utf-8")
    for suffix in ("jsonl", "csv"):
        run("screen", subjects, a_list, "--out", tmp_path / f"h.{suffix}")
    assert [(hit["query_id"], hit["line"], hit["name"]) for hit in hits_of(tmp_path / "h.jsonl")] == [
        ("7", 2, "Nadia Bakkar"),
        ("7", 4, "Khaled Osaimi"),
    ]
    assert [row["line"] for row in read_csv(tmp_path / "h.csv")] == ["2", "4"]


def test_what_is_open_is_left_out_of_the_search_for_garbage_while_screening_and_not_after(
    run: Run, subjects: Path, a_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[int] = []
    asked = FakeScreener.screen_batch

    def look(self: FakeScreener, batch: pa.RecordBatch, **options: float) -> list[list[Hit]]:
        frozen.append(gc.get_freeze_count())
        return asked(self, batch, **options)

    monkeypatch.setattr(FakeScreener, "screen_batch", look)
    run("screen", subjects, a_list, "--out", subjects.with_name("h.jsonl"))
    assert min(frozen) > 0 == gc.get_freeze_count()


def test_the_summary_as_json_has_figures(run: Run, subjects: Path, a_list: Path) -> None:
    done = run("screen", subjects, a_list, "--out", subjects.with_name("h.jsonl"), "--summary", "json")
    figures = json.loads(done.out.splitlines()[-1])
    assert (figures["subjects"], figures["rejected"], figures["hits"]) == (54, 6, 42)
    assert figures["seconds"] > 0 and figures["subjects_per_second"] > 0


def test_lists_are_compiled_once_and_anew_when_they_change(
    run: Run, subjects: Path, a_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tahaluf.cli import engine

    compiled = []
    original = engine.compile_index
    monkeypatch.setattr(engine, "compile_index", lambda *given: compiled.append(1) or original(*given))
    out = subjects.with_name("h.jsonl")
    run("screen", subjects, a_list, "--out", out)
    run("screen", subjects, a_list, "--out", out)
    assert len(compiled) == 1
    a_list.write_text(a_list.read_text("utf-8").replace("Bakkar", "Bekkar"), "utf-8")
    run("screen", subjects, a_list, "--out", out)
    run("screen", subjects, a_list, "--out", out, "--no-cache")
    assert len(compiled) == 3


def test_problems_of_a_list_are_said_from_the_cache_too(run: Run, tmp_path: Path, a_list: Path) -> None:
    subjects = tmp_path / "s.csv"
    subjects.write_text("name\nNadia Bakkar\n", "utf-8")
    a_list.write_text(a_list.read_text("utf-8") + "no json\n", "utf-8")
    first = run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl")
    again = run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl")
    assert (first.code, again.code) == (3, 3)
    assert first.err == again.err
    assert "line 7" in first.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["{subjects}", "--out", "{folder}/h.jsonl"], 2, "--against"),
        (["{subjects}", "{list}"], 2, "--out"),
        (["{subjects}", "{list}", "--out", "{folder}/h.txt"], 1, ".jsonl"),
        (["{folder}/nope.csv", "{list}", "--out", "{folder}/h.csv"], 1, "nope.csv"),
        (["{subjects}", "{folder}/nope.xml", "--out", "{folder}/h.csv"], 1, "nope.xml"),
        (["{subjects}", "{list}", "--out", "{folder}/no/h.csv"], 1, "Create it first"),
        (["{subjects}", "{list}", "--out", "{subjects}"], 1, "different files"),
        (["{subjects}", "{list}", "--out", "{folder}/h.csv", "--map", "name"], 2, "ROLE=COLUMN"),
        (["{subjects}", "{list}", "--out", "{folder}/h.csv", "--map", "nom=id"], 1, "nom"),
        (["{subjects}", "{list}", "--out", "{folder}/h.csv", "--top", "0"], 2, "--top"),
    ],
)
def test_what_cannot_be_done_is_refused_with_words(
    run: Run, subjects: Path, a_list: Path, arguments: list[str], code: int, words: str
) -> None:
    given = [text.format(subjects=subjects, list=a_list, folder=subjects.parent) for text in arguments]
    before = subjects.read_bytes()
    done = run("screen", *given)
    assert done.code == code
    assert words in done.err
    assert subjects.read_bytes() == before


def test_columns_may_be_mapped(run: Run, tmp_path: Path, a_list: Path) -> None:
    subjects = tmp_path / "s.csv"
    subjects.write_text("a;b\n7;Nadia Bakkar\n", "utf-8")
    run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl", "--map", "name=b,id=1", "--kind", "person")
    assert [hit["query_id"] for hit in hits_of(tmp_path / "h.jsonl")] == ["7"]


def test_the_kind_is_what_a_row_says_else_the_option_else_what_the_row_has(
    run: Run, tmp_path: Path, a_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    asked = FakeScreener.screen_batch

    def look(self: FakeScreener, batch: pa.RecordBatch, **options: float) -> list[list[Hit]]:
        seen.append(batch.column("kind").to_pylist())
        return asked(self, batch, **options)

    monkeypatch.setattr(FakeScreener, "screen_batch", look)
    subjects = tmp_path / "s.csv"
    subjects.write_text("name,kind,dob\nNadia Bakkar,,1984\nNoor Al Sahel,vessel,\nOasis,,\n", "utf-8")
    for options in ([], ["--kind", "person"], ["--kind", "airplane"]):
        assert run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl", *options).code == 0
    assert seen == [
        ["Person", "Vessel", "LegalEntity"],
        ["Person", "Vessel", "Person"],
        ["Airplane", "Vessel", "Airplane"],
    ]
    assert run("screen", subjects, a_list, "--out", tmp_path / "h.jsonl", "--kind", "ghost").code == 2
