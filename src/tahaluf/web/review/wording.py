"""What was compared beside names, as people read it: dates, countries, genders and numbers in the reader's language."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from tahaluf.domain import Listing, Subject
from tahaluf.prose.i18n import speaking
from tahaluf.prose.values import show_value
from tahaluf.web.catalogue.showing import show_all
from tahaluf.web.common.preferences import current
from tahaluf.web.ui.formatting import long_date

# What is compared, by the field that both sides have it in.
COMPARED = {
    "birth_date": "birth_dates",
    "nationality": "nationalities",
    "residence": "residences",
    "gender": "gender",
    "birth_place": "birth_places",
    "document": "documents",
}


class Unweighed(NamedTuple):
    """What both sides state, and no weight came of."""

    code: str
    subject: str
    listing: str


def value_in_words(attribute: str, value: str) -> str:
    """A value as an explanation has it."""
    if attribute == "birth_date":
        return " – ".join(map(_date, value.split("/")))
    with speaking(current().language):
        return show_value(attribute, value)


def unweighed(subject: Subject, listing: Listing, weighed: set[str]) -> Iterator[Unweighed]:
    """Of what both sides state, that of which nothing was made: neither the same, nor so that one rules out the
    other, as the numbers of two passports."""
    for code, field in COMPARED.items():
        mine, theirs = (_values(field, getattr(side, field)) for side in (subject, listing))
        if mine and theirs and code not in weighed:
            yield Unweighed(code, mine, theirs)


def _date(text: str) -> str:
    """A date as comparisons write it; `~` says about."""
    about = text.startswith("~")
    return ("~" if about else "") + long_date(text[about:])


def _values(field: str, given: Any) -> str:
    values = given if isinstance(given, tuple) else (given.value,) if given else ()
    return _(", ").join(f"\u2068{shown.text}\u2069" for shown in show_all(field, values))
