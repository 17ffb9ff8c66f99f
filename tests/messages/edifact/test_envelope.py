"""Envelopes: counts, references, what is missing, and parts of transfers."""

from pathlib import Path

import pytest

from tests.messages.edifact.samples import UNB, body, get, interchange

GROUP = "UNG+PAXLST+CARRIER+STATE+260110:0900+G1+UN+D:12B'\n"


def test_whole_envelopes_are_not_remarked_upon(tmp_path: Path) -> None:
    one, two = body("BGM+745"), body("BGM+250", reference="M2")
    assert get(tmp_path, interchange(one, two)).codes == []
    grouped = f"{UNB}{GROUP}{one}{two}UNE+2+G1'\n{GROUP}{one}UNE+1+G1'\nUNZ+2+R1'"
    got = get(tmp_path, grouped)
    assert got.codes == []
    assert got.messages[0][1].group_type == "PAXLST"


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "expected", "found"),
    [
        ("UNT+3+M1", "UNT+9+M1", "count_segments", "UNT.1", "9", "3"),
        ("UNT+3+M1", "UNT+3+M2", "reference", "UNT.2", "M1", "M2"),
        ("UNZ+1+R1", "UNZ+4+R1", "count_messages", "UNZ.1", "4", "1"),
        ("UNZ+1+R1", "UNZ+1+R9", "reference", "UNZ.2", "R1", "R9"),
        ("UNZ+1+R1'", "", "no_interchange_end", "UNB", "UNZ", ""),
        ("UNT+3+M1'\n", "", "no_message_end", None, "UNT", ""),
        ("UNH+M1+", "UNH++", "header", "UNH.1", "UNH", "UNH++PAXLST:D:12B:UN:IATA"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(
    tmp_path: Path, old: str, new: str, code: str, field: str | None, expected: str, found: str
) -> None:
    text = interchange(body("BGM+745"))
    assert old in text
    got = get(tmp_path, text.replace(old, new))
    told = [(what, place, wanted, had) for what, _, place, wanted, had in got.warnings]
    assert (f"messages.edifact.{code}", field, expected, found) in told
    assert got.texts == [["BGM+745"]]


@pytest.mark.parametrize(
    ("end", "code"),
    [("UNE+5+G1'\nUNZ+1+R1'", "count_messages"), ("UNE+1+G2'\nUNZ+1+R1'", "reference"), ("UNZ+1+R1'", "no_group_end"),
     ("UNE+1+G1'\nUNZ+2+R1'", "count_groups")],
)  # fmt: skip
def test_groups_are_checked_too(tmp_path: Path, end: str, code: str) -> None:
    assert get(tmp_path, f"{UNB}{GROUP}{body('BGM+745')}{end}").codes == [code]


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        (["01:C", "02:C", "03:F"], []),
        (["01:F"], []),
        (["01:C", "03:F"], ["part_missing"]),
        (["01:C", "02:C"], ["part_missing"]),
        (["02:C", "01:C", "03:F"], ["part_order"]),
        (["01:C", "01:C", "02:F"], ["part_repeated"]),
    ],
)
def test_parts_of_a_transfer_are_followed(tmp_path: Path, parts: list[str], codes: list[str]) -> None:
    messages = [body("BGM+745", reference=f"M{number}", part=part) for number, part in enumerate(parts)]
    assert get(tmp_path, interchange(*messages)).codes == codes


def test_segments_outside_a_message_are_told_and_still_read(tmp_path: Path) -> None:
    got = get(tmp_path, f"{UNB}TDT+20+XX1'NAD+FL+++A:B'UNT+4+M1'UNZ+1+R1'")
    assert got.texts == [["TDT+20+XX1", "NAD+FL+++A:B"]]
    assert got.messages[0][0].type == "PAXLST"
    assert "stray" in got.codes


def test_an_end_without_a_beginning_is_told(tmp_path: Path) -> None:
    assert "stray" in get(tmp_path, interchange(body("BGM+1"), "UNE+1+G1'")).codes


def test_what_follows_a_false_end_is_read_on(tmp_path: Path) -> None:
    text = interchange(body("BGM+745", "NAD+FL+++A:B", "UNZ+1+R1", "NAD+FL+++C:D"))
    got = get(tmp_path, text)
    assert [segment for texts in got.texts for segment in texts] == ["BGM+745", "NAD+FL+++A:B", "NAD+FL+++C:D"]
