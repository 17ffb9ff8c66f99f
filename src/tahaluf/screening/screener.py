"""Screen subjects against a compiled index, from Python.

    screener = Screener.open("index/")
    hits = screener.screen(table)          # Arrow, Polars or pandas in, the same kind out
    hits = screener.match(subject)         # one subject, a list of hits

Scores are 0–1. A hit is a proposal for a person to decide on, never a decision.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from tahaluf.domain import (
    AttributeEffect,
    Explanation,
    Hit,
    InputError,
    Kind,
    Listing,
    Problem,
    ScoreTerm,
    Subject,
    TokenMatch,
    Where,
)
from tahaluf.screening.acronyms import explain_acronym, find_acronyms
from tahaluf.screening.attributes import DEFAULT_CONFIG, ListingAttributes, combine, compare_attributes
from tahaluf.screening.compile import compile_index
from tahaluf.screening.explain import explain_names
from tahaluf.screening.index.store import StoredIndex, read_index
from tahaluf.screening.kernel.screen import Asked, Found
from tahaluf.screening.matcher import SHORTLIST, Matcher, answering
from tahaluf.screening.readings import readings_of
from tahaluf.screening.subjects import has_attributes, subject_of
from tahaluf.screening.terms import align_pair, score_terms
from tahaluf.screening.version import engine_version
from tahaluf.screening.weights import score_weights

MOST = 1000
BATCH = 8192
KEPT = 1 << 15


class Candidate(NamedTuple):
    """A listing's best name: its log-odds, the subject's name (row), its place in what was found, or the number of the
    listed name where it was found by its letters (`place` −1)."""

    logit: float
    row: int
    place: int
    name: int = -1


class Scored(NamedTuple):
    """A candidate at or over the cut; scores are 0–1."""

    score: float
    name_score: float
    effects: tuple[AttributeEffect, ...]
    listing: int
    candidate: Candidate


class Screener:
    """An opened index. `index_id` is the hash of its content; `datasets`: the lists in it, {"name", "listings"}
    each, with "incomplete": True where a list was not whole when it was compiled."""

    def __init__(self, stored: StoredIndex) -> None:
        self._stored = stored
        self._matcher = Matcher(stored.names)
        # The same few thousand listings come up again and again.
        self._attributes = lru_cache(maxsize=KEPT)(self._read_attributes)
        self._caption = lru_cache(maxsize=KEPT)(self._read_caption)
        self._reference = lru_cache(maxsize=KEPT)(self._read_reference)
        self.index_id = stored.index_id
        self.datasets = [dict(entry) for entry in stored.datasets]
        self.engine_version = engine_version()
        self.default_threshold = score_weights().threshold

    @classmethod
    def open(cls, path: str | Path) -> "Screener":
        """Open a compiled index; IndexFileError where it is damaged, foreign or of another version."""
        return cls(read_index(Path(path), engine_version()))

    @classmethod
    def compile(cls, listings: Iterable[Listing], out: str | Path, incomplete: Collection[str] = ()) -> "Screener":
        """Compile `listings` into the new folder `out` and open it; `incomplete` names lists that are not whole, and is
        looked at once all listings have come."""
        compile_index(listings, Path(out), incomplete)
        return cls.open(out)

    def screen_batch(self, batch: pa.RecordBatch, *, top: int = 5, threshold: float | None = None) -> list[list[Hit]]:
        """Hits of each row of a batch of subjects (`messages.SUBJECT_SCHEMA`), best first, at or over `threshold`
        (0–1)."""
        ids, names = batch.column("id").to_pylist(), batch.column("names").to_pylist()
        kinds = [Kind(kind) for kind in batch.column("kind").to_pylist()]
        rich = has_attributes(batch)
        subjects = [subject_of(batch, row) if rich[row] else None for row in range(batch.num_rows)]
        return self._screen(ids, names, kinds, subjects, top, threshold)

    def match(self, subject: Subject, *, top: int = 5, threshold: float | None = None) -> list[Hit]:
        """The hits of one subject, best first."""
        return self._screen(
            [subject.id], [list(subject.names)], [subject.kind], [subject], top, threshold, single=True
        )[0]

    def screen(self, table: Any, *, kind: Kind | None = None, top: int = 5, threshold: float | None = None) -> Any:
        """Screen a table and return hits as a table of the same library: query_id, entity_id, dataset, score, rank,
        name, subject_name, caption.

        Of its columns `name` (or `names`, a list) must be there; `id`, `kind`, `birth_dates`, `nationalities`,
        `residences`, `gender`, `birth_places` and `documents` may be, as in `messages.SUBJECT_SCHEMA`; others are not
        looked at. Rows that state no kind are of `kind`; without it they are people where they have a birth date or
        place, a gender or a passport, and otherwise may be anything. InputError for what cannot be read.
        """
        from tahaluf.screening.frames import from_frame, to_frame  # noqa: PLC0415 (Polars and pandas are optional)

        batch = from_frame(table, kind)
        slices = (batch.slice(start, BATCH) for start in range(0, batch.num_rows, BATCH))
        found = [self.screen_batch(part, top=top, threshold=threshold) for part in slices]
        return to_frame([hit for rows in found for hits in rows for hit in hits], table)

    def listing(self, listing_id: str) -> dict[str, Any]:
        """What the index holds of a listing, as plain values; KeyError if there is none of that id."""
        number = self._numbers[listing_id]
        details = self._stored.texts["details"]
        shown = details.json(number)
        if not isinstance(shown, dict):
            raise details.refusal("{…}", number)
        return shown

    @cached_property
    def _numbers(self) -> dict[str, int]:
        ids = self._stored.texts["id"]
        return {ids.text(number): number for number in range(len(ids))}

    def _screen(
        self, ids: Sequence[str], names: Sequence[list[str]], kinds: Sequence[Kind], subjects: Sequence[Subject | None],
        top: int, threshold: float | None, *, single: bool = False,
    ) -> list[list[Hit]]:  # fmt: skip
        cut = self._cut(top, threshold)
        asked_for = [readings_of(own) for own in names]
        flat = [name for own in asked_for for name in own]
        flat_kinds = [answering(kind) for kind, own in zip(kinds, asked_for, strict=True) for _ in own]
        # What is known beyond the name may bring up any of the shortlist: one of many bearers of a common name.
        most = SHORTLIST if any(subjects) else min(top, SHORTLIST)
        found, asked = self._matcher.match_names(flat, flat_kinds, most)
        logits, listings = found.logit.tolist(), found.listing.tolist()
        out, at = [], 0
        for number, own in enumerate(asked_for):
            best: dict[int, Candidate] = {}
            for row in range(at, at + len(own)):
                for place, listing in enumerate(listings[row]):
                    if listing >= 0 and (listing not in best or logits[row][place] > best[listing].logit):
                        best[listing] = Candidate(logits[row][place], row, place)
                for listing, name, odds in find_acronyms(flat[row], kinds[number], self._stored.names):
                    if listing not in best or odds > best[listing].logit:
                        best[listing] = Candidate(odds, row, -1, name)
            at += len(own)
            scored = sorted(self._scored(best, subjects[number], cut), key=lambda one: (-one.score, one.listing))
            out.append(
                [
                    self._hit(ids[number], flat, found, asked, rank, one, single)
                    for rank, one in enumerate(scored[:top], 1)
                ]
            )
        return out

    def _cut(self, top: int, threshold: float | None) -> float:
        """The threshold to use; InputError where it or `top` is out of range: compiled code takes them as they are."""
        cut = self.default_threshold if threshold is None else threshold
        for field, value, low, high in (("top", top, 1, MOST), ("threshold", cut, 0, 1)):
            if not low <= value <= high:
                raise InputError(Problem("screening.option", Where(field=field), f"{low} … {high}", str(value)))
        return cut

    def _scored(self, best: dict[int, Candidate], subject: Subject | None, cut: float) -> Iterator[Scored]:
        """What is at or over the cut."""
        lowest = math.log(cut / (1 - cut)) - DEFAULT_CONFIG.highest if 0 < cut < 1 else -math.inf
        for listing, candidate in best.items():
            name_score = 1 / (1 + math.exp(-max(min(candidate.logit, 30.0), -30.0)))
            effects: tuple[AttributeEffect, ...] = ()
            score = name_score
            if subject is not None and candidate.logit > lowest:
                effects = compare_attributes(subject, self._attributes(listing))
                score = combine(name_score, effects)
            if score >= cut:
                yield Scored(score, name_score, effects, listing, candidate)

    def _read_attributes(self, listing: int) -> ListingAttributes:
        texts = self._stored.texts["attributes"]
        try:
            return ListingAttributes.from_json(texts[listing])
        except (ValueError, TypeError, KeyError, AttributeError) as broken:
            raise texts.refusal("attributes", listing) from broken

    def _read_reference(self, listing: int) -> str | None:
        details = self._stored.texts["details"]
        match details.json(listing):
            case {"reference": str(reference)}:
                return reference
            case dict():
                return None
        raise details.refusal("{…}", listing)

    def _read_caption(self, listing: int) -> tuple[str, str]:
        texts = self._stored.texts["caption"]
        match texts.json(listing):
            case [str(dataset), str(caption)]:
                return dataset, caption
        raise texts.refusal('["dataset", "caption"]', listing)

    def _hit(
        self, subject_id: str, flat: Sequence[str], found: Found, asked: Asked, rank: int, scored: Scored, single: bool
    ) -> Hit:
        _, row, place, name = scored.candidate
        # The terms of a score cost more than the score: of a file, what is no hit by default has none.
        whole = single or scored.score >= self.default_threshold
        texts = self._stored.texts
        dataset, caption = self._caption(scored.listing)
        number = int(found.name[row, place]) if place >= 0 else name
        listed = texts["name"].text(number)
        try:
            tokens, terms = self._reasons(flat[row], listed, number, found, asked, scored.candidate, whole)
        except IndexError as broken:
            # The text is another name than the one whose tokens were compared.
            raise texts["name"].refusal("name_tokens", number) from broken
        explanation = Explanation(
            flat[row], listed, scored.name_score, tokens, scored.effects, self.engine_version, self.index_id, terms
        )
        return Hit(
            subject_id, texts["id"].text(scored.listing), dataset, scored.score, rank, caption, explanation,
            reference=self._reference(scored.listing),
        )  # fmt: skip

    def _reasons(
        self, subject: str, listed: str, number: int, found: Found, asked: Asked, candidate: Candidate, whole: bool
    ) -> tuple[tuple[TokenMatch, ...], tuple[ScoreTerm, ...]]:
        """Why the names scored as they did, word by word, and on the whole if that is asked for."""
        logit, row, place, _ = candidate
        if place < 0:
            return explain_acronym(subject, listed, logit), (ScoreTerm("acronym", round(logit, 4)),)
        pairs = found.pairs[row, place, : found.pair_counts[row, place]].tolist()
        pair = align_pair(asked, row, self._stored.names, number, pairs, whole=whole)
        return explain_names(subject, listed, pair), score_terms(pair, logit) if whole else ()
