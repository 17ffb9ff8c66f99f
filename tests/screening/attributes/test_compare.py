"""Nothing that a listing or a subject may hold stops the comparison: one bad pair never ends a run."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.domain import DateSpan, Document, Gender, PartialDate, Place, Subject
from tahaluf.screening.attributes import ListingAttributes, combine, compare_attributes

# Lone surrogates too: they come in from files of unknown encoding.
texts = st.text(st.characters(), max_size=20) | st.sampled_from(
    ["", "،", "()", "0", "Gao, Mali", "\ud800", "٣٣٣", "²³"]
)
years = st.integers(1, 9999) | st.integers(1240, 1510) | st.integers(1840, 2110)
dates = (
    st.builds(PartialDate, years, circa=st.booleans())
    | st.builds(PartialDate, years, st.integers(1, 12), circa=st.booleans())
    | st.builds(PartialDate, years, st.integers(1, 12), st.integers(1, 28), circa=st.booleans())
    | st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))
)
spans = st.builds(DateSpan, dates, st.none() | dates)
codes = st.none() | texts
documents = st.builds(Document, texts, texts, codes)


def some(items: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(items, max_size=3).map(tuple)


subjects = st.builds(
    Subject,
    st.just("s"),
    st.just(("Moussa Ag Tilila",)),
    birth_dates=some(dates),
    nationalities=some(texts),
    residences=some(texts),
    gender=st.sampled_from([None, *Gender]),
    birth_places=some(texts),
    documents=some(documents),
)
listings = st.builds(
    ListingAttributes,
    some(spans),
    some(texts),
    some(texts),
    st.sampled_from([None, *Gender]),
    some(st.builds(Place, texts, codes)),
    some(documents),
)


@settings(max_examples=1000)
@given(subjects, listings, st.floats(0, 1))
def test_whatever_is_compared_has_a_score(subject: Subject, listing: ListingAttributes, name: float) -> None:
    assert 0 < combine(name, compare_attributes(subject, listing)) < 1


@given(some(spans))
def test_every_date_is_stored_and_comes_back_the_same(birth_dates: tuple[DateSpan, ...]) -> None:
    listing = ListingAttributes(birth_dates)
    assert ListingAttributes.from_json(listing.to_json()) == listing
