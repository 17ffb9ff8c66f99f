"""Broken and hostile files: a clear error, or what was whole and a problem that says what was not."""

import gzip
from pathlib import Path

import pytest

from tahaluf.domain import InputError, TahalufError
from tahaluf.lists import Reading, read
from tahaluf.lists.un.damage import restore_arabic
from tests.lists import samples


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_a_cut_file_gives_what_was_whole_and_says_that_it_was_cut(tmp_path: Path) -> None:
    cut = samples.UN[: samples.UN.index("<DATAID>102") + 30]
    reading = read(samples.save(tmp_path, "un.xml", cut))
    assert [listing.id for listing in reading] == ["un-101"]
    assert codes(reading) == ["lists.file.cut"]
    assert not reading.complete


def test_an_entry_with_broken_markup_costs_only_itself(tmp_path: Path) -> None:
    broken = samples.UN.replace("<FIRST_NAME>MARIUS</FIRST_NAME>", "<FIRST_NAME>MARIUS</FIRST_NAM>")
    reading = read(samples.save(tmp_path, "un.xml", broken))
    assert [listing.id for listing in reading] == ["un-101", "un-103"]
    assert codes(reading) == ["lists.xml.malformed", "lists.entry.skipped"]
    assert reading.problems[1].where.line == samples.UN[: samples.UN.index("<DATAID>102")].count("\n")
    assert not reading.complete


def test_an_entry_after_one_that_does_not_end_is_still_read(tmp_path: Path) -> None:
    broken = samples.UN.replace("</INDIVIDUAL>", "</INDIVIDUAX>", 1)
    reading = read(samples.save(tmp_path, "un.xml", broken))
    assert [listing.id for listing in reading] == ["un-102", "un-103"]
    assert "lists.xml.malformed" in codes(reading)


def test_an_id_given_twice_is_reported_and_both_entries_are_kept(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "un.xml", samples.UN.replace("<DATAID>102", "<DATAID>101")))
    assert [listing.id for listing in reading] == ["un-101", "un-101-2", "un-103"]
    assert codes(reading) == ["lists.entry.duplicate"]


@pytest.mark.parametrize(
    "prolog",
    ['<!DOCTYPE a [<!ENTITY x "y">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "<!DOCTYPE CONSOLIDATED_LIST>"],
)
def test_a_document_type_is_refused(tmp_path: Path, prolog: str) -> None:
    hostile = samples.UN.replace("<CONSOLIDATED_LIST", f"{prolog}\n<CONSOLIDATED_LIST", 1)
    with pytest.raises(InputError, match=r"lists\.xml\.doctype"):
        list(read(samples.save(tmp_path, "un.xml", hostile)))


def test_an_unknown_entity_stays_as_it_is_written_and_is_reported(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "un.xml", samples.UN.replace("MARIUS", "MARIUS &file; & Co")))
    assert list(reading)[1].caption == "MARIUS &file; & Co FELD"
    assert codes(reading) == ["lists.xml.strays"]


def test_an_entry_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    huge = samples.UN.replace("Cousin of", "Cousin of " + "x" * (9 << 20))
    with pytest.raises(InputError, match=r"lists\.entry\.too-large"):
        list(read(samples.save(tmp_path, "un.xml", huge)))


def test_deep_nesting_costs_only_the_entry(tmp_path: Path) -> None:
    deep = samples.UN.replace("<SHOE_SIZE>", "<A>" * 400 + "</A>" * 400 + "<SHOE_SIZE>")
    reading = read(samples.save(tmp_path, "un.xml", deep))
    assert [listing.id for listing in reading] == ["un-102", "un-103"]
    assert "lists.entry.skipped" in codes(reading)


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(samples.FTM.encode() + b"\n" * (80 << 20))
    with pytest.raises(InputError, match=r"lists\.file\.too-large"):
        list(read(samples.save(tmp_path, "list.json", bomb)))


