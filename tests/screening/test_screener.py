"""What a screener finds, what it leaves, and what moves a score; every name is invented."""

from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Alias, DateSpan, Document, Hit, Kind, Listing, PartialDate, Quality, Subject
from tahaluf.screening import Screener, engine_version

RARE = "rare"
GIVEN = ("Mohamed", "Ahmed", "Ibrahim", "Ousmane", "Fatoumata", "Khaled", "Youssef", "Aïcha", "Salem", "Boubacar")
FATHERS = ("Ould Brahim", "Abdallah", "Moussa", "Hassan", "Cheikh", "Ismail")
FAMILIES = (
    "Tandjawi", "Kerroubi", "Diakhoumpa", "Seghiroun", "Boughzal", "Ferradji", "Maïnassara", "Lemhaba", "Zerdoumi",
    "Ghrissi", "Touhamine", "Aghali",
)  # fmt: skip


def person(number: str, *names: str, **more: Any) -> Listing:
    return Listing(number, Kind.PERSON, "invented", tuple(Alias(name) for name in names), **more)


OTHERS = tuple(
    person(f"other-{number}", f"{GIVEN[number % 10]} {FATHERS[number % 6]} {FAMILIES[number % 12]}")
    for number in range(60)
)
LISTINGS = (
    person(RARE, "Zoubeir Ould Khatry Tarawely", "الزبير ولد خطري الطراولي"),
    person("common", "Mohamed Ali"),
    person("chain", "Mounir Ben Tidjani Ben Louafi Boughazala"),
    person(
        "dated",
        "Mokhtar Salah Bouderbala",
        birth_dates=(DateSpan(PartialDate(1971, 3, 9)),),
        documents=(Document("K7730915", "passport", "dz"),),
    ),
    Listing("ship", Kind.VESSEL, "invented", (Alias("Tarawely Khatry Zoubeir"), Alias("Kaltouma Star"))),
    Listing("firm", Kind.COMPANY, "invented", (Alias("Kaltouma Transit SARL"),)),
    Listing("weak", Kind.PERSON, "invented", (Alias("Hamdoun Ikhlef"), Alias("Abou Qaswara", quality=Quality.LOW))),
    *OTHERS,
)
TRAVELERS = (
    "Zubair Khatri Taraoueli", "Mohamed Ali", "Jean-Luc Ferrandier", "", "خطري", "Mounir Tidjani Boughazala",
    "Ibrahim Moussa Aghali", "Mokhtar Bouderbala", "X", "???", "Kaltouma Transit", "Zoubeir Khatry Tarawely",
)  # fmt: skip


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return Screener.compile(LISTINGS, tmp_path_factory.mktemp("screener") / "index")


def match(screener: Screener, name: str, threshold: float | None = None, **more: Any) -> list[Hit]:
    return screener.match(Subject("s", (name,), more.pop("kind", Kind.PERSON), **more), top=50, threshold=threshold)


def score(screener: Screener, name: str, listing: str, **more: Any) -> float:
    """The score of one pair, 0 where it was not even looked at."""
    return next((h.score for h in match(screener, name, 0.0, **more) if h.listing_id == listing), 0.0)


def batch_of(names: list[str], **columns: Any) -> pa.RecordBatch:
    ids = [f"q{number}" for number in range(len(names))]
    listed = pa.array([[name] if name else [] for name in names], pa.list_(pa.string()))
    kinds = pa.array([Kind.PERSON.value] * len(names), pa.string())
    return pa.RecordBatch.from_pydict({"id": pa.array(ids, pa.string()), "names": listed, "kind": kinds, **columns})


