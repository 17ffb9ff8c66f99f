"""What is wrong in a message is told where it stands, and the payment is screened all the same."""

from pathlib import Path

import pytest

from tahaluf.messages import RejectSink, read_batches
from tahaluf.messages.mt.pieces import MAX_MESSAGE
from tests.messages.mt.samples import MT101, mt103, read


@pytest.mark.parametrize(
    ("changed", "code", "line", "field", "expected", "found"),
    [
        ({"f32A": "240199EUR1,"}, "format", 4, "32A", "6!n3!a15d", "240199EUR1,"),
        ({"f32A": "240115EUR1250.50"}, "format", 4, "32A", "6!n3!a15d", "240115EUR1250.50"),
        ({"f32A": "240115EU1250,50"}, "format", 4, "32A", "6!n3!a15d", "240115EU1250,50"),
        ({"f20": "A REFERENCE OF MORE THAN 16"}, "format", 2, "20", "16x", "A REFERENCE OF MORE THAN 16"),
        ({"f71A": "ALL"}, "format", 14, "71A", "BEN, OUR, SHA", "ALL"),
        ({"f23B": None}, "missing", 2, "23B", ":23B:", ""),
        ({"f59": None}, "missing", 2, "59", ":59:", ""),
        ({"f71A": None}, "missing", 2, "71A", ":71A:", ""),
        ({"f57A": "NOT A BIC"}, "bic", 8, "57A", "ISO 9362", "NOT A BIC"),
        ({"f59": "/FR1420041010050500013M02607\nA B"}, "iban", 9, "59", "ISO 13616", "FR1420041010050500013M02607"),
        ({"f59X": "MARIAM KEITA", "f59": None}, "option", 11, "59X", "59, 59A, 59F", "59X"),
        ({"f70": "X" * 36}, "line_length", 13, "70", "35", "36"),
        ({"f70": "SHOES & SOCKS"}, "characters", 13, "70", "x", "&"),
        ({"f50K": "/1\nMARIAM_KEITA"}, "characters", 6, "50K", "x", "_"),
        ({"f99X": "WHAT"}, "unknown_field", 15, "99X", "MT103", ":99X:"),
        ({"f50A": "BNPAFRPP"}, "duplicate", 15, "50A", "1", ":50A:"),
        ({"f52A": "BCMAMAMC:57A:BNPAFRPP"}, "tag", 7, "52A", "\\r\\n:57A:", ":57A:"),
        ({"f52A": "BCMAMAMC\n:5A:X"}, "tag", 8, "52A", ":20:", ":5A:X"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_was_expected(
    tmp_path: Path, changed: dict[str, str | None], code: str, line: int, field: str, expected: str, found: str
) -> None:
    reading = read(tmp_path, mt103(**changed))
    told = [one for one in reading.rejections if one.problem.code == f"messages.mt.{code}"]
    assert told, reading.codes
    problem = told[0].problem
    where = problem.where
    assert (where.line, where.field, problem.expected, problem.found) == (line, field, expected, found)
    assert (told[0].unit, told[0].screened) == (1, True)
    assert where.file
    assert where.message == reading.rows[0]["message"]
    assert reading.at("50K")["names"] != []


def test_a_missing_reference_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f20=None))
    assert reading.codes == ["missing"]
    assert {row["message"] for row in reading.rows} == {"eb6305c9-1f7f-49de-aed0-16487c27b42d"}


def test_a_bad_field_of_a_later_transaction_is_told_with_its_number(tmp_path: Path) -> None:
    reading = read(tmp_path, MT101.replace("EUR200,", "200"))
    assert [(one.unit, one.problem.where.line) for one in reading.rejections] == [(2, 16)]


def test_a_fault_in_what_all_share_is_told_once(tmp_path: Path) -> None:
    reading = read(tmp_path, MT101.replace("BF42BF", "BF43BF"))
    assert (reading.codes, reading.rejections[0].unit) == (["iban"], 1)


def test_one_bad_message_never_loses_the_others(tmp_path: Path) -> None:
    bad = "{1:F01}{2:X}{4:\r\nGARBAGE\r\n-}"
    reading = read(tmp_path, mt103() + bad + mt103())
    assert reading.sink.units == 3
    assert {row["unit"] for row in reading.rows} == {1, 3}
    assert [one.unit for one in reading.rejections if not one.screened] == [2] * len(reading.rejections)


def test_a_message_that_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    long = mt103(f70="X Y Z\r\n" * (MAX_MESSAGE // 4))
    reading = read(tmp_path, long + mt103(f50K="MARIAM KEITA"))
    assert "too_large" in reading.codes
    assert "MARIAM KEITA" in reading.names
    assert reading.sink.units == 3
    (cut,) = [one for one in reading.rejections if one.problem.code.endswith("too_large")]
    assert (cut.unit, cut.screened) == (2, False)


@pytest.mark.parametrize(
    "text",
    [
        "{1:" * 20_000,
        "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}{4:\n" + "-\n" * 400_000,
        "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}{4:\n" + ":20:\n" * 10_000,
        "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}" + "{3:" * 200_000,
        "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}" + "{4:" * 20_000,
        "{1:F01BCMAMAMCAXXX0057000289}{2:I101BNPAFRPPXXXXN}{4:\n" + ":50K:X\n" * 2_000 + ":21:A\n" * 2_000,
        ":20:A\n" + ":21:" * 100_000,
        ":20:A\n" + "\x00" * 1_000_000,
        ":20:A\n:59:" + "1\n" * 100_000,
        ":20:" + "A" * 250_000 + "\n" + ":59:X\n" * 1_000,
        ":20:A\n:50F:" + "1/\n" * 50_000,
        ":20:A\n:72:" + "/INS/\n" * 50_000,
        ":20:A\n:70:" + "1A" * 100_000,
    ],
)
def test_hostile_files_are_told_and_done_with(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert reading.sink.units >= 1
    assert reading.rejections


def test_what_is_told_of_a_file_without_any_payment_does_not_pile_up(tmp_path: Path) -> None:
    path = tmp_path / "headers.fin"
    path.write_text(mt103() + "\n{1:F01" * 30_000, encoding="ascii")
    sink = RejectSink()
    taken = [len(sink.take()) for _ in read_batches(path, rejects=sink)] + [len(sink.take())]
    assert (sum(taken), sink.units) == (30_000, 30_001)
    assert max(taken) < 15_000
