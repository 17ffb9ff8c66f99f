"""Name and attributes together: bounds, limits and the defaults."""

import re
from dataclasses import asdict, replace
from math import exp, log
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import (
    Address,
    Alias,
    AttributeEffect,
    DateSpan,
    Document,
    Gender,
    Kind,
    Listing,
    PartialDate,
    Place,
    Subject,
)  # fmt: skip
from tahaluf.screening.attributes import DEFAULT_CONFIG, ListingAttributes, combine, compare_attributes
from tahaluf.screening.attributes.combine import sum_effects

SPEC = Path(__file__).resolve().parents[3] / "spec" / "screening-result.md"
ATTRIBUTES = ("birth_date", "nationality", "residence", "gender", "birth_place", "document")

scores = st.floats(0, 1)
effects = st.builds(
    lambda name, size: AttributeEffect(name, f"{name}.any", size), st.sampled_from(ATTRIBUTES), st.floats(-10, 10)
)
subjects = st.builds(
    Subject,
    st.just("s"),
    st.just(("Moussa Ag Tilila",)),
    birth_dates=st.sampled_from([(), (PartialDate(1985),), (PartialDate(1970, 2, 3),)]),
    nationalities=st.sampled_from([(), ("ml",), ("ne", "fr")]),
    residences=st.sampled_from([(), ("ml",)]),
    gender=st.sampled_from([None, *Gender]),
    birth_places=st.sampled_from([(), ("Gao",), ("Kidal, Mali",)]),
    documents=st.sampled_from([(), (Document("AB123456", "passport", "ml"),)]),
)
attributes = st.builds(
    ListingAttributes,
    st.sampled_from(
        [(), (DateSpan(PartialDate(1985, 4, 5, circa=True)),), (DateSpan(PartialDate(1960), PartialDate(1965)),)]
    ),
    st.sampled_from([(), ("ml",), ("sy",)]),
    st.sampled_from([(), ("ml",), ("sy", "tr")]),
    st.sampled_from([None, *Gender]),
    st.sampled_from([(), (Place("Gao", "ml"),), (Place("الرقة"),)]),
    st.sampled_from([(), (Document("AB123456", "passport", "ml"),), (Document("ZZ987654", "passport", "ml"),)]),
)


@given(scores, st.lists(effects, max_size=8))
def test_a_score_stays_within_zero_and_one(name: float, all_effects: list[AttributeEffect]) -> None:
    assert 0 < combine(name, all_effects) < 1


@given(st.floats(0.001, 0.999))
def test_no_effect_leaves_the_name_as_it_is(name: float) -> None:
    assert combine(name, ()) == name
    assert combine(name, (AttributeEffect("gender", "gender.same", 0.0),)) == name


@given(scores, scores, st.lists(effects, max_size=6))
def test_a_better_name_never_scores_lower(one: float, other: float, all_effects: list[AttributeEffect]) -> None:
    low, high = sorted((one, other))
    assert combine(low, all_effects) <= combine(high, all_effects) + 1e-12


@given(scores, st.lists(effects, max_size=6), effects)
def test_a_further_effect_moves_the_score_its_own_way(
    name: float, all_effects: list[AttributeEffect], extra: AttributeEffect
) -> None:
    before, after = combine(name, all_effects), combine(name, [*all_effects, extra])
    assert after >= before - 1e-12 if extra.effect >= 0 else after <= before + 1e-12


@given(scores, st.lists(effects, max_size=6), effects, st.floats(0, 10))
def test_a_greater_effect_never_scores_lower(
    name: float, others: list[AttributeEffect], one: AttributeEffect, more: float
) -> None:
    greater = replace(one, effect=one.effect + more)
    assert combine(name, [*others, greater]) >= combine(name, [*others, one]) - 1e-12


@given(
    st.floats(0.01, 0.99),
    st.lists(effects.filter(lambda e: abs(e.effect) <= 0.8), max_size=4),
    st.sampled_from(ATTRIBUTES),
    st.floats(-2, -0.01),
)
def test_a_contradiction_always_lowers(name: float, others: list[AttributeEffect], attribute: str, size: float) -> None:
    against = AttributeEffect(attribute, f"{attribute}.other", size)
    assert combine(name, [*others, against]) < combine(name, others)


weak_effects = effects.filter(
    lambda e: e.attribute != "document" and (e.attribute != "birth_date" or e.effect < DEFAULT_CONFIG.date_same_year)
)