@pytest.mark.parametrize(
    "name",
    [
        "الزبير ولد خطري الطراولي",
        "الزبير خطري الطراولي",
        "زبير ولد خطري طراولي",
        "Zoubeïr Ould Khatri Taraoueli",
        "Zoubair Khatry Traouli",
        "Al-Zubayr Khatri al-Tarawili",
        "ZUBAIR KHATRI TARAWILI",
        "Tarawely Zoubeir Khatry",
    ],
)
def test_a_rare_name_is_found_in_arabic_in_french_and_in_english(screener: Screener, name: str) -> None:
    hits = match(screener, name)
    assert [hit.listing_id for hit in hits] == [RARE], score(screener, name, RARE)


@pytest.mark.parametrize("name", ["Mohamed Ali", "MOHAMMED ALI", "محمد علي", "Ali Mohamed"])
def test_two_common_names_alone_stay_under_the_default_threshold(screener: Screener, name: str) -> None:
    assert [(hit.listing_id, hit.score) for hit in match(screener, name)] == []


def test_people_who_are_not_listed_give_no_hit(screener: Screener) -> None:
    for name in ("Jean-Luc Ferrandier", "Salimata Ouattinga", "Oleg Brantsev", "حسين المرعاوي", "Ahmed Salem"):
        assert [(hit.listing_id, hit.score) for hit in match(screener, name)] == [], name


def test_a_contradicted_father_scores_lower_than_one_left_out(screener: Screener) -> None:
    left_out = score(screener, "Mounir Ben Louafi Boughazala", "chain")
    whole = score(screener, "Mounir Ben Tidjani Ben Louafi Boughazala", "chain")
    omitted = score(screener, "Mounir Louafi Boughazala", "chain")
    contradicted = score(screener, "Mounir Ben Slimane Ben Louafi Boughazala", "chain")
    plainly = score(screener, "Mounir Slimane Louafi Boughazala", "chain")
    assert contradicted < left_out < whole
    assert contradicted < omitted < whole
    assert plainly < omitted


def test_father_and_son_swapped_score_lower_than_the_name_as_it_stands(screener: Screener) -> None:
    straight = score(screener, "Mounir Ben Tidjani Boughazala", "chain")
    swapped = score(screener, "Tidjani Ben Mounir Boughazala", "chain")
    assert swapped < straight


def test_a_weak_alias_scores_lower_than_the_same_name_vouched_for(tmp_path: Path) -> None:
    good = person("good", "Abou Qaswara Dhoumari")
    low = Listing("low", Kind.PERSON, "invented", (Alias("Abou Qaswara Dhoumari", quality=Quality.LOW),))
    both = Screener.compile([good, low, *OTHERS], tmp_path / "index")
    assert score(both, "Abu Qaswara Dumari", "low") < score(both, "Abu Qaswara Dumari", "good")


def test_a_birth_date_that_agrees_raises_and_one_that_contradicts_lowers(screener: Screener) -> None:
    name = "Mokhtar Bouderbala"
    plain = score(screener, name, "dated")
    same = score(screener, name, "dated", birth_dates=(PartialDate(1971, 3, 9),))
    other = score(screener, name, "dated", birth_dates=(PartialDate(1994, 8, 21),))
    assert other < plain < same


def test_the_same_document_dominates_what_else_contradicts(screener: Screener) -> None:
    name, other = "Mokhtar Bouderbala", (PartialDate(1994, 8, 21),)
    passport = (Document("K 7730915", "passport", "dz"),)
    both = score(screener, name, "dated", birth_dates=other, documents=passport)
    assert both > score(screener, name, "dated")
    assert both > screener.default_threshold


def test_an_effect_is_explained_by_attribute_and_reason(screener: Screener) -> None:
    (hit,) = match(screener, "Mokhtar Salah Bouderbala", birth_dates=(PartialDate(1971, 3, 9),))
    (effect,) = hit.explanation.attributes
    assert effect.attribute == "birth_date"
    assert effect.effect > 0
    assert hit.score > hit.explanation.name_score


