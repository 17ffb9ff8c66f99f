"""Find listed documents by number: the documents of a whole batch of subjects at a time."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from tahaluf.domain import Document
from tahaluf.screening.attributes.config import DEFAULT_CONFIG
from tahaluf.screening.attributes.identifier import IBAN, IMO, LEI, SERIES, issuer_of, may_be_slip, read_number
from tahaluf.screening.index.arrays import I32, NumberIndex
from tahaluf.screening.index.numbers import LEAST_LETTERS, code_of
from tahaluf.screening.kernel.numbers import SAME, fill_filter, find_rows

REASONS = ("same", "confusable", "one_slip")
# Bits of the filter for each number: three or four of a hundred numbers that are not listed pass it.
BITS = 32
MOST_WORDS = 1 << 22
ROOM = 1 << 14
NEVER = 1 << 30
_COUNTED = "01234567890"
# Families whose numbers are not miscopied as others are, by their codes.
_APART = {code_of(family): family for family in (*SERIES, IMO, LEI, IBAN)}


class NumberMatch(NamedTuple):
    """A listed document that one of a subject's found: places among the documents of each, and how they meet.

    `reason`: `same`, `same_number_other_issuer`, `same_short`, `confusable` or `one_slip`, as
    `attributes.document.judge` says of the two.
    """

    listing: int
    subject_document: int
    listing_document: int
    reason: str


class _Asked(NamedTuple):
    """A document as it is looked up: its number in UTF-8 and its issuer in codes of the index."""

    number: bytes
    family: str
    type: int
    country: int


class NumberFinder:
    """Looks numbers up in one index. Threads may share it."""

    def __init__(self, index: NumberIndex) -> None:
        self._index = index
        words = 64
        while words * 64 < BITS * len(index.number_keys) and words < MOST_WORDS:
            words *= 2
        self._filter = np.zeros(words, dtype=np.uint64)
        fill_filter(index.number_keys, self._filter)
        self._listed = (index.number_keys, index.number_letters, index.number_starts, index.read_keys, index.read_rows)

    def find_batch(self, subjects: Sequence[Sequence[Document]], *, slips: bool = True) -> list[list[NumberMatch]]:
        """For the documents of each subject the listed ones that they find, by listing; no pair stands there twice.

        Without `slips` only the same number finds one.
        """
        found: list[list[NumberMatch]] = [[] for _ in subjects]
        numbers: dict[bytes, int] = {}
        asked: list[tuple[int, int, int, _Asked]] = []
        for subject, documents in enumerate(subjects):
            for place, document in enumerate(documents):
                one = _read(document.number, document.type, document.country)
                if one is not None:
                    asked.append((subject, place, numbers.setdefault(one.number, len(numbers)), one))
        if not asked or not len(self._index.number_keys):
            return found
        answers = self.find_rows(list(numbers), slips=slips)
        places = np.searchsorted(answers[:, 0], np.arange(len(numbers) + 1)).tolist()
        for subject, place, number, one in asked:
            if places[number] < places[number + 1]:
                found[subject] += self._fitting(place, one, answers[places[number] : places[number + 1]])
        for matches in found:
            matches.sort()
        return found

    def find_rows(self, numbers: Sequence[bytes], *, slips: bool = True) -> I32:
        """Answers [A, 3] to distinct numbers in normal form: number, row of the index, place in `REASONS`."""
        least = DEFAULT_CONFIG.document_length if slips else NEVER
        letters = np.frombuffer(bytearray(b"".join(numbers)), dtype=np.uint8)
        sizes = np.fromiter(map(len, numbers), np.int32, len(numbers))
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        parts, first = [], 0
        out = np.empty((ROOM, 3), dtype=np.int32)
        while first < len(starts) - 1:
            first, count = find_rows(letters, starts, first, least, self._listed, self._filter, out)
            parts.append(out[:count].copy())
        return np.concatenate(parts) if parts else out[:0]

    def _fitting(self, place: int, asked: _Asked, answers: I32) -> Iterator[NumberMatch]:
        index = self._index
        is_long = len(asked.number.decode()) >= DEFAULT_CONFIG.document_length
        for _, row, reason in answers.tolist():
            kind, country = int(index.number_type[row]), int(index.number_country[row])
            fits = (not kind or not asked.type or kind == asked.type) and (
                not country or not asked.country or country == asked.country
            )
            where = int(index.number_listing[row]), place, int(index.number_document[row])
            if reason == SAME:
                other = "same" if fits else "same_number_other_issuer"
                yield NumberMatch(*where, other if is_long else "same_short")
            elif fits and self._may_be_slip(asked, row, kind):
                yield NumberMatch(*where, REASONS[reason])

    def _may_be_slip(self, asked: _Asked, row: int, kind: int) -> bool:
        first, end = self._index.number_starts[row : row + 2].tolist()
        listed = self._index.number_letters[first:end].tobytes()
        return may_be_slip(asked.family, _APART.get(kind, ""), asked.number.decode(), listed.decode())


def find_numbers(documents: Sequence[Document], finder: NumberFinder) -> list[NumberMatch]:
    """The listed documents that the documents of one subject find."""
    return finder.find_batch([documents])[0]


@lru_cache(maxsize=1 << 15)
def _read(number: str, kind: str, country: str | None) -> _Asked | None:
    """A document as it is looked up; None where its number is none, too short, or only counts."""
    normalized = read_number(number, kind)
    if len(normalized) < LEAST_LETTERS or normalized in _COUNTED or normalized in _COUNTED[::-1]:
        return None
    family, where = issuer_of(Document(number, kind, country))
    return _Asked(normalized.encode(), family, code_of(family), code_of(where))
