"""What was compared beside names, in the words and digits of the reader."""

import pytest

from tahaluf.domain import Document, Gender, Kind, Listing, PartialDate, Subject
from tahaluf.web.common.preferences import Preferences, preferring
from tahaluf.web.review.wording import Unweighed, unweighed, value_in_words


@pytest.mark.parametrize(
    ("attribute", "value", "told"),
    [
        ("birth_date", "1984-05-02", "2 mai 1984"),
        ("birth_date", "~1970", "~1970"),
        ("birth_date", "1960/1965-03", "1960 – mars 1965"),
        ("birth_date", "", ""),
        ("nationality", "ma dz", "Maroc, Algérie"),
        ("gender", "female", "féminin"),
        ("document", "X7751234", "X7751234"),
    ],
)
def test_values_are_told_in_the_readers_language(attribute: str, value: str, told: str) -> None:
    with preferring(Preferences("fr", "FR", False, "UTC")):
        assert value_in_words(attribute, value) == told


def test_only_what_both_state_and_was_not_weighed_is_named() -> None:
    subject = Subject(
        "s", ("A B",), Kind.PERSON, (PartialDate(1984),), ("ma",), gender=Gender.MALE,
        documents=(Document("X7751234", "passport"), Document("K1", "passport")),
    )  # fmt: skip
    listing = Listing("l", Kind.PERSON, "d", (), nationalities=("dz",), documents=(Document("DZ99", "passport"),))
    with preferring(Preferences("en", "GB", False, "UTC")):
        assert [*unweighed(subject, listing, {"nationality"})] == [
            Unweighed("document", "\u2068X7751234\u2069, \u2068K1\u2069", "\u2068DZ99\u2069")
        ]
        assert [*unweighed(subject, listing, {"nationality", "document"})] == []
