"""What an optical reader took for something else, put right where one thing alone can be meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.mrz import Finding, Form, MrzDocument, check_digit, parse_mrz, write_mrz
from tahaluf.messages.mrz.checks import composite_digit
from tahaluf.messages.mrz.clean import clean_zones
from tahaluf.messages.mrz.forms import LAYOUTS
from tahaluf.messages.mrz.interpret import Interpreter
from tahaluf.messages.mrz.types import LIKE
from tests.messages.mrz.samples import MRV_A, TD1, TD3, TODAY, documents


def read(zone: str, old: str, new: str) -> tuple[list[Finding], tuple[str, ...], object]:
    """The findings (but that of expiry), the names and the document of a zone in which something was misread."""
    assert old in zone
    reading = parse_mrz(zone.replace(old, new, 1), TODAY)[0]
    return [found for found in reading.findings if found.what != "expired"], reading.names, reading.document


DOCUMENT = parse_mrz(TD3, TODAY)[0].document


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("740812", "7408I2", "birth"), ("740812", "74O812", "birth"), ("740812", "7A0812", "birth"),
        ("740812", "740B12", "birth"), ("740812", "74081Z", "birth"), ("120415", "12041S", "expiry"),
        ("6UTO", "GUTO", "number_check"), ("36UTO", "36UT0", "nationality"), ("P<UTO", "P<UT0", "issuer"),
        ("36UTO", "36UTQ", "nationality"), ("<10", "<1O", "composite_check"), ("<10", "<I0", "optional_check"),
    ],
)  # fmt: skip
def test_a_letter_among_digits_and_a_state_that_is_none_are_put_right(old: str, new: str, field: str) -> None:
    findings, _, document = read(TD3, old, new)
    assert [(found.what, found.field) for found in findings] == [("repaired", field)]
    assert document == DOCUMENT


def test_what_was_read_and_what_was_taken_are_told() -> None:
    findings, _, _ = read(TD3, "740812", "74O8I2")
    assert findings == [Finding("repaired", "birth", "740812", "74O8I2")]


@pytest.mark.parametrize(("old", "new"), [("L898902C3", "L898902C3".replace("0", "O")), ("L898902C3", "L8989O2C3")])
def test_the_check_digits_settle_a_number(old: str, new: str) -> None:
    findings, _, document = read(TD3, old, new)
    assert [(found.what, found.field, found.found) for found in findings] == [("repaired", "number", new)]
    assert document == DOCUMENT


def test_a_number_that_may_be_several_is_told_and_left() -> None:
    findings, _, document = read(TD3, "L898902C3", "LB98902C3")
    assert [found.what for found in findings] == ["ambiguous"]
    assert "L898902C3" in findings[0].expected.split(" | ")
    assert document.number == "LB98902C3"  # type: ignore[attr-defined]


def test_a_check_digit_that_nothing_explains_is_told_and_the_document_is_kept() -> None:
    findings, names, document = read(TD3, "L898902C36", "L898902C37")
    assert Finding("check", "number", "6", "7") in findings
    assert names == ("ANNA MARIA ERIKSSON",)
    assert document == DOCUMENT


def test_a_wrong_composite_digit_is_told() -> None:
    findings, _, _ = read(TD3, "<10", "<11")
    assert findings == [Finding("check", "composite", "0", "1")]


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("ERIKSSON", "ERIK5SON", ("ANNA MARIA ERIKSSON",)),
        ("ERIKSSON", "ER1KSSON", ("ANNA MARIA ERIKSSON", "ANNA MARIA ERLKSSON")),
        ("ERIKSSON", "ERIKSS0N", ("ANNA MARIA ERIKSSON", "ANNA MARIA ERIKSSQN", "ANNA MARIA ERIKSSDN")),
    ],
)
def test_digits_in_a_name_are_letters_and_all_that_one_may_be_is_searched(
    old: str, new: str, names: tuple[str, ...]
) -> None:
    findings, found, _ = read(TD3, old, new)
    assert found == names
    assert ("ambiguous" in [finding.what for finding in findings]) == (len(names) > 1)


def test_a_digit_that_is_like_no_letter_is_told() -> None:
    findings, names, _ = read(TD3, "ERIKSSON", "ERIKSS7N")
    assert findings == [Finding("name_letters", "name", "A-Z", "ERIKSS7N<<ANNA<MARIA")]
    assert names == ("ANNA MARIA ERIKSS7N",)


@pytest.mark.parametrize("tail", ["<K<K<<", "<<K<<<", "<KKKKK", "<<<<<K", "KKK"])
def test_a_k_among_fillers_is_a_filler(tail: str) -> None:
    at = 5 + len("ERIKSSON<<ANNA<MARIA<")
    zone = TD3[:at] + tail + TD3[at + len(tail) :]
    reading = parse_mrz(zone, TODAY)[0]
    assert reading.names == ("ANNA MARIA ERIKSSON",)
    assert ("repaired", "name") in [(found.what, found.field) for found in reading.findings]


@pytest.mark.parametrize(
    "field", ["ERIKSSON<<K", "ERIKSSON<<ANNA<K", "ERIKSSON<<ANNA<KK", "K<<K", "ERIKSSON<<ANNA<MAREK", "K<<ANNA"]
)
def test_a_k_that_may_be_a_name_stays(field: str) -> None:
    reading = parse_mrz(TD3[:5] + field.ljust(39, "<") + TD3[44:], TODAY)[0]
    assert [found.what for found in reading.findings] == ["expired"]
    assert "K" in reading.names[0]


def named(field: str) -> tuple[tuple[str, ...], list[Finding]]:
    """The names of a passport with this name field, and what was found of it."""
    reading = parse_mrz(TD3[:5] + field.ljust(39, "<") + TD3[44:], TODAY)[0]
    return reading.names, [found for found in reading.findings if found.field == "name"]


@pytest.mark.parametrize("letter", "KCLS")
@pytest.mark.parametrize("tail", ["{0:<}<", "{1}", "<<KKC<<<KKC<<<KKC", "<<<<<<{1}{1}{1}", "{1}{1}{1}{1}<<{1}{1}<"])
def test_fillers_read_as_letters_after_a_name_are_fillers_again(letter: str, tail: str) -> None:
    start = "GHAFARI<<AMADOU"
    tail = tail.format(letter * (38 - len(start)), letter * 3)
    (first, *others), findings = named(start + tail)
    assert first == "AMADOU GHAFARI"
    assert all(other == f"AMADOU{letter} GHAFARI" for other in others)
    assert [found.what for found in findings] == ["repaired"]
    assert findings[0].expected.split(" | ")[0] == start
    assert findings[0].found.startswith(start + tail[:3])


@pytest.mark.parametrize(
    ("given", "likely"),
    [
        ("TARIK", ("TARI", "TARIK")),
        ("MALICK", ("MALI", "MALIC", "MALICK")),
        ("ABDUL", ("ABDUL", "ABDULK")),
        ("SANAULLAH", ("SANAULLAH", "SANAULLAHK")),
    ],
)
def test_a_name_that_may_end_in_the_letter_is_searched_with_it_too(given: str, likely: tuple[str, ...]) -> None:
    names, findings = named(f"DIARRA<<{given}".ljust(38, "K"))
    assert names == tuple(f"{each} DIARRA" for each in likely)
    assert findings[0].expected.split(" | ") == [f"DIARRA<<{each}" for each in likely]


def test_two_k_where_identifiers_are_not_set_apart_may_be_the_fillers_between_them() -> None:
    names, findings = named("GHAFARIKKSANAULLAH")
    assert names == ("GHAFARIKKSANAULLAH", "SANAULLAH GHAFARI")
    assert findings == [Finding("ambiguous", "name", "GHAFARI<<SANAULLAH", "GHAFARIKKSANAULLAH")]


def test_a_name_all_of_whose_fillers_were_misread_is_searched_as_what_it_was() -> None:
    names, findings = named("GHAFARIKKSANAULLAH".ljust(39, "K"))
    assert {"GHAFARIKKSANAULLAH", "SANAULLAH GHAFARI"} <= set(names)
    assert [found.what for found in findings] == ["repaired"]
    assert len(names) <= 5


@pytest.mark.parametrize(
    "field", ["MEKKI<<AHMED", "MAKKI", "DIALLO<<AMADOU<LLS", "SALL<<ABDOULAYE", "ROSS<<ALICE<S", "SISSOKO<<KLC", "KKK"]
)
def test_letters_of_names_stay(field: str) -> None:
    names, findings = named(field)
    assert set(names[0].split()) == set(field.replace("<", " ").split())
    assert findings == []


@given(documents())
def test_a_name_without_such_letters_at_its_end_stays(document: MrzDocument) -> None:
    findings = parse_mrz(write_mrz(document, document.form), TODAY)[0].findings
    assert not [found for found in findings if found.field == "name" and found.what != "name_truncated"]


def test_a_k_among_the_fillers_of_an_optional_field_is_a_filler() -> None:
    findings, _, document = read(TD1, "D231458907<<<<<<<<<<<<<<<", "D231458907<<<<KK<<<<K<<<<")
    assert ("repaired", "optional") in [(found.what, found.field) for found in findings]
    assert document.optional == ""  # type: ignore[attr-defined]


def test_an_unknown_sex_is_told_and_left_out() -> None:
    findings, _, document = read(TD3, "2F1204", "271204")
    assert Finding("sex", "sex", "M, F, X, <", "7") in findings
    assert document.sex == ""  # type: ignore[attr-defined]


def test_a_visa_without_composite_digit_is_settled_by_the_digit_of_the_field() -> None:
    findings, _, _ = read(MRV_A, "L8988901C4", "L8988901C5")
    assert [found.what for found in findings] in (["check"], ["ambiguous"], ["repaired"])


@given(documents(), st.data())
def test_one_misread_digit_of_a_date_is_never_passed_over_in_silence(
    document: MrzDocument, data: st.DataObject
) -> None:
    zone = write_mrz(document, document.form).replace("\n", "")
    layout = LAYOUTS[document.form]
    dates = (*range(layout.birth.start, layout.birth_check + 1), *range(layout.expiry.start, layout.expiry_check + 1))
    place = data.draw(st.sampled_from(dates))
    other = data.draw(st.sampled_from("0123456789".replace(zone[place], "")))
    before, after = (
        {(found.what, found.field) for found in parse_mrz(text, TODAY)[0].findings}
        for text in (zone, zone[:place] + other + zone[place + 1 :])
    )
    assert after - before


def is_clean(text: str, form: Form) -> bool:
    """The obvious way of `clean_zones`: each field by a pattern, each check digit computed."""
    layout = LAYOUTS[form]
    checks = [(layout.number, layout.number_check), (layout.birth, layout.birth_check)]
    checks.append((layout.expiry, layout.expiry_check))
    if layout.optional_check is not None:
        checks.append((layout.optional, layout.optional_check))
    patterns = [
        (r"[PVACI][A-Z<]{4}", slice(0, 5)), ("[A-Z<]*", layout.name), ("[A-Z<]*", layout.nationality),
        ("[0-9]*", layout.birth), ("[0-9]*", layout.expiry), ("[MFX<]", slice(layout.sex, layout.sex + 1)),
    ]  # fmt: skip
    return (
        all(re.fullmatch(pattern, text[part]) for pattern, part in patterns)
        and all(check_digit(text[part]) == text[place] for part, place in checks)
        and (layout.composite_check is None or composite_digit(text, layout) == text[layout.composite_check])
    )


@st.composite
def zones(draw: st.DrawFn, form: Form) -> str:
    """A zone of a form, its lines joined, with up to two characters misread."""
    text = write_mrz(draw(documents(form)), form).replace("\n", "")
    for place, char in draw(
        st.lists(st.tuples(st.integers(0, len(text) - 1), st.sampled_from("0OK<I1B8AX7")), max_size=2)
    ):
        text = text[:place] + char + text[place + 1 :]
    return text


@pytest.mark.parametrize("form", Form)
@given(data=st.data())
def test_many_zones_at_once_are_judged_as_each_alone(form: Form, data: st.DataObject) -> None:
    texts = data.draw(st.lists(zones(form), min_size=1, max_size=4))
    assert clean_zones(texts, form).tolist() == [is_clean(text, form) for text in texts]


@pytest.mark.parametrize("form", Form)
@given(data=st.data())
def test_the_long_way_reads_a_clean_zone_as_the_short_one(form: Form, data: st.DataObject) -> None:
    text = data.draw(zones(form))
    clean = bool(clean_zones([text], form)[0])
    interpreter = Interpreter(TODAY)
    assert interpreter.interpret(text, form, clean=clean) == interpreter.interpret(text, form)


@pytest.mark.parametrize("form", Form)
def test_a_filler_misread_in_the_last_position_of_a_clean_zone_goes_the_long_way(form: Form) -> None:
    code = "V" if form.startswith("MRV") else "P" if form is Form.TD3 else "I"
    document = MrzDocument(form, code, "MLI", "DIARRA", "AMADOU", "A1", "MLI", "850314", "M", "351231")
    text = write_mrz(document, form).replace("\n", "")
    last = LAYOUTS[form].name.stop - 1
    text = text[:last] + "K" + text[last + 1 :]
    interpreter = Interpreter(TODAY)
    clean = bool(clean_zones([text], form)[0])
    assert clean
    assert interpreter.interpret(text, form, clean=clean) == interpreter.interpret(text, form)


def test_what_looks_alike_does_so_both_ways() -> None:
    assert all(char in LIKE[other] for char, others in LIKE.items() for other in others)