def test_a_broken_gzip_stream_gives_what_came_out_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(samples.FTM.encode() * 2000)
    reading = read(samples.save(tmp_path, "list.json", packed[: len(packed) // 2]))
    assert len(list(reading)) > 0
    assert "lists.gzip.broken" in codes(reading)
    assert not reading.complete


def test_a_stray_quote_takes_no_other_row_with_it(tmp_path: Path) -> None:
    samples.save_ofac_csv(tmp_path)
    rows = [samples.SDN_CSV.replace("601,", f"{number},", 1) for number in range(700, 720)]
    broken = "".join(rows).replace('700,"BERKANE', '700,""BERKANE', 1)
    reading = read(samples.save(tmp_path, "sdn.csv", broken))
    ids = {listing.id for listing in reading}
    assert {f"ofac-{number}" for number in range(701, 720)} <= ids
    assert "lists.row.malformed" in codes(reading)


def test_a_last_row_without_its_end_is_a_cut_file(tmp_path: Path) -> None:
    samples.save_ofac_csv(tmp_path)
    reading = read(samples.save(tmp_path, "sdn.csv", samples.SDN_CSV[:-60]))
    assert len(list(reading)) == 1
    assert not reading.complete


def save_real_size(folder: Path, count: int = 200) -> Path:
    """OFAC's three files with a person and an address for every number, and an alias for every third."""
    row, alias, address = samples.SDN_CSV.split("\n")[0], samples.ALT_CSV.split("\n")[0], samples.ADD_CSV.split("\n")[0]
    numbers = range(1000, 1000 + count)
    samples.save(folder, "alt.csv", "".join(alias.replace("601,", f"{number},", 1) + "\n" for number in numbers[::3]))
    samples.save(folder, "add.csv", "".join(address.replace("601,", f"{number},", 1) + "\n" for number in numbers))
    return samples.save(
        folder, "sdn.csv", "".join(row.replace("601,", f"{number},", 1) + "\n" for number in numbers) + "\x1a"
    )


def test_ofac_files_without_an_end_mark_are_whole(tmp_path: Path) -> None:
    reading = read(save_real_size(tmp_path))
    assert len(list(reading)) == 200
    assert (reading.problems, reading.complete) == ([], True)


@pytest.mark.parametrize("name", ["alt.csv", "add.csv"])
@pytest.mark.parametrize("share", [0.5, 0.85])
def test_a_companion_cut_at_a_line_end_is_noticed(tmp_path: Path, name: str, share: float) -> None:
    main = save_real_size(tmp_path)
    lines = (tmp_path / name).read_text().splitlines(keepends=True)
    samples.save(tmp_path, name, "".join(lines[: int(len(lines) * share)]))
    reading = read(main)
    assert len(list(reading)) == 200
    assert codes(reading) == ["lists.ofac.part-short"]
    assert not reading.complete


def test_a_main_file_cut_anywhere_is_incomplete(tmp_path: Path) -> None:
    main = save_real_size(tmp_path)
    data = main.read_bytes()
    for at in range(300, len(data) - 2, 37):
        reading = read(samples.save(tmp_path, "sdn.csv", data[:at]))
        list(reading)
        assert not reading.complete, data[at - 40 : at]


def test_a_bad_line_among_entities_is_reported_with_its_number(tmp_path: Path) -> None:
    lines = samples.FTM.splitlines()
    lines[5] = lines[5][:20]
    reading = read(samples.save(tmp_path, "list.json", "\n".join(lines) + "\n"))
    assert [listing.id for listing in reading] == ["p-1"]
    assert [(problem.code, problem.where.line) for problem in reading.problems] == [("lists.line.malformed", 6)]
    assert not reading.complete


def test_an_entity_whose_values_have_odd_types_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    odd = (
        '{"id":"p","schema":"Person","properties":{"name":"Nadia Berkane","birthDate":[1971,null],'
        '"country":[{"id":"x"}]}}\n'
    )
    (person,) = read(samples.save(tmp_path, "list.json", odd))
    assert person.caption == "Nadia Berkane"
    assert person.birth_dates[0].start.year == 1971


def test_bytes_of_another_encoding_are_kept_and_reported(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "un.xml", samples.UN.encode().replace(b"MARIUS", b"J\xc9R\xd4ME")))
    assert list(reading)[1].caption == "JÉRÔME FELD"
    assert codes(reading) == ["lists.encoding.repaired"]


def test_characters_cut_to_their_low_byte_are_put_back_where_that_is_certain(tmp_path: Path) -> None:
    damaged = bytes(ord(char) & 0xFF for char in samples.UN.replace("Cousin of", "Cousin’s"))
    reading = read(samples.save(tmp_path, "un.xml", damaged))
    person = next(iter(reading))
    assert any(alias.text == "إدريس ولد سالم الكوري" for alias in person.names)
    assert person.remarks[0].startswith("Cousin’s")
    assert len(list(reading)) == 2
    assert {"lists.un.script-restored", "lists.xml.characters"} <= set(codes(reading))


@pytest.mark.parametrize("text", ["", "Idriss", "إدريس", "김정은", "IDRISS OULD SALEM"])
def test_text_that_may_not_be_arabic_is_not_restored(text: str) -> None:
    assert restore_arabic(text) is None


def test_problems_past_the_first_ten_thousand_are_counted(tmp_path: Path) -> None:
    reading = read(samples.save(tmp_path, "list.json", samples.FTM + "{\n" * 10_050))
    list(reading)
    assert len(reading.problems) == 10_001
    assert (reading.problems[-1].code, reading.problems[-1].found) == ("lists.problems.more", "50")


def test_a_folder_without_the_main_file_is_refused(tmp_path: Path) -> None:
    samples.save(tmp_path, "alt.csv", samples.ALT_CSV)
    with pytest.raises(TahalufError, match=r"lists\.ofac\.main-missing"):
        list(read(tmp_path))


def test_a_folder_with_two_lists_is_refused_rather_than_half_read(tmp_path: Path) -> None:
    samples.save_ofac_csv(tmp_path)
    samples.save(tmp_path, "cons_prim.csv", samples.SDN_CSV)
    with pytest.raises(TahalufError, match=r"lists\.ofac\.several"):
        list(read(tmp_path))


def test_sets_of_one_folder_are_told_apart_by_their_prefix(tmp_path: Path) -> None:
    samples.save_ofac_csv(tmp_path)
    samples.save(tmp_path, "cons_alt.csv", samples.ALT_CSV.replace("BERQANI", "BARQANI"))
    samples.save(tmp_path, "cons_add.csv", samples.ADD_CSV)
    main = samples.save(tmp_path, "cons_prim.csv", samples.SDN_CSV)
    assert "BARQANI, Nadya" in [alias.text for alias in next(iter(read(main))).names]
    assert "BERQANI, Nadya" in [alias.text for alias in next(iter(read(tmp_path / "sdn.csv"))).names]


def test_remarks_continued_in_the_comments_file_are_read(tmp_path: Path) -> None:
    main = samples.save_ofac_csv(tmp_path)
    samples.save(tmp_path, "sdn_comments.csv", '601,"; alt. Passport Z777 (Mali); wanted"\n')
    person = next(iter(read(main)))
    assert [document.number for document in person.documents] == ["P0099", "Z777"]
    assert person.remarks == ("currently at large; wanted",)


def test_an_entity_given_twice_is_reported_and_kept_apart(tmp_path: Path) -> None:
    lines = [line for line in samples.FTM.splitlines() if '"PublicBody"' in line]
    reading = read(samples.save(tmp_path, "list.json", "\n".join(lines * 2) + "\n"))
    assert [listing.id for listing in reading] == ["o-1", "o-1-2"]
    assert codes(reading) == ["lists.entry.duplicate"]
