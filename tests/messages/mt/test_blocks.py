"""Blocks, acknowledgements, framing, files of many messages."""

from pathlib import Path

import pytest

from tahaluf.messages.mt import parse
from tests.messages.mt.samples import MT101, MT199, MT202COV, TAIL, UETR, details, mt103, read

ACK = "{1:F21BCMAMAMCAXXX0057000289}{4:{177:2401151301}{451:0}}"
BARE = mt103(head="", tail="-")


def test_a_message_has_its_blocks() -> None:
    (message,) = parse(mt103())
    assert (message.type, message.sender, message.receiver) == ("103", "BCMAMAMCAXXX", "BNPAFRPPXXXX")
    assert message.user == (("108", "M1"), ("121", UETR))
    assert message.trailer == (("CHK", "D628FE0165A7"),)
    assert message.reference == "PAY-2024-17"
    assert [field.line for field in message.fields] == [2, 3, 4, 5, 7, 8, 9, 13, 14]


def test_a_received_message_has_its_sender_in_the_input_reference() -> None:
    (message,) = parse(MT202COV)
    assert (message.sender, message.receiver) == ("DEUTDEFFAXXX", "BCMAMAMCAXXX")


@pytest.mark.parametrize(
    "text",
    [
        mt103().replace("\r\n", "\n"),
        mt103().replace("\r\n", "\r"),
        "\ufeff" + mt103(),
        "\n\n" + mt103(),
        "\x01" + mt103() + "\x03" + " " * 90,
        mt103() + "\r\n",
        mt103() + "$",
        mt103(tail="-}"),
        mt103(tail="-}{5:{MAC:00000000}{CHK:D628FE0165A7}{TNG:}}{S:{SAC:}{COP:P}}"),
        mt103(tail="-}\r\n{5:{CHK:D628FE0165A7}}\r\n"),
        ACK + mt103(),
        ACK + "\r\n" + mt103(),
        mt103().replace("}{", "}\r\n{"),
        mt103().replace(":50K:", ":50k:"),
        BARE,
        BARE + "\r\n",
        mt103(head="", tail=""),
        mt103(head="", tail="-}"),
    ],
)
def test_a_transfer_is_read_whole_however_it_is_framed(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert (reading.codes, reading.sink.units) == ([], 1)
    assert reading.names == {"IDRISS ZEROUALI", "CLAIRE HOFFMANN"}
    assert details(reading.at("70"))["text"] == "INVOICE 17"


@pytest.mark.parametrize("between", ["", "\n", "\r\n$\r\n", "$", "\x03\x01", "\r\n\r\n"])
def test_a_batch_of_messages_is_parted(tmp_path: Path, between: str) -> None:
    reading = read(tmp_path, between.join([mt103(), MT101, ACK, MT202COV, MT199]))
    assert (reading.sink.units, reading.codes) == (5, [])
    assert [row["unit"] for row in reading.rows] == sorted(row["unit"] for row in reading.rows)
    assert {row["message"] for row in reading.rows} == {"PAY-2024-17", "ORDER-9", "COVER-1", "QUERY-1"}


@pytest.mark.parametrize("between", ["\r\n", "\r\n$\r\n"])
def test_bare_texts_are_parted_too(tmp_path: Path, between: str) -> None:
    reading = read(tmp_path, between.join([BARE] * 3))
    assert (reading.sink.units, reading.codes, len(reading.rows)) == (3, [], 15)


def test_an_acknowledgement_alone_is_no_transaction(tmp_path: Path) -> None:
    reading = read(tmp_path, ACK + "\n" + mt103())
    assert reading.sink.units == 1
    assert parse(ACK)[0].service == (("177", "2401151301"), ("451", "0"))


def test_text_in_windows_letters_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f50K="/1\nHÉLÈNE DIALLO").encode("cp1252"))
    assert "HÉLÈNE DIALLO" in reading.names
    assert reading.codes == ["characters"]
    assert "خالد" in read(tmp_path, mt103(f50K="/1\nخالد")).names


def test_a_message_on_one_line_is_parted_at_its_tags(tmp_path: Path) -> None:
    flat = "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}{4: :20:A1 :23B:CRED :32A:240115EUR1, :50K:MARIAM KEITA"
    reading = read(tmp_path, flat + " :59F:/12 1/OUSMANE TRAORE 2/RUE 12 3/ML/BAMAKO :71A:SHA -}")
    assert reading.names == {"MARIAM KEITA", "OUSMANE TRAORE"}
    assert reading.of("creditor")["residences"] == ["ml"]
    assert reading.codes == ["block"]
    assert "OUSMANE TRAORE" in read(tmp_path, flat + " :59:/123 OUSMANE TRAORE :71A:SHA -}").names


def test_a_lost_end_ends_where_the_next_begins(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(tail="") + mt103())
    assert (reading.sink.units, reading.codes, reading.lines) == (2, ["end"], [14])


def test_a_lost_beginning_does_not_lose_the_message(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103() + "\r\n" + mt103().removeprefix("{1:"))
    assert reading.sink.units == 2
    assert reading.codes.count("block") >= 1
    assert reading.lines[0] == 16


def test_a_lost_end_and_beginning_do_not_lose_the_message(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(tail="") + mt103()[40:])
    assert reading.sink.units == 2
    assert len([row for row in reading.rows if row["field"] == "59"]) == 2


def test_a_second_reference_in_a_text_begins_another_transaction(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(tail="") + mt103(head="")[0:])
    assert reading.sink.units == 2


def test_text_outside_of_messages_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103() + "\r\nEND OF FILE\r\n")
    assert (reading.codes, reading.sink.units) == (["outside"], 1)
    damaged = read(tmp_path, mt103() + "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}")
    assert (damaged.codes, damaged.sink.units, damaged.rejections[0].screened) == (["outside"], 2, False)


def test_trailers_are_not_needed(tmp_path: Path) -> None:
    assert TAIL.startswith("-}")
    assert read(tmp_path, mt103(tail="-}{5:{CHK")).sink.units == 1


@pytest.mark.parametrize("block", ["{1:X}", "{4:X}", "{2:Y}", "{4:", "{1:F01ABCDEFGH}", "{2:I103}", "{5:X}"])
def test_braces_inside_a_field_cut_nothing(block: str, tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f50K=f"/123\nSOME {block} BODY\nIDRISS ZEROUALI"))
    assert reading.sink.units == 1
    assert "IDRISS ZEROUALI" in reading.of("debtor")["names"]
    assert reading.of("creditor")["names"] == ["CLAIRE HOFFMANN"]


@pytest.mark.parametrize("block", ["{1:F01BCMAMAMCAXXX0057000289}", "-}", "{2:I103BNPAFRPPXXXXN}", "{4:\n:20:X"])
def test_text_of_a_message_that_is_cut_by_braces_is_screened(block: str, tmp_path: Path) -> None:
    reading = read(tmp_path, mt103(f50K=f"/123\nSOME\n{block} BODY\nIDRISS ZEROUALI"))
    said = [details(row).get("text", "") for row in reading.rows] + sorted(reading.names)
    assert any("IDRISS ZEROUALI" in text for text in said)
    assert reading.codes


def test_text_before_the_first_field_is_screened(tmp_path: Path) -> None:
    reading = read(tmp_path, mt103().replace(":20:", "IDRISS ZEROUALI\r\n:20:", 1))
    assert "IDRISS ZEROUALI" in details(reading.of("text"))["text"]
    assert reading.codes == ["tag"]
