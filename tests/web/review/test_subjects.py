"""A subject as it is stored: nothing is lost, and the same person has the same key."""

import json
import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import Document, Gender, Kind, PartialDate, PartyRole, Subject, Where
from tahaluf.web.review.subjects import caption_of, digest_of, key_of, plain_subject, subject_of

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=20)
dates = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999), circa=st.booleans()),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), circa=st.booleans()),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28), circa=st.booleans()),
)
documents = st.builds(
    Document, texts, texts, st.none() | texts, st.none() | dates, st.none() | dates, st.none() | texts
)
several = st.lists(texts, max_size=3).map(tuple)
subjects = st.builds(
    Subject,
    id=texts,
    names=several,
    kind=st.sampled_from(Kind),
    birth_dates=st.lists(dates, max_size=3).map(tuple),
    nationalities=several,
    residences=several,
    gender=st.none() | st.sampled_from(Gender),
    birth_places=several,
    documents=st.lists(documents, max_size=3).map(tuple),
    role=st.none() | st.sampled_from(PartyRole),
    unit=st.none() | st.integers(1, 10**9),
    details=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
)
SAMPLE = Subject(
    "7",
    ("Amadou Traoré", "أحمد تراوري"),
    Kind.PERSON,
    birth_dates=(PartialDate(1979, 5), PartialDate(1980, circa=True)),
    nationalities=("ml", "sn"),
    documents=(Document("AB-123 456", "passport", "ml"), Document("9", "identification")),
)


@given(subjects)
def test_a_subject_comes_back_whole_from_json(subject: Subject) -> None:
    plain = json.loads(json.dumps(plain_subject(subject)))
    assert plain == plain_subject(subject)
    assert subject_of(plain) == subject


@given(subjects, st.randoms())
def test_the_key_knows_no_order_and_no_id(subject: Subject, chance: object) -> None:
    def mixed(values: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(values, len(values)))  # type: ignore[attr-defined]

    other = replace(
        subject,
        id=subject.id + "x",
        unit=1,
        names=mixed(subject.names),
        birth_dates=mixed(subject.birth_dates),
        nationalities=mixed(subject.nationalities),
        documents=mixed(subject.documents),
    )
    assert key_of(plain_subject(other)) == key_of(plain_subject(subject))
    assert len(key_of(plain_subject(subject))) == 64


def test_the_place_in_a_file_is_not_stored() -> None:
    placed = replace(SAMPLE, where=Where("list.csv", 4, message="M1", segment=2))
    assert plain_subject(placed) == plain_subject(SAMPLE)


def test_case_diacritics_and_marks_in_a_number_make_no_other_subject() -> None:
    other = replace(
        SAMPLE,
        names=("AHMED", "  amadou   TRAORE ", "احمد تراورى"),
        documents=(Document("ab123456", "passport", "ml"), Document("9", "identification")),
    )
    same = replace(other, names=other.names[1:])
    assert key_of(plain_subject(same)) == key_of(plain_subject(SAMPLE))
    assert key_of(plain_subject(other)) != key_of(plain_subject(SAMPLE))
    assert digest_of(plain_subject(same)) == digest_of(plain_subject(SAMPLE))


@pytest.mark.parametrize(
    "change",
    [
        {"birth_dates": (PartialDate(1979, 6),)},
        {"birth_dates": (PartialDate(1979, 5), PartialDate(1980))},
        {"kind": Kind.UNKNOWN},
        {"names": ("Amadou Traoré",)},
        {"documents": ()},
    ],
)
def test_other_names_dates_and_documents_make_another_subject(change: dict[str, Any]) -> None:
    before, after = plain_subject(SAMPLE), plain_subject(replace(SAMPLE, **change))
    assert key_of(before) != key_of(after)
    assert digest_of(before) != digest_of(after)


MORE: list[dict[str, Any]] = [
    {"nationalities": ("ml",)},
    {"gender": Gender.MALE},
    {"residences": ("fr",)},
    {"birth_places": ("Gao",)},
]


@pytest.mark.parametrize("change", MORE)
def test_a_known_person_of_whom_more_is_stated_is_the_same_and_has_changed(change: dict[str, Any]) -> None:
    before, after = plain_subject(SAMPLE), plain_subject(replace(SAMPLE, **change))
    assert key_of(before) == key_of(after)
    assert digest_of(before) != digest_of(after)


@pytest.mark.parametrize("change", MORE)
def test_of_namesakes_whatever_is_stated_tells_them_apart(change: dict[str, Any]) -> None:
    namesake = Subject("1", ("Amadou Traoré",), Kind.PERSON)
    assert key_of(plain_subject(namesake)) != key_of(plain_subject(replace(namesake, **change)))


def test_what_belongs_to_the_message_makes_no_other_subject() -> None:
    other = replace(SAMPLE, id="8", unit=3, role=PartyRole.DEBTOR, details=(("transaction", "T-1"),))
    assert key_of(plain_subject(other)) == key_of(plain_subject(SAMPLE))
    assert digest_of(plain_subject(other)) == digest_of(plain_subject(SAMPLE))


def test_free_texts_are_told_apart_by_what_they_say() -> None:
    one, two = (
        plain_subject(Subject("t", (), role=PartyRole.TEXT, details=(("text", text),))) for text in ("rent", "salary")
    )
    assert key_of(one) != key_of(two)
    assert digest_of(one) != digest_of(two)
    assert caption_of(one) == "rent"


def test_what_no_database_holds_is_taken_out() -> None:
    plain = plain_subject(Subject("a\0b", ("Ali\0 Sow\ud800",)))
    assert plain["id"] == "ab"
    assert plain["names"] == ["Ali Sow"]


@pytest.mark.parametrize(
    ("subject", "caption"),
    [
        (SAMPLE, "Amadou Traoré"),
        (Subject("1", (), documents=(Document("X1", "passport", "ma"),)), "passport X1 (MA)"),
        (Subject("only-id", ()), "only-id"),
        (Subject("1", ("a" * 10_000,)), "a" * 500),
        (Subject("1", ("line\nbreak\tand  more",)), "line break and more"),
    ],
)
def test_a_subject_has_a_caption(subject: Subject, caption: str) -> None:
    assert caption_of(plain_subject(subject)) == caption
    assert set(key_of(plain_subject(subject))) <= set(string.hexdigits)