@given(st.floats(0, 0.499), st.lists(weak_effects, max_size=6))
def test_weak_agreement_alone_lifts_nobody_over_the_ceiling(name: float, all_effects: list[AttributeEffect]) -> None:
    assert combine(name, all_effects) < DEFAULT_CONFIG.weak_ceiling


def at_least_weak() -> list[AttributeEffect]:
    sizes = {"nationality": 0.5, "residence": 0.25, "birth_place": 0.8}
    return [AttributeEffect(name, f"{name}.same", size) for name, size in sizes.items()]


def test_a_date_that_hardly_agrees_does_not_lift_the_ceiling() -> None:
    near = AttributeEffect("birth_date", "birth_date.one_year_off", DEFAULT_CONFIG.date_one_year)
    assert round(combine(0.2, at_least_weak()), 3) == round(combine(0.2, [*at_least_weak(), near]), 3) == 0.333


@pytest.mark.parametrize(("attribute", "size"), [("birth_date", 1.0), ("document", 1.5)])
def test_strong_agreement_is_added_to_what_weak_agreement_may_do(attribute: str, size: float) -> None:
    strong = AttributeEffect(attribute, f"{attribute}.any", size)
    lifted = combine(0.2, at_least_weak())
    added = log(lifted / (1 - lifted)) + size
    assert combine(0.2, [*at_least_weak(), strong]) == pytest.approx(1 / (1 + exp(-added)))


def test_a_contradiction_counts_under_the_ceiling_too() -> None:
    against = AttributeEffect("birth_date", "birth_date.two_years_off", DEFAULT_CONFIG.date_two_years)
    assert combine(0.2, [*at_least_weak(), against]) < combine(0.2, at_least_weak())


def test_the_same_document_outweighs_every_contradiction() -> None:
    against = [AttributeEffect(name, f"{name}.other", -5.0) for name in ATTRIBUTES[:5]]
    same = AttributeEffect("document", "document.same", DEFAULT_CONFIG.document_same)
    assert sum_effects([*against, same]) == DEFAULT_CONFIG.document_floor > 0


def test_contradictions_alone_are_bounded() -> None:
    assert sum_effects([AttributeEffect("birth_date", "birth_date.contradicted", -4.0)] * 9) == DEFAULT_CONFIG.lowest


@given(subjects)
def test_a_listing_that_says_nothing_has_no_effect(subject: Subject) -> None:
    assert compare_attributes(subject, ListingAttributes()) == ()


@given(attributes)
def test_a_subject_of_whom_nothing_is_known_has_no_effect(listing: ListingAttributes) -> None:
    assert compare_attributes(Subject("s", ("Moussa",)), listing) == ()


@given(subjects, attributes)
def test_each_attribute_speaks_at_most_once_and_in_one_order(subject: Subject, listing: ListingAttributes) -> None:
    spoken = [effect.attribute for effect in compare_attributes(subject, listing)]
    assert spoken == [name for name in ATTRIBUTES if name in spoken]


@given(attributes)
def test_stored_attributes_come_back_the_same(listing: ListingAttributes) -> None:
    assert ListingAttributes.from_json(listing.to_json()) == listing


@pytest.mark.parametrize(
    "damaged", [b"", b"{}", b"[1,2,3,4,5,6]", b'[[],[],[],"none",[],[]]', b"[[5],[],[],null,[],[]]"]
)
def test_damaged_stored_attributes_are_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError):
        ListingAttributes.from_json(damaged)


def test_countries_of_addresses_stand_for_missing_residences() -> None:
    listing = Listing(
        "x-1", Kind.PERSON, "test", (Alias("Idrissa Maïga"),), addresses=(Address("Gao", country="ml"), Address("?"))
    )
    assert ListingAttributes.from_listing(listing).residences == ("ml",)


def test_every_default_is_the_one_that_the_specification_states() -> None:
    stated = dict(re.findall(r"^\| `(\w+)` \| (−?[\d.]+) \|", SPEC.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: float(value.replace("−", "-")) for name, value in stated.items()} == asdict(DEFAULT_CONFIG)


def test_the_specifications_example_adds_up() -> None:
    shown = re.search(r"```json\n(.*?)```", SPEC.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    hit = orjson.loads(shown[1])
    effects = [AttributeEffect(**effect) for effect in hit["explanation"]["attributes"]]
    assert round(combine(hit["explanation"]["name_score"], effects), 4) == hit["score"]
