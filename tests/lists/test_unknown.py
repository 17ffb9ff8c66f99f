"""Well-formed files that hold more than a reader knows: all of it is kept or told, and costs nothing that is known."""

from pathlib import Path

import pytest

from tahaluf.domain import DateSpan, PartialDate
from tahaluf.lists import Reading, read
from tests.lists import samples


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<ENTITIES>", "<VESSELS><VESSEL><NAME>SAHEL STAR</NAME></VESSEL></VESSELS><ENTITIES>"),
        ("</CONSOLIDATED_LIST>", "<VESSELS><VESSEL><NAME>SAHEL STAR</NAME></VESSEL></VESSELS></CONSOLIDATED_LIST>"),
        ("</INDIVIDUALS>", "<VESSEL><NAME>SAHEL STAR</NAME></VESSEL></INDIVIDUALS>"),
    ],
)  # fmt: skip
def test_a_section_beside_the_known_ones_is_reported_with_its_line(tmp_path: Path, old: str, new: str) -> None:
    text = samples.UN.replace(old, new)
    reading = read(samples.save(tmp_path, "un.xml", text))
    assert len(list(reading)) == 3
    (problem,) = reading.problems
    assert (problem.code, problem.where.line) == ("lists.xml.unknown", text[: text.index("<VESSEL")].count("\n") + 1)
    assert "SAHEL STAR" in problem.found
    assert reading.complete


def test_entries_in_an_unknown_section_are_read_and_the_section_reported_once(tmp_path: Path) -> None:
    text = samples.SDN.replace("<sdnEntry><uid>502", "<newSection><sdnEntry><uid>502")
    reading = read(samples.save(tmp_path, "sdn.xml", text.replace("</sdnList>", "</newSection></sdnList>")))
    assert [listing.id for listing in reading] == ["ofac-501", "ofac-502"]
    assert codes(reading) == ["lists.xml.unknown"]


@pytest.mark.parametrize(
    "comment",
    ['<COMMENTS1 xml:lang="en">A &amp; B', '<COMMENTS1 note="x">A &amp; B', "<COMMENTS1 xsi:nil='false'>A &amp; B"],
)
def test_attributes_are_no_stray_signs(tmp_path: Path, comment: str) -> None:
    text = samples.UN.replace("<COMMENTS1>", comment).replace(
        "<CONSOLIDATED_LIST", '<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', 1
    )
    reading = read(samples.save(tmp_path, "un.xml", text))
    assert next(iter(reading)).remarks[0].startswith("A & B")
    assert len(list(reading)) == 2
    assert codes(reading) == []


def test_stray_signs_beside_attributes_cost_nothing(tmp_path: Path) -> None:
    text = samples.UN.replace("<COMMENTS1>", '<COMMENTS1 xml:lang="en">a < b & <c> ')
    reading = read(samples.save(tmp_path, "un.xml", text))
    assert next(iter(reading)).remarks[0].startswith("a < b & <c> Cousin")
    assert len(list(reading)) == 2
    assert codes(reading) == ["lists.xml.strays"]
    assert reading.complete


def test_after_a_break_entries_keep_the_namespaces_of_the_document(tmp_path: Path) -> None:
    text = samples.UN.replace("<GENDER>", "<GENDER xsi:nil='true'/><GENDER>").replace("</DATAID>", "</DATAIX>", 1)
    text = text.replace("102</DATAID>", '102</DATAID><TITLE xsi:nil="true"/>').replace(
        "<CONSOLIDATED_LIST", '<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', 1
    )
    reading = read(samples.save(tmp_path, "un.xml", text))
    assert [listing.id for listing in reading] == ["un-102", "un-103"]
    assert codes(reading) == ["lists.xml.malformed", "lists.entry.skipped"]


ADVANCED = """<Sanctions><DateOfIssue><Year>2030</Year><Month>5</Month><Day>6</Day></DateOfIssue>
<ReferenceValueSets>
<NamePartTypeValues><NamePartType ID="1">Last Name</NamePartType></NamePartTypeValues>
</ReferenceValueSets>
<DistinctParties><DistinctParty FixedRef="7"><Comment/><Profile ID="7"><Identity ID="8"><Alias><DocumentedName>
<DocumentedNamePart><NamePartValue NamePartGroupID="9">BERKANE</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="9" NamePartTypeID="1"/></MasterNamePartGroup></NamePartGroups>
</Identity></Profile></DistinctParty></DistinctParties></Sanctions>
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Comment/>", "<Comment/><New><Deep>zzz</Deep></New>"), ("<Profile ", "zzz<Profile "),
        ("BERKANE</NamePartValue>", "BERKANE<B>zzz</B></NamePartValue>"), ("<Alias>", "<Alias><Comment>zzz</Comment>"),
        ("<DistinctParties>", "<Vessels><Vessel>zzz</Vessel></Vessels><DistinctParties>"), ("<Day>6", "<Day>zzz"),
    ],
)  # fmt: skip
def test_what_the_advanced_form_says_beyond_what_is_read_is_told(tmp_path: Path, old: str, new: str) -> None:
    assert codes(reading := read(samples.save(tmp_path, "a.xml", ADVANCED))) == []
    assert [listing.caption for listing in reading] == ["BERKANE"]
    assert codes(reading) == []
    changed = read(samples.save(tmp_path, "b.xml", ADVANCED.replace(old, new, 1)))
    list(changed)
    assert any("zzz" in problem.found for problem in changed.problems)


def test_two_names_of_one_alias_are_both_names(tmp_path: Path) -> None:
    name = "Idris Wuld Salim</ALIAS_NAME>"
    text = samples.UN.replace(name, name + "<ALIAS_NAME>Drissa</ALIAS_NAME>")
    person = next(iter(read(samples.save(tmp_path, "un.xml", text))))
    assert {"Idris Wuld Salim", "Drissa"} <= {alias.text for alias in person.names}


def test_words_around_markup_stay_together(tmp_path: Path) -> None:
    text = samples.UN.replace("Cousin of Marius Feld", "Cousin of <B>Marius</B> Feld")
    person = next(iter(read(samples.save(tmp_path, "un.xml", text))))
    assert person.remarks == ("Cousin of Marius Feld (TTi.002).",)


def test_a_date_that_cannot_be_read_is_kept_in_words(tmp_path: Path) -> None:
    text = samples.SDN.replace("01 Feb 2003", "spring of 2003")
    person = next(iter(read(samples.save(tmp_path, "sdn.xml", text))))
    assert person.documents[0].issued_on is None
    assert ("id issueDate", "P0099: spring of 2003") in person.extra


def test_a_slashed_birth_date_is_american_in_ofac_lists_alone(tmp_path: Path) -> None:
    un = read(samples.save(tmp_path, "un.xml", samples.UN.replace("<DATE>1971-03-04", "<DATE>05/04/1965")))
    ofac = read(samples.save(tmp_path, "sdn.xml", samples.SDN.replace("circa 1966", "05/04/1965")))
    assert DateSpan(PartialDate(1965, 4, 5), PartialDate(1965, 5, 4)) in next(iter(un)).birth_dates
    assert next(iter(ofac)).birth_dates == (DateSpan(PartialDate(1965, 5, 4)),)
