"""What lines say of listings and listed names, made when it is first needed and kept: few thousand come up again and
again."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from tahaluf.screening.growing import Growing
from tahaluf.screening.index.store import StoredIndex
from tahaluf.screening.kernel.lines import Pool, Words
from tahaluf.screening.lines.entries import read_words
from tahaluf.screening.lines.pool import starts_of


class Facts(NamedTuple):
    """What a hit says of a listing."""

    id: str
    dataset: str
    caption: str
    reference: str | None


class KeptTexts:
    """Texts of one index; they grow and never change, so that kernels may read while others add.

    Of listing k the texts `listings[k]` … are its id, list and caption, and reference; of listed name n the text
    `names[n] − 2` is the name itself, and from `names[n] − 1` on as in `Words`; −1: not made yet.
    """

    def __init__(self, stored: StoredIndex, facts: Callable[[int], Facts]) -> None:
        self._stored, self._facts = stored, facts
        self._data = Growing(np.zeros(0, np.uint8))
        self._starts = Growing(np.zeros(1, np.int64))
        self._single = Growing(np.zeros(0, np.bool_))
        self.listings = np.full(len(stored.names.listing_kind), -1, np.int64)
        self.names = np.full(len(stored.names.name_total), -1, np.int64)

    def __len__(self) -> int:
        return len(self._data.view)

    @property
    def words(self) -> Words:
        """The side of the listings, as far as it is made."""
        names = self._stored.names
        pool = Pool(self._data.view, self._starts.view)
        return Words(
            pool, self.names, self._single.view, names.codes, names.name_starts, names.name_tokens, names.name_weights
        )

    def make(self, listings: NDArray[np.int64], names: NDArray[np.int64]) -> None:
        """Makes the texts of these, where they are not made yet."""
        self._make(listings, self.listings, self._listing_texts, 0)
        self._make(names, self.names, self._name_texts, 2)

    def _make(
        self, wanted: NDArray[np.int64], places: NDArray[np.int64],
        make: Callable[[int], tuple[list[bytes], list[bool]]], before: int,
    ) -> None:  # fmt: skip
        missing = np.unique(wanted[places[wanted] < 0]).tolist()
        texts: list[bytes] = []
        single: list[bool] = []
        found: dict[int, int] = {}
        first = len(self._starts.view) - 1
        for number in missing:
            own, letters = make(number)
            found[number] = first + len(texts) + before
            texts += own
            single += letters
        if missing:
            self._data.extend(np.frombuffer(b"".join(texts), np.uint8))
            self._starts.extend(starts_of(texts, int(self._starts.view[-1]))[1:])
            self._single.extend(np.asarray(single, np.bool_))
            places[missing] = _values(found.values(), len(missing))

    def _listing_texts(self, listing: int) -> tuple[list[bytes], list[bool]]:
        told = self._facts(listing)
        dumps = orjson.dumps
        texts = [
            dumps(told.id) + b',"score":',
            b',"dataset":' + dumps(told.dataset) + b',"caption":' + dumps(told.caption) + b',"rank":',
            b"" if told.reference is None else b',"reference":' + dumps(told.reference),
        ]
        return texts, [False] * 3

    def _name_texts(self, name: int) -> tuple[list[bytes], list[bool]]:
        names, text = self._stored.names, self._stored.texts["name"].text(name)
        words, particles = read_words(self._stored.texts["words"].text(name))
        start, stop = int(names.name_starts[name]), int(names.name_starts[name + 1])
        if len(words) != stop - start:
            # The words are those of another name than the one whose tokens were compared.
            raise self._stored.texts["words"].refusal("name_tokens", name)
        told = [b',"name":' + orjson.dumps(text), particles, *words]
        return told, [False, False, *names.name_single[start:stop].tolist()]


def _values(values: Iterable[int], count: int) -> NDArray[Any]:
    return np.fromiter(values, np.int64, count)
