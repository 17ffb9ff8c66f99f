"""Gather the numbers of listed documents into the arrays by which they are looked up."""

from array import array
from collections.abc import Iterable
from zlib import crc32

import numpy as np

from tahaluf.domain import Listing
from tahaluf.screening.attributes.config import DEFAULT_CONFIG
from tahaluf.screening.attributes.identifier import issuer_of, read_number
from tahaluf.screening.index.arrays import NumberIndex
from tahaluf.screening.kernel.numbers import AS_IS, AS_READ, are_plain, gather, keys_of

LEAST_LETTERS = 5


def code_of(text: str | None) -> int:
    """What stands for a family of types, or for a country: a number of 32 bits, 0 where it is not known."""
    return crc32(text.encode(errors="surrogatepass")) if text else 0


class NumberCollector:
    """Takes listings one by one, keeps the numbers of their documents end to end; `build` makes the arrays."""

    def __init__(self) -> None:
        self._letters = bytearray()
        self._starts = array("i", [0])
        self._listing = array("i")
        self._document = array("i")
        self._type = array("I")
        self._country = array("I")
        self._listings = 0

    def add(self, listing: Listing) -> None:
        """Take the documents of the next listing; those that say the same are one, the first."""
        known: set[tuple[str, str, str | None]] = set()
        for place, document in enumerate(listing.documents):
            number, issuer = read_number(document.number, document.type), issuer_of(document)
            if len(number) < LEAST_LETTERS or (number, *issuer) in known:
                continue
            known.add((number, *issuer))
            self._letters += number.encode()
            self._starts.append(len(self._letters))
            self._listing.append(self._listings)
            self._document.append(place)
            self._type.append(code_of(issuer[0]))
            self._country.append(code_of(issuer[1]))
        self._listings += 1

    def build(self) -> NumberIndex:
        """The arrays of all that was added; nothing can be added any more."""
        letters = np.frombuffer(self._letters, dtype=np.uint8)
        starts = np.asarray(self._starts, dtype=np.int32)
        keys = keys_of(letters, starts, AS_IS)
        order = np.argsort(keys, kind="stable")
        letters, starts = gather(letters, starts, order)
        plain = np.flatnonzero(are_plain(letters, starts, DEFAULT_CONFIG.document_length)).astype(np.int32)
        read = keys_of(letters, starts, AS_READ)[plain]
        by_reading = np.argsort(read, kind="stable")
        listing, document = (np.asarray(own, dtype=np.int32)[order] for own in (self._listing, self._document))
        kind, country = (np.asarray(own, dtype=np.uint32)[order] for own in (self._type, self._country))
        return NumberIndex(keys[order], letters, starts, listing, document, kind, country,
                           read[by_reading], plain[by_reading])  # fmt: skip


def build_numbers(listings: Iterable[Listing]) -> NumberIndex:
    """The number index of `listings`."""
    collector = NumberCollector()
    for listing in listings:
        collector.add(listing)
    return collector.build()
