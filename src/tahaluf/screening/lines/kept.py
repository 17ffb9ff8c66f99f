"""What lines say of listings and listed names, made when it is first needed and kept: few thousand come up again and
again."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

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


class Made(NamedTuple):
    """Texts of several listings or names, whether each is a word of one letter, and how many each of these has."""

    texts: list[bytes]
    single: NDArray[np.bool_]
    sizes: NDArray[np.int64]


class KeptTexts:
    """Texts of one index; they grow and never change, so that kernels may read while others add.

    Of listing k the texts `listings[k]` … are its id, list and caption, and reference; of listed name n the text
    `names[n] − 2` is the name itself, and from `names[n] − 1` on as in `Words`; −1: not made yet.
    """

    def __init__(self, stored: StoredIndex, facts: Callable[[NDArray[np.int64]], Iterable[Facts]]) -> None:
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
        self, wanted: NDArray[np.int64], places: NDArray[np.int64], make: Callable[[NDArray[np.int64]], Made],
        before: int,
    ) -> None:  # fmt: skip
        missing = np.unique(wanted[places[wanted] < 0])
        if not len(missing):
            return
        made = make(missing)
        ends = np.cumsum(made.sizes)
        places[missing] = len(self._starts.view) - 1 + ends - made.sizes + before
        self._data.extend(np.frombuffer(b"".join(made.texts), np.uint8))
        self._starts.extend(starts_of(made.texts, int(self._starts.view[-1]))[1:])
        self._single.extend(made.single)

    def _listing_texts(self, listings: NDArray[np.int64]) -> Made:
        dumps, texts = orjson.dumps, list[bytes]()
        for told in self._facts(listings):
            texts += (
                dumps(told.id) + b',"score":',
                b',"dataset":' + dumps(told.dataset) + b',"caption":' + dumps(told.caption) + b',"rank":',
                b"" if told.reference is None else b',"reference":' + dumps(told.reference),
            )
        return Made(texts, np.zeros(len(texts), np.bool_), np.full(len(listings), 3, np.int64))

    def _name_texts(self, names: NDArray[np.int64]) -> Made:
        index, told, texts = self._stored.names, self._stored.texts, list[bytes]()
        starts = index.name_starts[names].astype(np.int64)
        counts = index.name_starts[names + 1] - starts
        both = zip(told["name"].some(names), told["words"].some(names), counts.tolist(), strict=True)
        for number, (text, own, count) in enumerate(both):
            words, particles = read_words(own)
            if len(words) != count:
                # The words are those of another name than the one whose tokens were compared.
                raise told["words"].refusal("name_tokens", int(names[number]))
            texts += (b',"name":' + orjson.dumps(text), particles, *words)
        single = np.zeros(len(texts), np.bool_)
        ends = np.cumsum(counts)
        # The k-th of a name's words stands behind the texts of the names before, and its own first two.
        of_word = np.arange(len(texts) - 2 * len(names))
        nth = of_word - np.repeat(ends - counts, counts)
        single[of_word + np.repeat(2 * np.arange(1, len(names) + 1), counts)] = index.name_single[
            np.repeat(starts, counts) + nth
        ]
        return Made(texts, single, counts + 2)
