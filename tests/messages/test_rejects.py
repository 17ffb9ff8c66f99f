"""The rejects file tells what was wrong and harms no spreadsheet."""

import csv
import io

from tahaluf.domain import Problem, Where
from tahaluf.messages import RejectSink, render_rejects
from tahaluf.messages.rejects import MOST_WAITING


def test_each_rejection_is_a_row_with_its_place_and_reason() -> None:
    sink = RejectSink()
    sink.reject(Problem("messages.table.width", Where("f", 7), "3", "2"), "a,b")
    sink.note(Problem("messages.table.country", Where("f", 8, "Pays"), "ISO 3166", "Atlantis"), "x,y,Atlantis")
    text = render_rejects(sink.take(), heading=True, sentence=lambda problem: f"say {problem.found}")
    assert list(csv.reader(io.StringIO(text))) == [
        ["line", "column", "expected", "found", "code", "problem", "screened", "row", "message", "segment"],
        ["7", "", "3", "2", "messages.table.width", "say 2", "no", "a,b", "", ""],
        ["8", "Pays", "ISO 3166", "Atlantis", "messages.table.country", "say Atlantis", "yes", "x,y,Atlantis", "", ""],
    ]
    assert (sink.rejected, sink.noted, sink.take()) == (1, 1, [])


def test_text_of_a_bad_row_is_no_formula_and_no_broken_encoding() -> None:
    sink = RejectSink()
    sink.reject(Problem("c", Where("f", 1), "=1+1", "@x"), '=cmd|"/c calc"!A1 \udcff')
    text = render_rejects(sink.take())
    (row,) = csv.reader(io.StringIO(text))
    assert [cell[0] for cell in (row[2], row[3], row[7])] == ["'", "'", "'"]
    assert text.encode("utf-8")


def test_a_very_long_row_is_cut() -> None:
    sink = RejectSink()
    sink.reject(Problem("c", Where("f", 1)), "x" * 1_000_000)
    assert len(render_rejects(sink.take())) < 5000


def test_rejections_come_by_line_and_a_row_turned_away_is_screened_in_none_of_its_rows() -> None:
    sink = RejectSink()
    sink.note(Problem("whole", Where("f")), "")
    sink.note(Problem("a", Where("f", 5)), "r5")
    sink.note(Problem("b", Where("f", 3)), "r3")
    sink.reject(Problem("c", Where("f", 5)), "r5")
    taken = [(found.problem.code, found.problem.where.line, found.screened) for found in sink.take()]
    assert taken == [("b", 3, True), ("a", 5, False), ("c", 5, False), ("whole", None, True)]


def test_a_batch_is_due_each_time_that_many_rejections_came() -> None:
    sink = RejectSink()
    due = []
    for number in range(3 * MOST_WAITING):
        (sink.note if number % 2 else sink.reject)(Problem("a", Where("f", 1)), "")
        if sink.is_due():
            due.append(number + 1)
    assert due == [MOST_WAITING, 2 * MOST_WAITING, 3 * MOST_WAITING]