def results(screener: Screener, names: list[str]) -> dict[str, list[tuple[str, float, int]]]:
    answered = screener.screen_batch(batch_of(names), top=5, threshold=0.0)
    own = zip(names, answered, strict=True)
    return {name: [(hit.listing_id, hit.score, hit.rank) for hit in hits] for name, hits in own}


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.permutations(TRAVELERS), cut=st.integers(0, len(TRAVELERS)))
def test_results_depend_neither_on_the_order_of_a_batch_nor_on_its_cut(
    screener: Screener, names: list[str], cut: int
) -> None:
    whole = results(screener, list(TRAVELERS))
    assert results(screener, names) == whole
    assert results(screener, names[:cut]) | results(screener, names[cut:]) == whole


def test_a_new_screener_gives_what_a_used_one_gives(screener: Screener, tmp_path: Path) -> None:
    used = results(screener, list(TRAVELERS))
    fresh = Screener.compile(LISTINGS, tmp_path / "index")
    assert fresh.index_id == screener.index_id
    assert results(fresh, list(reversed(TRAVELERS))) == used


def test_a_subject_alone_has_the_reasons_that_it_has_in_a_batch(screener: Screener) -> None:
    together = screener.screen_batch(batch_of(list(TRAVELERS)), top=5, threshold=0.0)
    apart = [match(screener, name, threshold=0.0)[:5] for name in TRAVELERS]
    assert [[hit.explanation.tokens for hit in hits] for hits in together] == [
        [hit.explanation.tokens for hit in hits] for hits in apart
    ]
    assert all(hit.explanation.tokens for hits in together for hit in hits)


def test_a_subject_alone_scores_as_in_a_batch(screener: Screener) -> None:
    whole = results(screener, list(TRAVELERS))
    for name in filter(None, TRAVELERS):
        alone = screener.match(Subject("s", (name,), Kind.PERSON), top=5, threshold=0.0)
        assert [(hit.listing_id, hit.score, hit.rank) for hit in alone] == whole[name]


@pytest.mark.parametrize("name", [name for name in TRAVELERS if name] + ["a" * 5000, "ا" * 300, "\u200f\u0000 ''"])
def test_scores_lie_strictly_between_0_and_1_and_fall_with_rank(screener: Screener, name: str) -> None:
    hits = match(screener, name, 0.0, documents=(Document("K7730915"),), birth_dates=(PartialDate(1971, 3, 9),))
    assert all(0 < hit.score < 1 and 0 < hit.explanation.name_score < 1 for hit in hits)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.listing_id for hit in hits}) == len(hits)


@given(name=st.text(max_size=60))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_screening(screener: Screener, name: str) -> None:
    assert all(0 < hit.score < 1 for hit in match(screener, name, 0.0))


def test_hits_stand_at_or_over_the_threshold_and_at_most_top(screener: Screener) -> None:
    every = match(screener, "Ibrahim Moussa Aghali", 0.0)
    cut = every[2].score
    assert match(screener, "Ibrahim Moussa Aghali", cut) == [hit for hit in every if hit.score >= cut]
    subject = Subject("s", ("Ibrahim Moussa Aghali",), Kind.PERSON)
    assert [hit.rank for hit in screener.match(subject, top=2, threshold=0.0)] == [1, 2]


def test_the_best_of_several_names_counts(screener: Screener) -> None:
    several = Subject("s", ("Jean Ferrandier", "Zubair Khatri Taraoueli"), Kind.PERSON)
    (hit,) = screener.match(several)
    assert hit.explanation.subject_name == "Zubair Khatri Taraoueli"
    assert hit.score == score(screener, "Zubair Khatri Taraoueli", RARE)


