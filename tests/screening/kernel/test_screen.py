"""Retrieval adds up what the book adds up, and the listings found are the best there are."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tahaluf.domain import Alias, Kind, Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.kernel.retrieve import gather, keep_best
from tahaluf.screening.kernel.screen import MOST_SOUGHT, NOTHING, keep_listing, new_found
from tahaluf.screening.weights import score_weights
from tests.screening.compared import Compared, bits, listings, screenings
from tests.screening.tiny_model import MODELS

BOTH = pytest.mark.parametrize("model", MODELS)
few = settings(max_examples=20, deadline=None)
kind_sets = st.sampled_from([tuple(Kind), (Kind.PERSON,), (Kind.ORGANIZATION,)])
EVERY_NAME = 64
LONG_NAME = "Ko Benghazal Touhamine Zerdoumi Kantaroui"


def retrieved(both: Compared, subject: str, kinds: tuple[Kind, ...], room: int, stamp: int = 1) -> dict[int, float]:
    """What the kernels keep of a subject's name: evidence by listed name."""
    asked, table, listed, s = both.ask([subject]), both.table, both.listed, both.scratch
    scratch = (s.evidence, s.marks, s.touched)
    sought, weights = asked.sought_tokens[:MOST_SOUGHT], asked.sought_weights[:MOST_SOUGHT]
    near, postings = table.near, (listed.posting_starts, listed.posting_names)
    s.stamp[0] = stamp
    touched = gather(near, sought, len(sought), weights, postings, listed.token_weight, scratch, stamp)
    numbers, values = np.zeros(room, np.int32), np.zeros(room, np.float32)
    kept = keep_best(scratch, touched, listed.name_total, listed.name_kind, bits(kinds), numbers, values)
    return dict(zip(numbers[:kept].tolist(), values[:kept].tolist(), strict=True))


@BOTH
@few
@given(screening=screenings(), kinds=kind_sets)
def test_every_name_that_holds_a_near_token_has_the_evidence_by_the_book(
    model: str, screening: tuple[list[Listing], str], kinds: tuple[Kind, ...]
) -> None:
    listings, subject = screening
    both = Compared(listings, MODELS[model]())
    book = both.slow.evidence(both.slow.sought(subject), kinds)
    assert retrieved(both, subject, kinds, EVERY_NAME) == pytest.approx(book, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.integers(-3, 6), min_size=1, max_size=30), room=st.integers(1, 12), person=st.integers(0, 9))
def test_the_best_are_kept_and_ties_go_to_the_lower_number(values: list[int], room: int, person: int) -> None:
    count = len(values)
    kinds = np.asarray([number % 10 <= person for number in range(count)], dtype=np.int8)
    scratch = (np.asarray(values, np.float32), np.arange(count, dtype=np.int32)[::-1].copy())
    numbers, kept_values = np.zeros(room, np.int32), np.zeros(room, np.float32)
    totals = np.asarray(values, np.float32)
    kept = keep_best((scratch[0], totals, scratch[1]), count, totals, kinds, 0b10, numbers, kept_values)
    allowed = [number for number in range(count) if kinds[number]]
    best = sorted(allowed, key=lambda number: (-values[number], number))[:room]
    assert sorted(zip(numbers[:kept].tolist(), kept_values[:kept].tolist(), strict=True)) == sorted(
        (number, values[number]) for number in best
    )


@settings(max_examples=60, deadline=None)
@given(scores=st.lists(st.tuples(st.integers(0, 5), st.integers(-2, 3)), max_size=25), most=st.integers(1, 5))
def test_each_listing_stands_once_by_its_best_name_best_first(scores: list[tuple[int, int]], most: int) -> None:
    found, pairs = new_found(1, most), np.zeros((12, 6), np.float32)
    for name, (listing, logit) in enumerate(scores):
        keep_listing(found, 0, listing, name, float(logit), pairs, 0)
    best: dict[int, tuple[float, int]] = {}
    for name, (listing, logit) in enumerate(scores):
        best[listing] = min(best.get(listing, (99.0, 0)), (-logit, name))
    rows = sorted((logit, listing, name) for listing, (logit, name) in best.items())[:most]
    padded = rows + [(-NOTHING, -1, -1)] * (most - len(rows))
    kept = zip((-found.logit[0]).tolist(), found.listing[0].tolist(), found.name[0].tolist(), strict=True)
    assert list(kept) == padded


@BOTH
@few
@given(screening=screenings(), most=st.integers(1, 4), kinds=kind_sets)
def test_the_listings_found_are_those_of_the_reference(
    model: str, screening: tuple[list[Listing], str], most: int, kinds: tuple[Kind, ...]
) -> None:
    listings, subject = screening
    both = Compared(listings, MODELS[model]())
    found = both.screen([subject], most, EVERY_NAME, bits(kinds))
    book = both.slow.screen(subject, most, kinds, EVERY_NAME)
    logits = [logit for logit in found.logit[0].tolist() if logit > NOTHING]
    assert logits == pytest.approx([best.logit for best in book], abs=1e-2)
    for name, listing, logit in zip(found.name[0].tolist(), found.listing[0].tolist(), logits, strict=False):
        assert both.slow.names[name].listing == listing
        assert both.slow.logit(subject, name) == pytest.approx(logit, abs=1e-2)


@few
@given(screening=screenings(), shortlist=st.integers(1, 3))
def test_a_shortlist_holds_the_names_of_most_evidence(screening: tuple[list[Listing], str], shortlist: int) -> None:
    listings, subject = screening
    both = Compared(listings, likeness())
    evidence = sorted(both.slow.evidence(both.slow.sought(subject), tuple(Kind)).values(), reverse=True)
    assume(len(evidence) <= shortlist or evidence[shortlist - 1] - evidence[shortlist] > 1e-3)
    found = both.screen([subject], 3, shortlist)
    logits = [logit for logit in found.logit[0].tolist() if logit > NOTHING]
    book = both.slow.screen(subject, 3, shortlist=shortlist)
    assert logits == pytest.approx([best.logit for best in book], abs=1e-2)


@few
@given(listings=listings, number=st.integers(0, 50))
def test_a_name_as_listed_finds_who_bears_it_as_well_as_by_looking_at_every_name(
    listings: list[Listing], number: int
) -> None:
    score = score_weights()
    both = Compared(listings, likeness(), (score.coefficients, score.intercept))
    texts = [alias.text for listing in listings for alias in listing.names]
    subject = texts[number % len(texts)]
    found = both.screen([subject], EVERY_NAME, EVERY_NAME)
    logits = dict(zip(found.listing[0].tolist(), found.logit[0].tolist(), strict=True))
    for best in both.slow.screen(subject, EVERY_NAME):
        if any(alias.text == subject for alias in listings[best.listing].names):
            assert logits[best.listing] == pytest.approx(best.logit, abs=1e-2)


def test_a_name_of_negative_evidence_is_still_the_best_there_is() -> None:
    both = Compared([Listing("", Kind.PERSON, "invented", (Alias(LONG_NAME),))], likeness())
    assert retrieved(both, "K", tuple(Kind), EVERY_NAME)[0] < 0.0
    assert both.screen(["K"], 1, EVERY_NAME).listing[0, 0] == 0


def test_a_long_life_counts_a_token_once_for_a_name() -> None:
    both = Compared([Listing("", Kind.PERSON, "invented", (Alias("Kantaroui Qantarawi Zerdoumi"),))], likeness())
    young = retrieved(both, "Kantaroui", tuple(Kind), EVERY_NAME)
    assert retrieved(both, "Kantaroui", tuple(Kind), EVERY_NAME, stamp=1 << 27) == young
