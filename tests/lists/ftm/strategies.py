"""Listings with values of any length and kind, such as a careless publisher might give."""

from hypothesis import strategies as st

from tahaluf.domain import (
    Address,
    Alias,
    AliasKind,
    DateSpan,
    Designation,
    Document,
    Gender,
    Kind,
    Link,
    Listing,
    NameParts,
    PartialDate,
    Place,
    Quality,
)

LENGTHS = (63, 64, 65, 249, 250, 251, 383, 384, 385, 1023, 1024, 1025, 65_001)
SNIPPETS = st.sampled_from(
    ["a", "Rue, ", ";;", "<BR>", "ESQ,", ",.", '"', "'x'", " ", "\n", "\u200b", "\u200c", "\xad", "e\u0301", "م",
     "\x19", "…", "\u2028", "https://", "www.example.org", "/", "?"]
)  # fmt: skip
SHORT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
JOINED = st.lists(SNIPPETS, min_size=1, max_size=12).map("".join)
LONG = st.builds(lambda text, length: (text * length)[:length], SHORT | JOINED, st.sampled_from(LENGTHS))
TEXTS = SHORT | JOINED | LONG
MAYBE = st.none() | TEXTS
CODES = st.sampled_from(["tn", "su", "zz", "gb-sct"]) | SHORT
DATES = st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12))
DOCUMENTS = st.builds(Document, TEXTS, st.sampled_from(["passport", "imo number", "national id", "wallet", "tax id"]),
                      st.none() | CODES, st.none() | DATES, st.none() | DATES, MAYBE)  # fmt: skip
PARTS = st.builds(NameParts, MAYBE, MAYBE, MAYBE, MAYBE)


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3, unique=True).map(tuple)


def make_names(texts: list[str], parts: NameParts, kind: AliasKind, quality: Quality) -> tuple[Alias, ...]:
    return (Alias(texts[0], AliasKind.PRIMARY, parts=parts), *(Alias(text, kind, quality) for text in texts[1:]))


LISTINGS = st.builds(
    Listing, id=st.just("t-1"), kind=st.sampled_from(Kind), dataset=st.just("tests"),
    names=st.builds(make_names, st.lists(TEXTS, min_size=1, max_size=3, unique=True), PARTS,
                    st.sampled_from(AliasKind), st.sampled_from(Quality)),
    reference=MAYBE,
    designations=some(st.builds(Designation, TEXTS, MAYBE, MAYBE, st.none() | DATES, some(DATES), MAYBE, MAYBE)),
    birth_dates=some(st.builds(DateSpan, DATES)), birth_places=some(st.builds(Place, TEXTS)), death_dates=some(DATES),
    nationalities=some(CODES), residences=some(CODES), gender=st.none() | st.sampled_from(Gender), titles=some(TEXTS),
    positions=some(TEXTS), documents=some(DOCUMENTS),
    addresses=some(st.builds(Address, TEXTS, MAYBE, MAYBE, MAYBE, MAYBE, st.none() | CODES, MAYBE)),
    remarks=some(TEXTS), links=some(st.builds(Link, TEXTS, st.just("t-2"), MAYBE)), extra=some(st.tuples(TEXTS, TEXTS)),
)  # fmt: skip