@pytest.mark.parametrize(
    ("listed", "asked", "kind", "reason"),
    [
        ("Robert Tandjawi", "Bob Tandjawi", Kind.PERSON, "nickname"),
        ("Yahya Kerroubi", "John Kerroubi", Kind.PERSON, "equivalent"),
        ("Kaltouma Relief Foundation", "مؤسسة كلتومة للإغاثة", Kind.ORGANIZATION, "concept"),
    ],
)
def test_tokens_that_stand_for_one_another_meet_and_say_why(
    tmp_path: Path, listed: str, asked: str, kind: Kind, reason: str
) -> None:
    own = Screener.compile([Listing("own", kind, "invented", (Alias(listed),)), *OTHERS], tmp_path / "index")
    hit = match(own, asked, threshold=0.0, kind=kind)[0]
    assert hit.listing_id == "own"
    assert reason in {token.reason for token in hit.explanation.tokens}
    stranger = match(own, asked.replace("Bob", "Karl").replace("John", "Karl"), threshold=0.0, kind=kind)[0]
    assert hit.score >= stranger.score


LETTERS = (
    Listing("union", Kind.ORGANIZATION, "invented", (Alias("Kaltouma Union for the Relief of Atar"),)),
    Listing("bracketed", Kind.ORGANIZATION, "invented", (Alias("Société d'entraide de Kiffa (SEKF)"),)),
    Listing("letters", Kind.ORGANIZATION, "invented", (Alias("ZTQW"),)),
    Listing("boat", Kind.VESSEL, "invented", (Alias("Amina"),)),
    Listing("league", Kind.ORGANIZATION, "invented", (Alias("رابطة كلتومة"), Alias("Amina"))),
)


@pytest.mark.parametrize(
    ("name", "kind", "found", "reason"),
    [
        ("KURA", Kind.UNKNOWN, "union", "acronym"),
        ("K.U.R.A.", Kind.ORGANIZATION, "union", "acronym"),
        ("SEKF", Kind.UNKNOWN, "bracketed", "acronym"),
        ("Zerdoumi Trading Qantara Works", Kind.COMPANY, "letters", "acronym"),
        ("ztqw", Kind.UNKNOWN, "letters", "exact"),
        ("رابطة كلتومة", Kind.UNKNOWN, "league", "exact"),
        ("Amina", Kind.UNKNOWN, "league", "exact"),
        ("Amina", Kind.VESSEL, "boat", "exact"),
    ],
)
def test_an_organization_is_found_by_its_letters_and_by_its_whole_name(
    tmp_path: Path, name: str, kind: Kind, found: str, reason: str
) -> None:
    own = Screener.compile((*LETTERS, *OTHERS), tmp_path / "index")
    hits = match(own, name, kind=kind)
    assert [hit.listing_id for hit in hits] == [found]
    assert hits[0].explanation.tokens[0].reason == reason


def test_letters_find_no_organization_for_a_person_nor_initials_other_initials(tmp_path: Path) -> None:
    own = Screener.compile((*LETTERS, *OTHERS), tmp_path / "index")
    assert match(own, "KURA") == []
    assert match(own, "Khatry Union of Rural Arts", kind=Kind.ORGANIZATION) == []


@pytest.mark.parametrize(
    "name", ["Zubair Khatri Taraoueli (account closed)", "Nouakchott Port / Zubair Khatri Taraoueli"]
)
def test_what_is_noted_beside_a_name_does_not_hide_it(screener: Screener, name: str) -> None:
    assert match(screener, name)[0].listing_id == RARE
    assert match(screener, name)[0].score > match(screener, name.replace("(", "").replace("/", ""), 0.0)[0].score


def test_three_words_as_listed_are_a_hit_and_two_common_ones_are_none(tmp_path: Path) -> None:
    listed = (person("three", "Mohamed Ali Hassan"), person("two", "Ahmed Ali"))
    own = Screener.compile((*listed, *OTHERS), tmp_path / "index")
    assert [hit.listing_id for hit in match(own, "Mohamed Ali Hassan")] == ["three"]
    assert match(own, "Ahmed Ali") == []


