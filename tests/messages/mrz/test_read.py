"""Files of zones to subjects, and files of other things left alone."""

import gzip
from pathlib import Path

import pytest

from tahaluf.domain import InputError, Subject
from tahaluf.messages import Rejection, RejectSink, read, read_batches, subjects_of
from tahaluf.messages.content import HEAD
from tahaluf.messages.mrz import Form, MrzDocument, is_mrz, write_mrz
from tahaluf.messages.mrz.content import BLOCK
from tests.messages.helpers import write
from tests.messages.mrz.samples import LONG_TD1, MRV_A, MRV_B, PUBLISHED, TD1, TD2, TD3

VALID = MrzDocument(Form.TD3, "P", "MLI", "DIARRA", "AMADOU", "AA1234567", "MLI", "850314", "M", "351231", "990123456")
ARABIC = VALID._replace(
    primary="المرزوقي", secondary="عبد الرحمن خالد", issuer="TUN", nationality="TUN", number="X765432"
)


def subjects(path: Path) -> tuple[list[Subject], list[Rejection], RejectSink]:
    """What is read, what was said against it, and the sink."""
    sink = RejectSink()
    found = [subject for batch in read_batches(path, rejects=sink) for subject in subjects_of(batch)]
    return found, sink.take(), sink


def codes(rejections: list[Rejection]) -> list[str]:
    return [rejection.problem.code.removeprefix("messages.mrz.") for rejection in rejections]


def zone(document: MrzDocument = VALID) -> str:
    return write_mrz(document, document.form)


def test_a_passport_is_a_holder_with_all_that_it_says(tmp_path: Path) -> None:
    found, rejections, sink = subjects(write(tmp_path / "p.txt", zone() + "\n"))
    (subject,) = found
    assert (subject.id, subject.names, subject.kind.value, subject.role, subject.unit) == (
        "1", ("AMADOU DIARRA",), "Person", "holder", 1,
    )  # fmt: skip
    assert [(d.type, d.number, d.country) for d in subject.documents] == [
        ("passport", "AA1234567", "ml"), ("identification", "990123456", "ml"),
    ]  # fmt: skip
    assert [date.isoformat() for date in subject.birth_dates] == ["1985-03-14"]
    assert (subject.nationalities, subject.gender) == (("ml",), "male")
    assert dict(subject.details) == {"expires_on": "2035-12-31"}
    assert subject.where is not None
    assert subject.where.line == 1
    assert (rejections, sink.units) == ([], 1)


def test_a_name_written_by_the_arabic_table_is_searched_in_arabic_too(tmp_path: Path) -> None:
    (subject,), rejections, _ = subjects(write(tmp_path / "p.txt", zone(ARABIC)))
    assert subject.names == ("عبد الرحمن خالد المرزوقي", "ABD ALRHMN KHALD ALMRZWQY", "EBD ALRXHMN XKHALD ALMRZWQY")
    assert ("name_restored", "عبد الرحمن خالد المرزوقي") in subject.details
    assert rejections == []


def test_a_name_that_bears_no_escape_stays_the_first_of_its_readings(tmp_path: Path) -> None:
    plain = ARABIC._replace(primary="المرزوقي", secondary="عبد الله بكر")
    (subject,), _, _ = subjects(write(tmp_path / "p.txt", zone(plain)))
    assert subject.names[0] == "EBD ALLH BKR ALMRZWQY"
    assert "عبد الله بكر المرزوقي" in subject.names


@pytest.mark.parametrize(
    ("sample", "kind", "number"),
    [(TD3, "passport", "L898902C3"), (TD1, "identification", "D23145890"), (MRV_B, "visa", "L8988901C"),
     (MRV_A, "visa", "L8988901C"), (TD2, "identification", "D23145890"), (LONG_TD1, "identification", "D23145890734")],
)  # fmt: skip
def test_each_form_gives_its_kind_of_document(sample: str, kind: str, number: str, tmp_path: Path) -> None:
    (subject,), rejections, _ = subjects(write(tmp_path / "p.txt", sample))
    assert (subject.documents[0].type, subject.documents[0].number) == (kind, number)
    assert codes(rejections) == ["expired"]
    assert ("issuer", "UTO") in subject.details


def joined(text: str) -> str:
    return text.replace("\n", "")


