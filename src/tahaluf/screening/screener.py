"""Screen subjects against a compiled index, from Python.

    screener = Screener.open("index/")
    hits = screener.screen(table)          # Arrow, Polars or pandas in, the same kind out
    hits = screener.match(subject)         # one subject, a list of hits

Scores are 0–1. A hit is a proposal for a person to decide on, never a decision.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tahaluf.domain import (
    AttributeEffect,
    Evidence,
    Explanation,
    Hit,
    InputError,
    Kind,
    Listing,
    Problem,
    ScoreTerm,
    Subject,
    Where,
)
from tahaluf.screening.attributes import DEFAULT_CONFIG, ListingAttributes, combine, compare_attributes
from tahaluf.screening.candidates import NO_NAME, Names, Scored, Seeker, Sought
from tahaluf.screening.compile import compile_index
from tahaluf.screening.export import Lines
from tahaluf.screening.index.store import StoredIndex, read_index
from tahaluf.screening.lines.choose import choose_plain, choose_scored, join_chosen, probability
from tahaluf.screening.lines.kept import Facts
from tahaluf.screening.lines.write import LineWriter
from tahaluf.screening.naming import Naming
from tahaluf.screening.narrow import narrow
from tahaluf.screening.numbers import NumberMatch, weigh_numbers, with_evidence, without_name
from tahaluf.screening.reasons import Candidate, Reason, Reasons
from tahaluf.screening.subjects import Told, tell, tell_one
from tahaluf.screening.unswept import unswept
from tahaluf.screening.version import engine_version
from tahaluf.screening.weights import score_weights

MOST = 1000
BATCH = 8192
KEPT = 1 << 15


class Screener:
    """An opened index. `index_id` is the hash of its content; `datasets`: the lists in it, {"name", "listings"}
    each, with "incomplete": True where a list was not whole when it was compiled."""

    def __init__(self, stored: StoredIndex) -> None:
        self._stored = stored
        self._seeker = Seeker(stored)
        self._reasons = Reasons(stored)
        self._naming = Naming(stored.names)
        # The same few thousand listings come up again and again.
        self._attributes = lru_cache(maxsize=KEPT)(self._read_attributes)
        self._caption = lru_cache(maxsize=KEPT)(self._read_caption)
        self._id = lru_cache(maxsize=KEPT)(stored.texts["id"].text)
        self.index_id = stored.index_id
        self.datasets = [dict(entry) for entry in stored.datasets]
        self.engine_version = engine_version()
        self.default_threshold = score_weights().threshold
        self._lines = LineWriter(stored, self._facts, self.engine_version, self.default_threshold)

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
        return self._screen(tell(batch), top, threshold)

    def prepare(self) -> None:
        """Loads what the first names of a process would wait for: compiled code, tables, libraries."""
        words = {"id": [""], "names": [["Muhammad Ali", "محمد علي"]], "kind": [Kind.UNKNOWN.value]}
        self.screen_lines(pa.RecordBatch.from_pydict(words), top=1, threshold=0.0)

    def screen_lines(self, batch: pa.RecordBatch, *, top: int = 5, threshold: float | None = None) -> Lines:
        """The hits of `screen_batch` as `export.render_hits` writes them: the same bytes, many times sooner."""
        with unswept():
            return self._screen_lines(tell(batch), top, self._cut(top, threshold))

    def _screen_lines(self, told: Sequence[Told], top: int, cut: float) -> Lines:
        search = self._seeker.search(told, top, cut)
        plain = np.asarray([self._seeker.is_plain(one, search, k) for k, one in enumerate(told)], np.bool_)
        subjects, others = np.flatnonzero(plain), np.flatnonzero(~plain).tolist()
        rows = np.asarray(search.starts, np.int64)[subjects]
        chosen = choose_plain(search.names.found, subjects, rows, top, cut)
        if others:
            some = [told[k] for k in others]
            sought = self._seeker.gather(told, search, others)
            best = self._best(some, sought, top, cut)
            chosen = join_chosen(chosen, choose_scored(best, others, sought, partial(self._reason_of, search.names)))
        aligned, told_by = chosen.place >= 0, chosen.name.copy()
        told_by[aligned] = self._naming.choose(search.names, chosen.row[aligned], chosen.place[aligned])
        chosen = chosen._replace(name=told_by)
        return self._lines.write(told, search.names, chosen)

    def match(self, subject: Subject, *, top: int = 5, threshold: float | None = None) -> list[Hit]:
        """The hits of one subject, best first."""
        return self._screen([tell_one(subject)], top, threshold, single=True)[0]

    def match_many(
        self, subjects: Sequence[Subject], *, top: int = 5, threshold: float | None = None
    ) -> list[list[Hit]]:
        """The hits of each subject, best first, as `match` gives them."""
        return self._screen([tell_one(subject) for subject in subjects], top, threshold, single=True)

    def may_hit(self, subjects: Sequence[Subject], *, threshold: float | None = None) -> list[bool]:
        """Of each subject, whether it may have a hit at all: False is certain, True says to screen it. Several times as
        fast as screening where few have one."""
        # What is known beyond the name may raise the score as far as it is allowed to.
        beyond = [DEFAULT_CONFIG.highest if _tells_more(subject) else 0.0 for subject in subjects]
        return self._may_hit([tell_one(subject) for subject in subjects], beyond, threshold)

    def may_hit_by_name(
        self, names: Sequence[Sequence[str]], kinds: Sequence[Kind], *, threshold: float | None = None
    ) -> list[bool]:
        """`may_hit` of subjects of whom nothing is known but their `names` and `kinds`."""
        told = [Told("", list(own), kind) for own, kind in zip(names, kinds, strict=True)]
        return self._may_hit(told, [0.0] * len(told), threshold)

    def _may_hit(self, told: Sequence[Told], beyond: Sequence[float], threshold: float | None) -> list[bool]:
        cut = self._cut(1, threshold)
        floor = math.log(cut / (1 - cut)) if 0 < cut < 1 else -math.inf
        with unswept():
            return self._seeker.is_likely(told, [floor - more for more in beyond])

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

    def narrowed(self, listings: Collection[tuple[str, str]]) -> "Screener":
        """The same index, where only these listings (dataset, id) are found by name: their scores are those of the
        whole list, the work is that of a short one. Those that it does not hold are passed over."""
        ids = self._stored.texts["id"]
        pairs = ((self._caption(number)[0], ids.text(number)) for number in range(len(ids)))
        wanted = np.fromiter((pair in listings for pair in pairs), bool, len(ids))
        return Screener(replace(self._stored, names=narrow(self._stored.names, wanted)))

    def bearers(self, text: str, *, most: int = 100) -> list[tuple[str, str, str, float]]:
        """Who has the words of `text` in one name, in any spelling or script, particles aside: (dataset, listing id,
        name, likeness 0–1), the nearest first. Likeness is no score: one word is no evidence."""
        names, owners = self._stored.texts["name"], self._stored.names.name_listing
        with unswept():
            found = self._seeker.bearers(text, most)
        told = [(int(owners[name]), names.text(name), likeness) for name, likeness in found]
        return [(self._caption(owner)[0], self._id(owner), name, likeness) for owner, name, likeness in told]

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
        self, told: Sequence[Told], top: int, threshold: float | None, *, single: bool = False
    ) -> list[list[Hit]]:
        cut = self._cut(top, threshold)
        with unswept():
            names, sought = self._seeker.seek(told, top, cut)
            return self._hits(told, sought, self._best(told, sought, top, cut), names, single)

    def _best(self, told: Sequence[Told], sought: Sequence[Sought], top: int, cut: float) -> list[list[Scored]]:
        return [
            # Of a text each place has its own best.
            sorted(self._scored(its, one.subject, cut), key=_rank)[: top if one.text is None else MOST]
            for one, its in zip(told, sought, strict=True)
        ]

    def _hits(
        self, told: Sequence[Told], sought: Sequence[Sought], scored: Sequence[Sequence[Scored]], names: Names,
        single: bool,
    ) -> list[list[Hit]]:  # fmt: skip
        """What was scored, with its reasons."""
        by_name = [one for own in scored for one in own if not one.by_number]
        # The terms of a score cost more than the score: of a file, what is no hit by default has none.
        whole = [single or one.score >= self.default_threshold for one in by_name]
        candidates = self._naming.choose_all(names, [one.candidate for one in by_name])
        reasons = iter(self._reasons.explain(*names, candidates, whole))
        out = []
        for one, its, own in zip(told, sought, scored, strict=True):
            hits = []
            for rank, found in enumerate(own, 1):
                if found.by_number:
                    name, reason = next(iter(one.names), ""), self._reason_of_number(found)
                else:
                    name, reason = names.flat[found.candidate.row], next(reasons)
                hits.append(self._hit(one, rank, found, name, reason, its.evidence.get(found.listing)))
            out.append(hits)
        return out

    def _reason_of(self, names: Names, scored: Scored) -> Reason:
        """Why a listing was found whose names were not aligned."""
        if scored.by_number:
            return self._reason_of_number(scored)
        return self._reasons.by_letters(names.flat[scored.candidate.row], scored.candidate)

    def _reason_of_number(self, scored: Scored) -> Reason:
        return Reason(self._caption(scored.listing)[1], (), (ScoreTerm("number", round(scored.candidate.logit, 4)),))

    def _cut(self, top: int, threshold: float | None) -> float:
        """The threshold to use; InputError where it or `top` is out of range: compiled code takes them as they are."""
        cut = self.default_threshold if threshold is None else threshold
        for field, value, low, high in (("top", top, 1, MOST), ("threshold", cut, 0, 1)):
            if not low <= value <= high:
                raise InputError(Problem("screening.option", Where(field=field), f"{low} … {high}", str(value)))
        return cut

    def _scored(self, sought: Sought, subject: Subject | None, cut: float) -> Iterator[Scored]:
        """What is at or over the cut."""
        lowest = math.log(cut / (1 - cut)) - DEFAULT_CONFIG.highest if 0 < cut < 1 else -math.inf
        for listing, candidate in sought.by_name.items():
            if listing in sought.by_number:
                continue
            effects: tuple[AttributeEffect, ...] = ()
            score = name_score = probability(candidate.logit)
            if subject is not None and candidate.logit > lowest:
                effects = compare_attributes(subject, self._attributes(listing))
                score = combine(name_score, effects)
            if score >= cut:
                yield Scored(score, name_score, effects, listing, candidate, by_number=False)
        if subject is not None:
            for listing, matches in sought.by_number.items():
                found = self._score_number(listing, matches, subject, sought.by_name.get(listing))
                if found is not None and found.score >= cut:
                    yield found

    def _score_number(
        self, listing: int, matches: Sequence[NumberMatch], subject: Subject, by_name: Candidate | None
    ) -> Scored | None:
        """A listing that a number brought up; what its names say stands in the way of nothing."""
        theirs = self._attributes(listing)
        try:
            evidence = weigh_numbers(matches, subject.documents, theirs.documents)
        except IndexError as broken:
            raise self._stored.texts["attributes"].refusal("documents", listing) from broken
        effects = compare_attributes(subject, theirs)
        if by_name is not None and (evidence is None or by_name.logit >= evidence.base):
            name_score = probability(by_name.logit)
            return Scored(combine(name_score, effects), name_score, effects, listing, by_name, by_number=False)
        if evidence is None:
            return None
        if not self._has_name(listing):
            evidence = without_name(evidence)
        effects, name_score = with_evidence(effects, evidence), probability(evidence.base)
        candidate = NO_NAME._replace(logit=evidence.base)
        return Scored(combine(name_score, effects), name_score, effects, listing, candidate, by_number=True)

    def _has_name(self, listing: int) -> bool:
        bearers = self._stored.names.name_listing
        at = int(np.searchsorted(bearers, listing))
        return at < len(bearers) and int(bearers[at]) == listing

    def _read_attributes(self, listing: int) -> ListingAttributes:
        texts = self._stored.texts["attributes"]
        try:
            return ListingAttributes.from_json(texts[listing])
        except (ValueError, TypeError, KeyError, AttributeError) as broken:
            raise texts.refusal("attributes", listing) from broken

    def _read_caption(self, listing: int) -> tuple[str, str, str | None]:
        """Its list, its caption, and the publisher's reference where there is one."""
        return self._told_caption(listing, self._stored.texts["caption"].json(listing))

    def _told_caption(self, listing: int, told: object) -> tuple[str, str, str | None]:
        match told:
            case [str(dataset), str(caption), str() | None as reference]:
                return dataset, caption, reference
        raise self._stored.texts["caption"].refusal('["dataset", "caption", "reference"]', listing)

    def _facts(self, listings: NDArray[np.int64]) -> Iterator[Facts]:
        ids, captions = (self._stored.texts[stem] for stem in ("id", "caption"))
        both = zip(listings.tolist(), ids.some(listings), captions.some(listings), strict=True)
        for listing, own, caption in both:
            yield Facts(own, *self._told_caption(listing, captions.parsed(caption, listing)))

    def _hit(self, told: Told, rank: int, scored: Scored, name: str, reason: Reason, evidence: Evidence | None) -> Hit:
        dataset, caption, reference = self._caption(scored.listing)
        listed, tokens, terms = reason
        explanation = Explanation(
            name, listed, scored.name_score, tokens, scored.effects, self.engine_version, self.index_id, terms
        )
        return Hit(
            told.id, self._id(scored.listing), dataset, scored.score, rank, caption, explanation, told.line,
            reference, told.source, evidence,
        )  # fmt: skip


def _rank(one: Scored) -> tuple[float, int]:
    return -one.score, one.listing


def _tells_more(subject: Subject) -> bool:
    return bool(
        subject.birth_dates or subject.nationalities or subject.residences or subject.gender or subject.birth_places
        or subject.documents
    )  # fmt: skip