@pytest.mark.parametrize(
    "name", ["Zubair Khatri Taraoueli", "الزبير ولد خطري الطراولي", "Dr Zoubeir Fofana ould Khatry"]
)
def test_an_explanation_covers_every_token_of_both_names(screener: Screener, name: str) -> None:
    from tahaluf.names.tokenize import tokenize

    hit = next(hit for hit in match(screener, name, 0.0) if hit.listing_id == RARE)
    told = hit.explanation
    for side, text in (("subject", told.subject_name), ("listing", told.listing_name)):
        shown = [word for token in told.tokens for word in getattr(token, side).split()]
        assert sorted(shown) == sorted(word for token in tokenize(text) for word in token.shown.split())
    assert (told.engine, told.index) == (engine_version(), screener.index_id)


def test_a_person_never_hits_a_vessel_nor_a_vessel_a_person(screener: Screener) -> None:
    asked = "Tarawely Khatry Zoubeir"
    assert "ship" not in {hit.listing_id for hit in match(screener, asked, 0.0)}
    assert {hit.listing_id for hit in match(screener, asked, 0.0, kind=Kind.VESSEL)} == {"ship"}
    assert {"ship", RARE} <= {hit.listing_id for hit in match(screener, asked, 0.0, kind=Kind.UNKNOWN)}


def test_an_organization_may_hit_a_company(screener: Screener) -> None:
    assert {hit.listing_id for hit in match(screener, "Kaltouma Transit", kind=Kind.ORGANIZATION)} == {"firm"}


ROWS = {
    "id": ["a", "b"],
    "name": ["Zubair Khatri Taraoueli", "Jean-Luc Ferrandier"],
    "kind": [Kind.PERSON.value, Kind.PERSON.value],
}


@pytest.mark.parametrize(
    "table",
    [pa.table(ROWS), pa.RecordBatch.from_pydict(ROWS), pl.DataFrame(ROWS), pd.DataFrame(ROWS)],
    ids=["arrow", "batch", "polars", "pandas"],
)
@pytest.mark.parametrize("rows", [2, 0])
def test_a_table_comes_back_in_the_kind_in_which_it_was_given(screener: Screener, table: Any, rows: int) -> None:
    given_rows = table.slice(0, rows) if not isinstance(table, pd.DataFrame) else table.head(rows)
    found = screener.screen(given_rows)
    assert isinstance(found, pa.Table if isinstance(table, pa.RecordBatch) else type(table))
    plain = found.to_dict("records") if isinstance(found, pd.DataFrame) else pl.DataFrame(found).to_dicts()
    assert [(row["query_id"], row["entity_id"], row["rank"]) for row in plain] == [("a", RARE, 1)][:rows]
    columns = ["query_id", "entity_id", "dataset", "score", "rank", "name", "subject_name", "caption"]
    assert list(found.column_names if isinstance(found, pa.Table) else found.columns) == columns


def test_an_empty_batch_gives_no_rows(screener: Screener) -> None:
    assert screener.screen_batch(batch_of([])) == []


def test_a_subject_without_a_name_gives_no_hit(screener: Screener) -> None:
    assert screener.match(Subject("s", ()), threshold=0.0) == []
    assert screener.screen_batch(batch_of(["", "???"]), threshold=0.0) == [[], []]


@pytest.mark.parametrize("listings", [(), (Listing("bare", Kind.PERSON, "invented", ()),)], ids=["none", "no names"])
def test_an_index_without_names_answers_nothing(tmp_path: Path, listings: tuple[Listing, ...]) -> None:
    empty = Screener.compile(listings, tmp_path / "index")
    assert empty.match(Subject("s", ("Zubair Khatri",)), threshold=0.0) == []
    assert empty.screen_batch(batch_of(list(TRAVELERS))) == [[] for _ in TRAVELERS]
    assert empty.screen_batch(batch_of([])) == []


def test_a_listing_is_shown_by_its_id_and_an_unknown_one_is_refused(screener: Screener) -> None:
    assert screener.listing("dated")["birth_dates"] == ["1971-03-09"]
    with pytest.raises(KeyError):
        screener.listing("absent")
