"""Numbers in a compiled index: as specified, without names, and of real lists."""

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tahaluf.domain import Document, Kind, Listing, Subject
from tahaluf.lists import read
from tahaluf.screening import Screener, engine_version
from tahaluf.screening.attributes.identifier import read_number
from tahaluf.screening.index.numbers import build_numbers
from tahaluf.screening.index.store import read_index
from tahaluf.screening.kernel.numbers import AS_IS, AS_READ, keys_of
from tahaluf.screening.numbers import NumberFinder, find_numbers
from tahaluf.screening.reference.numbers import is_series
from tests.conftest import shared_file

SPEC = Path(__file__).parents[3] / "spec" / "index-file.md"
VECTOR = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| `(\w+)` \| `([0-9a-f]{16})` \| `([0-9a-f]{16})` \|$", re.M)
LISTS = (("un", "consolidated-2026-02-27.xml"), ("ofac", "sdn-csv-2022-01"), ("ofac", "consolidated-2026-01-08.xml"))


def test_the_vectors_of_the_specification_hold() -> None:
    vectors = VECTOR.findall(SPEC.read_text("utf-8"))
    assert len(vectors) > 5
    for number, kind, normal, key, as_read in vectors:
        assert read_number(number, kind) == normal
        letters = np.frombuffer(bytearray(normal.encode()), np.uint8)
        starts = np.array([0, len(letters)], np.int32)
        assert f"{keys_of(letters, starts, AS_IS)[0]:016x}" == key
        assert f"{keys_of(letters, starts, AS_READ)[0]:016x}" == as_read


def test_a_register_of_documents_without_names_is_compiled_opened_and_found_in(tmp_path: Path) -> None:
    register = [
        Listing(f"slp-{n}", Kind.UNKNOWN, "stolen", (), documents=(Document(f"CK{n * 7919:07}", "passport", "be"),))
        for n in range(1, 400)
    ]
    Screener.compile(register, tmp_path / "index")
    stored = read_index(tmp_path / "index", engine_version())
    found = find_numbers([Document("ck 0039595", "passport", "be")], NumberFinder(stored.numbers))
    assert found == [(4, 0, 0, "same")]
    assert stored.texts["caption"].json(4) == ["stolen", "passport CK0039595 (BE)", None]
    screener = Screener.open(tmp_path / "index")
    assert screener.listing("slp-5")["documents"] == [["passport", "CK0039595", "be"]]
    assert screener.match(Subject("s", ("Hamidou Traoré",), Kind.PERSON), threshold=0.0) == []


def test_no_listing_at_all_makes_an_index_that_finds_nothing(tmp_path: Path) -> None:
    Screener.compile([], tmp_path / "index")
    stored = read_index(tmp_path / "index", engine_version())
    assert find_numbers([Document("CK0039595")], NumberFinder(stored.numbers)) == []


@cache
def real_listings() -> list[Listing]:
    return [listing for parts in LISTS for listing in read(shared_file("data", "lists", *parts))]


@cache
def real_finder() -> NumberFinder:
    return NumberFinder(build_numbers(real_listings()))


def test_every_number_of_the_real_lists_finds_its_listing() -> None:
    asked = [document for listing in real_listings() for document in listing.documents]
    whose = [number for number, listing in enumerate(real_listings()) for _ in listing.documents]
    found = real_finder().find_batch([[document] for document in asked])
    looked_up = 0
    for document, listing, matches in zip(asked, whose, found, strict=True):
        number = read_number(document.number, document.type)
        if len(number) >= 5 and not is_series(number):
            looked_up += 1
            wanted = "same" if len(number) > 5 else "same_short"
            assert (listing, wanted) in {(match.listing, match.reason) for match in matches}, document
    assert looked_up > 0.95 * len(asked) > 7000


def shape_of(number: str) -> str:
    return "".join("9" if char.isdigit() else "A" if "A" <= char <= "Z" else char for char in number)


def test_invented_passports_of_the_forms_that_are_listed_hardly_ever_find_any() -> None:
    """Of a form of n digits 10ⁿ numbers could be; about so many times what is listed of it is what chance finds."""
    chance = random.Random(3)
    finder = real_finder()
    listed = [
        (read_number(document.number, document.type), document.country)
        for listing in real_listings() for document in listing.documents if document.type == "passport"
    ]  # fmt: skip
    invented, expected = [], 0.0
    shapes = Counter(shape_of(number) for number, _ in listed if len(number) >= 7)
    everything = Counter(shape_of(read_number(document.number, document.type))
                         for listing in real_listings() for document in listing.documents)  # fmt: skip
    for number, country in listed:
        shape = shape_of(number)
        if shape in shapes:
            for _ in range(10):
                filled = "".join(chance.choice("0123456789" if char == "9" else "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                                 if char in "9A" else char for char in shape)  # fmt: skip
                invented.append([Document(filled, "passport", country or "fr")])
                expected += everything[shape] / (10 ** shape.count("9") * 26 ** shape.count("A"))
    assert len(invented) > 10_000
    found = Counter(match.reason for own in finder.find_batch(invented) for match in own)
    exact = found["same"] + found["same_number_other_issuer"]
    # Poisson: more than expected + 5 √expected + 5 comes less than once in a million runs. A number of n digits has at
    # most 9 n + 10 (n + 1) + 2 n slips, some 200; only those whose type and country fit count, less than a third.
    assert exact <= expected + 5 * expected**0.5 + 5
    assert found["one_slip"] + found["confusable"] <= 70 * expected + 20


@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_passport_of_the_real_lists_with_one_digit_changed_still_finds_its_listing(place: int) -> None:
    tried = found = 0
    for number, listing in enumerate(real_listings()):
        for document in listing.documents[:1]:
            normal = read_number(document.number, document.type)
            if document.type == "passport" and len(normal) >= 7 and normal.isdigit():
                at = place % len(normal)
                other = normal[:at] + str((int(normal[at]) + 3) % 10) + normal[at + 1 :]
                matches = find_numbers([Document(other, "passport", document.country)], real_finder())
                tried += 1
                found += any(match.listing == number and match.reason == "one_slip" for match in matches)
    assert tried > 100 and found == tried