SHAPES = {
    "as printed": lambda text: text,
    "lines joined": joined,
    "lines joined by a space": lambda text: text.replace("\n", " "),
    "blank lines between": lambda text: text.replace("\n", "\n\n \n"),
    "small letters": str.lower,
    "spaces between characters": lambda text: "\n".join(" ".join(line) for line in text.split("\n")),
    "indented": lambda text: "\n".join(f"   {line}  " for line in text.split("\n")),
    "numbered lines": lambda text: "\n".join(f"{at}. {line}" for at, line in enumerate(text.split("\n"), start=1)),
    "numbered with a tab": lambda text: "\n".join(f"{at}\t{line}" for at, line in enumerate(text.split("\n"), start=1)),
    "guillemets for fillers": lambda text: text.replace("<", "«"),
    "guillemets for two fillers": lambda text: text.replace("<<", "«"),
    "single guillemets": lambda text: text.replace("<", "‹"),
    "full width": lambda text: text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "escaped for XML": lambda text: text.replace("<", "&lt;"),
    "in quotes": lambda text: "\n".join(f'"{line}"' for line in text.split("\n")),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
@pytest.mark.parametrize("sample", PUBLISHED.values(), ids=list(PUBLISHED))
def test_zones_are_read_however_they_are_written_down(sample: str, shape: object, tmp_path: Path) -> None:
    (plain,), _, _ = subjects(write(tmp_path / "plain.txt", sample))
    found, rejections, _ = subjects(write(tmp_path / "p.txt", shape(sample)))  # type: ignore[operator]
    assert [(one.names, one.documents, one.birth_dates) for one in found] == [
        (plain.names, plain.documents, plain.birth_dates)
    ]
    assert codes(rejections) == ["expired"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "gzip"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_zones_are_read_in_any_encoding_with_any_line_end(encoding: str, ending: str, tmp_path: Path) -> None:
    text = "\n".join([zone(), TD1.replace("<", "«"), zone(ARABIC)]).replace("\n", ending)
    path = tmp_path / "p"
    path.write_bytes(gzip.compress(text.encode()) if encoding == "gzip" else text.encode(encoding))
    found, _, sink = subjects(path)
    assert [subject.names[0] for subject in found] == [
        "AMADOU DIARRA", "ANNA MARIA ERIKSSON", "عبد الرحمن خالد المرزوقي",
    ]  # fmt: skip
    assert sink.units == 3
    assert [subject.where.line for subject in found if subject.where] == [1, 3, 6]


def test_documents_of_all_forms_are_numbered_in_their_order(tmp_path: Path) -> None:
    found, _, sink = subjects(write(tmp_path / "p.txt", "\n\n".join(PUBLISHED.values())))
    assert [subject.unit for subject in found] == list(range(1, 8))
    assert [subject.id for subject in found] == [str(number) for number in range(1, 8)]
    assert sink.units == 7


def test_captions_are_told_of_once(tmp_path: Path) -> None:
    text = f"Passport 1\n{TD3}\n-----\nPassport 2\n{zone()}\nchecked by the officer\n"
    found, _, sink = subjects(write(tmp_path / "p.txt", text))
    assert len(found) == 2
    (warning,) = sink.warnings
    assert (warning.code, warning.where.line, warning.found) == ("messages.mrz.other_lines", 1, "4: Passport 1")


def test_a_first_line_without_its_second_is_screened_by_the_name(tmp_path: Path) -> None:
    text = f"{TD3}\n{zone().splitlines()[0]}\n{TD3}\n"
    found, rejections, sink = subjects(write(tmp_path / "p.txt", text))
    assert [subject.names for subject in found] == [
        ("ANNA MARIA ERIKSSON",), ("AMADOU DIARRA",), ("ANNA MARIA ERIKSSON",),
    ]  # fmt: skip
    assert [
        (rejection.problem.where.line, rejection.unit)
        for rejection in rejections
        if "incomplete" in rejection.problem.code
    ] == [(3, 2)]
    assert sink.units == 3


def test_a_zone_in_one_line_that_lost_characters_is_screened_by_the_name_at_least(tmp_path: Path) -> None:
    text = f"{zone()}\n{joined(TD3)[:-1]}\n{joined(TD1)[:-2]}\n{joined(TD1)[2:]}\n{zone()}\n"
    found, rejections, sink = subjects(write(tmp_path / "p.txt", text))
    eriksson = ("ANNA MARIA ERIKSSON",)
    assert [subject.names for subject in found[:3]] == [("AMADOU DIARRA",), eriksson, eriksson]
    assert found[-1].names == ("AMADOU DIARRA",)
    assert codes(rejections)[:3] == ["incomplete", "length", "expired"]
    assert sink.units == len(found) + sink.rejected == 5


def test_a_second_line_alone_is_turned_away_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = f"{TD3}\n{zone().splitlines()[1]}\n{TD1}\n"
    found, rejections, sink = subjects(write(tmp_path / "p.txt", text))
    assert len(found) == 2
    (lost,) = [rejection for rejection in rejections if not rejection.screened]
    assert (lost.problem.code, lost.problem.where.line, lost.unit) == ("messages.mrz.incomplete", 3, 2)
    assert (sink.units, sink.rejected) == (3, 1)


@pytest.mark.parametrize("change", [-2, -1, 1, 3])
def test_lost_and_doubled_fillers_are_made_good_and_told(change: int, tmp_path: Path) -> None:
    first, second = TD3.split("\n")
    for lines in ((first[:change] if change < 0 else first + "<" * change, second), (first, resized(second, change))):
        found, rejections, _ = subjects(write(tmp_path / "p.txt", "\n".join((zone(), *lines, zone()))))
        assert [subject.documents[0].number for subject in found] == ["AA1234567", "L898902C3", "AA1234567"]
        assert codes(rejections) == ["length", "expired"]


def resized(line: str, change: int) -> str:
    """The line with fewer or more fillers before its check digits."""
    return line.replace("<<<<<", "<" * (5 + change))


def test_a_document_whose_name_is_missing_is_screened_by_its_number(tmp_path: Path) -> None:
    nameless = TD3[:5] + "<" * 39 + TD3[44:]
    found, rejections, _ = subjects(write(tmp_path / "p.txt", f"{zone()}\n{nameless}\n"))
    assert (found[1].names, found[1].documents[0].number) == ((), "L898902C3")
    assert "name_missing" in codes(rejections)


def test_an_empty_zone_is_turned_away(tmp_path: Path) -> None:
    empty = "P<UTO" + "<" * 39 + "\n" + "<" * 9 + "0UTO7408122F3204155" + "<" * 14 + "00"
    found, rejections, sink = subjects(write(tmp_path / "p.txt", f"{zone()}\n{empty}\n{zone()}"))
    assert len(found) == 2
    assert "empty" in codes(rejections)
    assert (sink.rejected, sink.units) == (1, 3)


def test_a_number_put_right_is_searched_as_it_was_read_too(tmp_path: Path) -> None:
    (subject,), _, _ = subjects(write(tmp_path / "p.txt", TD3.replace("L898902C3", "L8989O2C3")))
    assert [document.number for document in subject.documents[:2]] == ["L898902C3", "L8989O2C3"]


@pytest.mark.parametrize(
    "content",
    [
        "name,birth_date\nANNA ERIKSSON,1974-08-12\n",
        f"id,mrz\n1,{joined(TD3)}\n",
        "ANNA MARIA ERIKSSON\nAMADOU DIARRA\n",
        "<?xml version='1.0'?><Document><<</Document>",
        '{"name": "ANNA<<MARIA"}\n',
        "a note\n" * 8 + TD3,
        "A" * 44 + "\n" + "B" * 44,
        "UNA:+.? 'UNB+UNOA:4+APIS*ABC+NADZIXX<<<<<<<<<<<<<<<<<<<<<<<<<<<<'",
        "",
    ],
)
def test_other_files_are_not_taken_for_zones(content: str) -> None:
    assert not is_mrz(content.encode())


@pytest.mark.parametrize("sample", PUBLISHED.values(), ids=list(PUBLISHED))
def test_zones_are_recognized_also_after_a_caption_and_where_the_head_is_cut(sample: str) -> None:
    assert is_mrz(f"Documents of the day\n\n{sample}".encode())
    assert is_mrz((f"{sample}\n" * 2000).encode()[:HEAD])


def test_many_documents_come_in_several_batches_without_loss(tmp_path: Path) -> None:
    count = 10_000
    path = write(tmp_path / "p.txt", f"{zone()}\n" * count)
    sink = RejectSink()
    sizes = [batch.num_rows for batch in read_batches(path, rejects=sink)]
    assert (sum(sizes), sink.units, len(sizes) > 1) == (count, count, True)
    assert path.stat().st_size > BLOCK


def test_a_line_without_end_is_passed_over_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "p.txt", f"{zone()}\n{'<' * 3_000_000}\n{TD1}\n")
    found, _, sink = subjects(path)
    assert len(found) == 2
    assert [warning.code for warning in sink.warnings] == ["messages.mrz.other_lines"]


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.gz"
    packed = gzip.compress((f"{zone()}\n" * 5000).encode() + bytes(range(256)) * 2000)
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError):
        list(read(path))


@pytest.mark.parametrize(
    "before",
    [
        "P<MLIDIARRA<<AMADOU<<<<<<<<<<<<<<<<<<<<<<=<<\n",
        "ZZ00000000MLI8503149M3512311" + "<" * 400 + "02\n",
        "P<MLIDIARRA<<AMADOU<<<<<<<<<<<;<<<<<<<<<<<<<\nZZ00000000MLI850314\n" * 4,
    ],
)
def test_damaged_zones_at_the_beginning_hide_none_behind_them(before: str) -> None:
    assert is_mrz(f"{before}\n{TD3}\n".encode())


def test_a_first_line_alone_is_told_as_what_is_left_of_a_zone() -> None:
    assert is_mrz(f"{TD3.splitlines()[0]}\nL898902C36UTO74\n".encode())
    assert not is_mrz(b"id,name\n1,AMADOU<<<DIARRA\n")
    assert not is_mrz(b"<a><<<b>\nAMADOU DIARRA\n")
    assert not is_mrz(f"AMADOU DIARRA\nANNA ERIKSSON\n{TD3.splitlines()[0]}\nPETER STEVENSON\n".encode())
