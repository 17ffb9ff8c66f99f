"""Zones whose lines stand in another order, whose fillers became blanks, and several in a line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.mrz import Form, MrzDocument, is_mrz, parse_mrz, write_mrz
from tahaluf.messages.mrz.lines import Foreign, Stray, Zone
from tahaluf.messages.mrz.zones import MOST_WAITING, find_zones
from tests.messages.helpers import write
from tests.messages.mrz.samples import MRV_B, PUBLISHED, TD1, TD2, TD3, TODAY, documents
from tests.messages.mrz.test_read import VALID, codes, subjects, zone

OTHER = VALID._replace(primary="KEITA", secondary="FANTA", number="BB7654321", issuer="GIN", nationality="GIN")
LETTERS = "ABDEFGHIJM"


def swapped(text: str) -> str:
    first, second = text.split("\n")
    return f"{second}\n{first}"


def holder(number: int, state: str = "MLI") -> MrzDocument:
    """One of many passports, the number of which tells the name."""
    letters = "".join(LETTERS[int(digit)] for digit in f"{number:03d}")
    return VALID._replace(secondary=f"AMA{letters}", number=f"AA{number:03d}", issuer=state, nationality=state)


def pairs(path: Path) -> list[tuple[str, str]]:
    found, _, _ = subjects(path)
    return [(one.names[0], one.documents[0].number if one.documents else "") for one in found]


def as_pair(document: MrzDocument) -> tuple[str, str]:
    return f"{document.secondary} {document.primary}", document.number


@pytest.mark.parametrize("sample", [TD3, TD2, MRV_B, zone()])
def test_lines_in_the_other_order_are_read_and_told(sample: str, tmp_path: Path) -> None:
    (plain,), before, _ = subjects(write(tmp_path / "plain.txt", sample))
    (found,), rejections, sink = subjects(write(tmp_path / "p.txt", swapped(sample)))
    assert (found.names, found.documents, found.birth_dates) == (plain.names, plain.documents, plain.birth_dates)
    assert codes(rejections) == ["order", *codes(before)]
    assert (rejections[0].problem.expected, rejections[0].problem.found) == ("1, 2", "2, 1")
    assert sink.units == 1


def test_a_name_that_fills_its_line_is_read_in_the_other_order_too(tmp_path: Path) -> None:
    name = "RAVELOMANANJARABEMANDROSO" * 2
    (found,), rejections, _ = subjects(
        write(tmp_path / "p.txt", swapped(zone(VALID._replace(primary=name, secondary=""))))
    )
    assert (found.names, found.documents[0].number) == ((name[:39],), "AA1234567")
    assert "order" in codes(rejections)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_file_of_lines_in_the_other_order_never_gives_one_the_number_of_another(gap: str, tmp_path: Path) -> None:
    all_of_them = [holder(number) for number in range(20)]
    path = write(tmp_path / "p.txt", gap.join(swapped(zone(document)) for document in all_of_them))
    assert pairs(path) == list(map(as_pair, all_of_them))


def test_a_long_file_in_the_other_order_is_told_by_its_states(tmp_path: Path) -> None:
    states = ["MLI", "GIN", "TCD", "NER"]
    all_of_them = [holder(number, states[number % 4]) for number in range(3 * MOST_WAITING)]
    path = write(tmp_path / "p.txt", "\n".join(swapped(zone(document)) for document in all_of_them))
    assert pairs(path) == list(map(as_pair, all_of_them))


@pytest.mark.parametrize("many", [1, 5, 2 * MOST_WAITING])
def test_a_second_line_whose_first_is_missing_changes_nothing_for_those_after_it(many: int, tmp_path: Path) -> None:
    after = [holder(number) for number in range(many)]
    lost = zone(OTHER).split("\n")[1]
    for before in ([], [VALID]):
        text = "\n".join([*map(zone, before), lost, *map(zone, after)])
        assert pairs(write(tmp_path / "p.txt", text)) == list(map(as_pair, [*before, *after]))
        assert subjects(tmp_path / "p.txt")[2].rejected == 1


def test_one_pair_in_the_other_order_among_others_is_told_alone(tmp_path: Path) -> None:
    text = "\n".join([zone(), swapped(zone(OTHER)), zone(holder(3))])
    assert pairs(write(tmp_path / "p.txt", text)) == list(map(as_pair, [VALID, OTHER, holder(3)]))
    assert codes(subjects(tmp_path / "p.txt")[1]) == ["order"]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["first", "second", "whole", "swapped", "text"]))))
def test_every_line_is_in_what_comes_out_once(parts: list[tuple[int, str]]) -> None:
    lines: list[str] = []
    for number, what in parts:
        first, second = zone(holder(number)).split("\n")
        lines += {
            "first": [first], "second": [second], "whole": [first, second], "swapped": [second, first],
            "text": ["a note"],
        }[what]  # fmt: skip
    came: list[str] = []
    for one in find_zones(enumerate(lines, start=1)):
        if isinstance(one, Foreign):
            came.append(one.text)
        else:
            came += [one.text[:44], one.text[44:]] if isinstance(one, Zone) else one.lines
    assert sorted(came) == sorted(lines)


@pytest.mark.parametrize("ends", ["kept", "lost"])
@pytest.mark.parametrize("sample", PUBLISHED.values(), ids=list(PUBLISHED))
def test_blanks_for_fillers_are_read_and_told(sample: str, ends: str, tmp_path: Path) -> None:
    (plain,), before, _ = subjects(write(tmp_path / "plain.txt", sample))
    blank = "\n".join(line if ends == "kept" else line.rstrip() for line in sample.replace("<", " ").split("\n"))
    (found,), rejections, _ = subjects(write(tmp_path / "p.txt", blank + "\n"))
    assert (found.names, found.documents, found.birth_dates) == (plain.names, plain.documents, plain.birth_dates)
    assert codes(rejections) == ["blanks", *codes(before)]


@given(st.lists(documents(), min_size=1, max_size=4))
def test_zones_with_blanks_are_the_zones_that_they_were(several: list[MrzDocument]) -> None:
    text = "\n".join(write_mrz(document, document.form) for document in several)
    blank = parse_mrz(text.replace("<", " "), TODAY)
    assert [one.document for one in blank] == [one.document for one in parse_mrz(text, TODAY)]


def test_zones_with_blanks_among_text_and_other_zones_are_read_in_their_place(tmp_path: Path) -> None:
    text = f"Passport 1\n{zone().replace('<', ' ')}\nPassport 2\n{zone(OTHER)}\n{zone(holder(3)).replace('<', ' ')}"
    path = write(tmp_path / "p.txt", text)
    assert pairs(path) == list(map(as_pair, [VALID, OTHER, holder(3)]))
    assert codes(subjects(path)[1]) == ["blanks", "blanks"]


@pytest.mark.parametrize(
    "content",
    [
        "AMADOU DIARRA\nFANTA KEITA\n",
        "PIERRE DIARRA\nAMADOU 1985 03 14\n" * 9,
        "P MLIDIARRA  AMADOU                         \n" + "A" * 44,
        "id;name;birth\n1;AMADOU DIARRA;850314\n",
    ],
)
def test_other_text_with_blanks_is_no_zone(content: str) -> None:
    assert not is_mrz(content.encode())


@pytest.mark.parametrize("between", ["", " ", "   "])
@pytest.mark.parametrize("count", [2, 3, 20])
def test_several_zones_in_a_line_are_each_read(count: int, between: str, tmp_path: Path) -> None:
    all_of_them = [holder(number) for number in range(count)]
    text = between.join(zone(document).replace("\n", between) for document in all_of_them)
    path = write(tmp_path / "p.txt", text)
    assert pairs(path) == list(map(as_pair, all_of_them))
    assert subjects(path)[2].units == count


def test_what_follows_whole_zones_in_a_line_is_told(tmp_path: Path) -> None:
    text = (TD3 + zone() + zone(OTHER)[:60]).replace("\n", "")
    found, rejections, sink = subjects(write(tmp_path / "p.txt", text))
    assert [one.names[0] for one in found] == ["ANNA MARIA ERIKSSON", "AMADOU DIARRA", "FANTA KEITA"]
    assert "incomplete" in codes(rejections)
    assert sink.units == 3


def test_zones_of_several_forms_stand_in_one_line() -> None:
    text = "".join(sample.replace("\n", "") for sample in (TD1, TD3, TD2))
    assert [one.document.form for one in parse_mrz(text, TODAY)] == [Form.TD1, Form.TD3, Form.TD2]


def test_a_line_that_begins_with_no_zone_stays_one_thing() -> None:
    (one,) = find_zones([(1, "X<" * 80)])
    assert isinstance(one, Stray)
