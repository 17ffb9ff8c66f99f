"""Interchanges as streams of messages and segments, whatever their separators and whatever surrounds them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.messages.edifact import parse_segment, stream
from tests.conftest import shared_file
from tests.messages.edifact.samples import UNB, body, get, interchange


def test_a_message_is_told_with_its_header_its_interchange_and_its_segments(tmp_path: Path) -> None:
    got = get(tmp_path, interchange(body("BGM+745", "NAD+FL+++A:B", part="02:F")))
    header, envelope, segments = got.messages[0]
    assert (header.reference, header.type, header.version, header.release) == ("M1", "PAXLST", "D", "12B")
    assert (header.agency, header.association, header.access, header.part) == ("UN", "IATA", "REF", 2)
    assert (header.part_kind, envelope.sender, envelope.recipient, envelope.reference) == (
        "F",
        "CARRIER",
        "STATE",
        "R1",
    )
    assert [(segment.tag, segment.number, segment.line) for segment in segments] == [("BGM", 2, 3), ("NAD", 3, 4)]
    assert segments[1].elements == [["FL"], [""], [""], ["A", "B"]]
    assert (segments[1].value(4, 2), segments[1].value(9), segments[1].field(4, 2)) == ("B", "", "NAD.4.2")
    assert got.codes == ["part_missing"]


@pytest.mark.parametrize(
    "marks", [":+.? '", "*|.?#~", "(.,-?\"", ":*.? $", "/;,\\ !", "\x1f\x1d.? \x1c"],
)  # fmt: skip
def test_any_service_characters_are_understood(tmp_path: Path, marks: str) -> None:
    component, element, _, release, repetition, terminator = marks
    table = str.maketrans({":": component, "+": element, "'": terminator})
    released = f"{release}{element}" if release.strip() else "X"
    text = interchange(body("NAD+FL+++A:B", "FTX+@")).translate(table).replace("@", f"P{released}Q")
    got = get(tmp_path, f"UNA{marks}\n{text}")
    assert got.messages[0][2][0].elements[3] == ["A", "B"]
    assert got.messages[0][2][1].value(1) == (f"P{element}Q" if release.strip() else "PXQ")
    assert got.codes == []
    assert get(tmp_path, text).messages[0][2][0].elements[3] == ["A", "B"]
    assert repetition in " #?" or repetition


def test_released_characters_are_data() -> None:
    segment = parse_segment("FTX+A??+B?'?+?:C+??")
    assert segment.elements == [["A?"], ["B'+:C"], ["?"]]
    assert parse_segment("FTX+WHO?X").elements == [["WHO?X"]]


def test_repetitions_are_kept_apart_only_where_the_interchange_says_how_they_are_written(tmp_path: Path) -> None:
    text = interchange(body("ATT+A:B*C:D?*+X"))
    stated = get(tmp_path, f"UNA:+.?*'{text}").messages[0][2][0]
    assert (stated.elements, stated.repeated) == ([["A", "B"], ["X"]], {1: [["C", "D*"]]})
    assert get(tmp_path, text).messages[0][2][0].elements == [["A", "B*C", "D?*"], ["X"]]


@pytest.mark.parametrize("advice", ["UNA++.? '", "UNAAB.? '", "UNA:+.?*’", "UNA;/.? '", "UNA:+.? ~"])
def test_an_advice_that_cannot_be_meant_is_told_and_the_separators_are_seen(tmp_path: Path, advice: str) -> None:
    got = get(tmp_path, f"{advice}\n{interchange(body('NAD+FL+++A:B'))}")
    assert got.messages[0][2][0].elements[3] == ["A", "B"]
    assert got.codes == ["una"]


def test_headers_and_banners_before_between_and_after_are_passed_over_and_told(tmp_path: Path) -> None:
    one, two = interchange(body("BGM+745")), interchange(body("BGM+250"))
    got = get(tmp_path, f"QU ABCXYZ\n.DEFXYZ 101200\n{one}\nDon't forget\n{two}\n=== END OF MAIL 'ops' ===\n")
    assert got.texts == [["BGM+745"], ["BGM+250"]]
    assert [(code, line) for code, line, *_ in got.warnings] == [
        ("messages.edifact.foreign_text", 1), ("messages.edifact.foreign_text", 7),
        ("messages.edifact.foreign_text", 14),
    ]  # fmt: skip


def test_a_banner_between_messages_is_no_segment(tmp_path: Path) -> None:
    got = get(tmp_path, interchange(body("BGM+745"), "PAGE 2 OF 3\n" + body("BGM+250", reference="M2")))
    assert got.texts[0] == ["BGM+745"]
    assert got.texts[-1] == ["BGM+250"]


@pytest.mark.parametrize("width", [69, 40, 17])
def test_lines_broken_anywhere_are_put_together_again(tmp_path: Path, width: int) -> None:
    text = interchange(body("BGM+745", "NAD+FL+++VANDERSLOOT:MARGARETHA", "DTM+329:840312")).replace("\n", "")
    wrapped = "\r\n".join(text[at : at + width] for at in range(0, len(text), width))
    got = get(tmp_path, wrapped)
    assert got.texts == [["BGM+745", "NAD+FL+++VANDERSLOOT:MARGARETHA", "DTM+329:840312"]]
    assert set(got.codes) <= {"wrapped"}


def test_a_lost_terminator_before_a_line_or_a_traveler_is_put_back_and_told(tmp_path: Path) -> None:
    text = interchange(body("BGM+745", "NAD+FL+++A:B", "ATT+2++M", "NAD+FL+++C:D"))
    got = get(tmp_path, text.replace("745'\n", "745\n").replace("M'\nNAD", "MNAD"))
    assert got.texts == [["BGM+745", "NAD+FL+++A:B", "ATT+2++M", "NAD+FL+++C:D"]]
    assert got.codes == ["unterminated", "unterminated"]


def test_several_interchanges_each_keep_their_own_separators(tmp_path: Path) -> None:
    text = interchange(body("NAD+FL+++A:B"))
    other = text.translate(str.maketrans({"+": "*", "'": "$"}))
    got = get(tmp_path, text + "UNA:*.? $" + other)
    assert [segments[0].value(4, 2) for _, _, segments in got.messages] == ["B", "B"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(block=st.integers(2, 90), ends=st.sampled_from(["", "\n", "\r\n"]))
def test_it_makes_no_difference_where_the_blocks_of_a_file_end(tmp_path: Path, block: int, ends: str) -> None:
    text = f"UNA:+.? '{ends}" + interchange(
        body("BGM+745", "FTX+A??+B?'C", "NAD+FL+++É:D??"), body("BGM+1", reference="M2")
    )
    text = "head\n" + text.replace("'\n", f"'{ends}") + "\ntail"
    whole = get(tmp_path, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "BLOCK", block)
        assert get(tmp_path, text).texts == whole.texts
    assert whole.texts == [["BGM+745", "FTX+A??+B?'C", "NAD+FL+++É:D??"], ["BGM+1"]]


def test_a_segment_without_end_is_passed_over_within_bounds_and_told(tmp_path: Path) -> None:
    text = interchange(body("BGM+745", "FTX+" + "X" * 400_000, "NAD+FL+++A:B"))
    got = get(tmp_path, text)
    assert got.messages[0][2][-1].raw == "NAD+FL+++A:B"
    assert "long_segment" in got.codes
    assert max(len(segment.raw) for segment in got.messages[0][2]) <= stream.MAX_SEGMENT + 1


def test_a_file_of_nothing_but_service_characters_is_borne(tmp_path: Path) -> None:
    got = get(tmp_path, UNB + "'" * 5000 + "+" * 100_000 + "?" * 100_001)
    assert got.messages == []
    assert len(got.warnings) < 500


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_come_out_right_whatever_the_file_is_written_in(tmp_path: Path, encoding: str) -> None:
    got = get(tmp_path, interchange(body("NAD+FL+++DUPRÉ:HÉLÈNE")).encode(encoding))
    assert got.messages[0][2][0].elements[3] == ["DUPRÉ", "HÉLÈNE"]
    assert got.codes == ["charset"]


def test_a_declared_repertoire_is_believed(tmp_path: Path) -> None:
    text = interchange(body("NAD+FL+++Иванова:Анна")).replace("UNOA", "UNOE")
    got = get(tmp_path, text.encode("iso8859_5"))
    assert got.messages[0][2][0].elements[3] == ["Иванова", "Анна"]
    assert got.codes == []


def test_small_letters_under_a_repertoire_of_capitals_are_told(tmp_path: Path) -> None:
    assert get(tmp_path, "mail\n" + interchange(body("NAD+FL+++A:B"))).codes == ["foreign_text"]
    assert get(tmp_path, interchange(body("NAD+FL+++A:Bea"))).codes == ["small_letters"]


@pytest.mark.parametrize("name", ["pnr4.txt", "infant.edi", "2_pnrs_basic.edi", "pnr_split.edi"])
def test_segments_of_real_files_are_those_between_terminators(tmp_path: Path, name: str) -> None:
    path = shared_file("data", "travel", "pnrgov", name)
    got = get(tmp_path, path.read_bytes())
    text = path.read_text().partition("UNB")[2]
    between = [
        part for part in text.split("'") if part.strip() and part.strip()[:3] not in ("UNH", "UNT", "UNZ", "UNG", "UNE")
    ]
    repaired = got.codes.count("unterminated")
    assert sum(map(len, got.texts)) == len(between) - 1 + repaired


ADDRESSES = ["ADD++700:14 RUE DU FLEUVE\nNIGER:NIAMEY", "FTX+AAI+++SANS BAGAGE DE\nSOUTE", "NAD+FL+++DIAL\nLO:BINTA"]


def test_lines_broken_between_words_get_their_space_back_in_values_of_several_words(tmp_path: Path) -> None:
    got = get(tmp_path, interchange(body("BGM+745", *ADDRESSES)))
    assert got.texts[0][1:] == [
        "ADD++700:14 RUE DU FLEUVE NIGER:NIAMEY", "FTX+AAI+++SANS BAGAGE DE SOUTE", "NAD+FL+++DIALLO:BINTA",
    ]  # fmt: skip
    assert got.codes == ["wrapped"]


@pytest.mark.parametrize("width", [69, 40, 26])
def test_lines_cut_at_one_width_get_no_space(tmp_path: Path, width: int) -> None:
    text = interchange(body("BGM+745", *(address.replace("\n", " ") for address in ADDRESSES))).replace("\n", "")
    wrapped = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    assert get(tmp_path, wrapped).texts[0][1] == "ADD++700:14 RUE DU FLEUVE NIGER:NIAMEY"


def test_of_a_single_broken_line_nothing_is_supposed(tmp_path: Path) -> None:
    assert get(tmp_path, interchange(body(ADDRESSES[0]))).texts == [["ADD++700:14 RUE DU FLEUVENIGER:NIAMEY"]]
