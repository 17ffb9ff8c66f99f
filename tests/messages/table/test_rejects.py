"""The rejects file tells what was wrong and harms no spreadsheet."""

import csv
import io

from tahaluf.domain import Problem, Where
from tahaluf.messages import RejectSink, render_rejects


def test_each_rejection_is_a_row_with_its_place_and_reason() -> None:
    sink = RejectSink()
    sink.reject(Problem("messages.table.width", Where("f", 7), "3", "2"), "a,b")
    sink.note(Problem("messages.table.country", Where("f", 8, "Pays"), "ISO 3166", "Atlantis"), "x,y,Atlantis")
    rows = list(csv.reader(io.StringIO(render_rejects(sink.take(), heading=True))))
    assert rows == [
        ["line", "column", "expected", "found", "code", "screened", "row"],
        ["7", "", "3", "2", "messages.table.width", "no", "a,b"],
        ["8", "Pays", "ISO 3166", "Atlantis", "messages.table.country", "yes", "x,y,Atlantis"],
    ]
    assert (sink.rejected, sink.noted, sink.take()) == (1, 1, [])


def test_text_of_a_bad_row_is_no_formula_and_no_broken_encoding() -> None:
    sink = RejectSink()
    sink.reject(Problem("c", Where("f", 1), "=1+1", "@x"), '=cmd|"/c calc"!A1 \udcff')
    text = render_rejects(sink.take())
    (row,) = csv.reader(io.StringIO(text))
    assert [cell[0] for cell in (row[2], row[3], row[6])] == ["'", "'", "'"]
    assert text.encode("utf-8")


def test_a_very_long_row_is_cut() -> None:
    sink = RejectSink()
    sink.reject(Problem("c", Where("f", 1)), "x" * 1_000_000)
    assert len(render_rejects(sink.take())) < 5000
