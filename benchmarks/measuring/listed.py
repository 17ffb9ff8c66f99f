"""What is found of a list's own names, written as the list writes them and with nothing else known."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tahaluf import Screener, lists
from tahaluf.domain import Kind, Listing, Quality, Subject

GROUPS = {
    (True, Quality.GOOD, True): "Persons, first name given",
    (True, Quality.GOOD, False): "Persons, other names vouched for",
    (True, Quality.LOW, False): "Persons, names not vouched for",
    (False, Quality.GOOD, True): "Organizations, first name given",
    (False, Quality.GOOD, False): "Organizations, other names",
}


def count_found(source: Path) -> Iterator[tuple[str, int, int]]:
    """(group, names, those whose own listing is a hit at the default threshold); asked as names of no known kind."""
    listings = list(lists.read(source))
    asked, found = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        screener = Screener.compile(listings, Path(folder) / "index")
        for listing in listings:
            for group, name in _names(listing):
                asked[group] += 1
                hits = screener.match(Subject("", (name,)), top=20)
                found[group] += any(hit.listing_id == listing.id for hit in hits)
    yield from ((group, asked[group], found[group]) for group in GROUPS.values() if asked[group])


def _names(listing: Listing) -> Iterator[tuple[str, str]]:
    for place, alias in enumerate(listing.names):
        is_person = listing.kind is Kind.PERSON
        quality = alias.quality if is_person else Quality.GOOD
        yield GROUPS[is_person, quality, place == 0 and quality is Quality.GOOD], alias.text
