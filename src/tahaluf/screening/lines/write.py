"""Write the hits of a batch: what is said of a subject, a listing, a score is made once, a compiled loop joins it."""

from collections.abc import Callable, Iterable, Sequence
from threading import Lock

import numpy as np
import orjson
from numpy.typing import NDArray

from tahaluf.names.kin import KIN_KINDS
from tahaluf.names.knowledge import knowledge
from tahaluf.screening.candidates import Names
from tahaluf.screening.export import Lines
from tahaluf.screening.index.store import StoredIndex
from tahaluf.screening.kernel.align import WIDEST
from tahaluf.screening.kernel.lines import ENTRY, LIST, Aligned, Kin, Pool, Words, write_lines
from tahaluf.screening.lines.choose import Chosen
from tahaluf.screening.lines.entries import particles_of, words_of
from tahaluf.screening.lines.kept import Facts, KeptTexts
from tahaluf.screening.lines.pool import Texts, lengths_of
from tahaluf.screening.subjects import Told
from tahaluf.screening.terms import Terms, write_terms
from tahaluf.screening.weighed import weighed_tokens

I64 = NDArray[np.int64]
MOST_KEPT = 1 << 26
# The texts of a line, in order; the alignment, where there is one, stands before `effects`.
PARTS = (
    "query", "entity", "score", "name", "caption", "rank", "subject_name", "name_score", "tokens", "effects",
    "versions", "terms", "line", "reference", "source", "end",
)  # fmt: skip
PLACE = {part: number for number, part in enumerate(PARTS)}


class LineWriter:
    """Writes for one index; `facts`: what a hit says of a listing. Threads may share it."""

    def __init__(self, stored: StoredIndex, facts: Callable[[I64], Iterable[Facts]], engine: str, least: float) -> None:
        self._stored, self._facts, self._least = stored, facts, least
        self._versions = b',"engine":' + orjson.dumps(engine) + b',"index":' + orjson.dumps(stored.index_id)
        self._terms = Terms(stored.names)
        self._lock = Lock()
        self._kept = KeptTexts(stored, facts)
        alike = [knowledge().similarity[kind] for kind in KIN_KINDS]
        rising = sorted(zip(alike, KIN_KINDS, strict=True))
        order = [rising.index(one) for one in zip(alike, KIN_KINDS, strict=True)]
        self._kin = Kin(np.asarray(alike, np.float64), np.asarray(order, np.int64))

    def write(self, told: Sequence[Told], names: Names, chosen: Chosen) -> Lines:
        """The lines of all hits of a batch; the terms of a score where it is `least` or more."""
        counts = np.bincount(chosen.subject, minlength=len(told)).tolist()
        if not len(chosen.subject):
            return Lines(b"", counts)
        kept, listed = self._listed(chosen)
        own = Texts()
        parts = np.empty((len(chosen.subject), len(PARTS)), np.int64)
        _put_listings(parts, kept, chosen)
        _put_subjects(parts, own, told, names, chosen)
        _put_scores(parts, own, chosen)
        self._put_reasons(parts, own, names, chosen)
        aligned = chosen.place >= 0
        asked = _asked_words(own, names, np.unique(chosen.row[aligned]))
        asked = asked._replace(pool=own.pool())
        rows = Aligned(np.where(aligned, chosen.row, -1), chosen.place, chosen.name)
        room = _room(parts, rows, asked, listed)
        out = np.empty(room, np.uint8)
        used = np.zeros((2, WIDEST), np.bool_)
        size = write_lines(parts, PLACE["effects"], rows, asked, listed, names.found, self._kin, used, out)
        return Lines(out[:size].tobytes(), counts)

    def _listed(self, chosen: Chosen) -> tuple[KeptTexts, Words]:
        with self._lock:
            if len(self._kept) > MOST_KEPT:
                self._kept = KeptTexts(self._stored, self._facts)
            kept = self._kept
            kept.make(chosen.listing, chosen.name[chosen.name >= 0])
            return kept, kept.words

    def _put_reasons(self, parts: NDArray[np.int64], own: Texts, names: Names, chosen: Chosen) -> None:
        """Effects, terms, evidence; and of hits whose names were not aligned, all that is said of them."""
        nothing = own.add([b"", b'],"attributes":[]', self._versions, b"}\n"])
        for part, text in (("tokens", 0), ("terms", 0), ("effects", 1), ("versions", 2), ("end", 3)):
            parts[:, PLACE[part]] = -1 - (nothing + text)
        terms = self._written_terms(names, chosen)
        for hit, reason in chosen.reasons.items():
            terms[hit] = orjson.dumps(reason.terms) if reason.terms else b""
            texts = (b',"name":' + orjson.dumps(reason.listed), b',"tokens":' + orjson.dumps(reason.tokens)[:-1])
            parts[hit, PLACE["name"]], parts[hit, PLACE["tokens"]] = (-1 - own.add([text]) for text in texts)
        for hit, told in terms.items():
            parts[hit, PLACE["terms"]] = -1 - own.add([b',"terms":' + told if told else b""])
        for hit, effects in chosen.effects.items():
            parts[hit, PLACE["effects"]] = -1 - own.add([b'],"attributes":' + orjson.dumps(effects)])
        for hit, evidence in chosen.evidence.items():
            parts[hit, PLACE["end"]] = -1 - own.add([b',"evidence":' + orjson.dumps(evidence) + b"}\n"])

    def _written_terms(self, names: Names, chosen: Chosen) -> dict[int, bytes]:
        """The terms of aligned names, of hits that have a score of `least` or more."""
        hits = np.flatnonzero((chosen.place >= 0) & (chosen.score >= self._least))
        effects = self._terms.measure(
            names.asked, names.found, chosen.row[hits], chosen.place[hits], chosen.logit[hits]
        )
        return dict(zip(hits.tolist(), write_terms(effects), strict=True))


def _put_listings(parts: I64, kept: KeptTexts, chosen: Chosen) -> None:
    first = kept.listings[chosen.listing]
    for part, offset in (("entity", 0), ("caption", 1), ("reference", 2)):
        parts[:, PLACE[part]] = first + offset
    # A list of documents alone has no names.
    named = chosen.name >= 0
    parts[named, PLACE["name"]] = kept.names[chosen.name[named]] - 2


def _put_subjects(parts: I64, own: Texts, told: Sequence[Told], names: Names, chosen: Chosen) -> None:
    """What is said of each subject, once: identifier, place in the file; and its names."""
    numbers, of_hit = np.unique(chosen.subject, return_inverse=True)
    subjects = [told[number] for number in numbers.tolist()]
    dumps = orjson.dumps
    _put(parts, "query", own, (b'{"query_id":' + dumps(one.id) + b',"entity_id":' for one in subjects), of_hit)
    lines = (b"}" if one.line is None else b'},"line":%d' % one.line for one in subjects)
    _put(parts, "line", own, lines, of_hit)
    sources = (b"" if one.source is None else b',"source":' + dumps(one.source) for one in subjects)
    _put(parts, "source", own, sources, of_hit)
    # A hit without a name goes by the first one of its subject.
    key = np.where(chosen.row >= 0, chosen.row, -1 - chosen.subject)
    rows, of_hit = np.unique(key, return_inverse=True)
    shown = (names.flat[row] if row >= 0 else next(iter(told[-1 - row].names), "") for row in rows.tolist())
    _put(parts, "subject_name", own, (dumps(name) + b',"explanation":{"name_score":' for name in shown), of_hit)


def _put_scores(parts: I64, own: Texts, chosen: Chosen) -> None:
    ranks = range(1, int(chosen.rank.max()) + 1)
    _put(parts, "rank", own, (b'%d,"subject_name":' % rank for rank in ranks), chosen.rank - 1)
    for part, values in (("score", chosen.score), ("name_score", chosen.name_score)):
        texts = orjson.dumps(values, option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].split(b",")
        _put(parts, part, own, texts, np.arange(len(values)))
        if chosen.score is chosen.name_score:
            parts[:, PLACE["name_score"]] = parts[:, PLACE["score"]]
            return


def _put(parts: I64, part: str, own: Texts, texts: Iterable[bytes], of_hit: NDArray[np.integer]) -> None:
    parts[:, PLACE[part]] = -1 - (own.add(texts) + of_hit)


def _asked_words(own: Texts, names: Names, rows: I64) -> Words:
    """The side of the subjects: the words of the names `rows`."""
    asked = names.asked
    first = np.zeros(len(asked.starts), np.int64)
    texts: list[bytes] = []
    single: list[bool] = []
    start = own.add([])
    sizes = (asked.starts[rows + 1] - asked.starts[rows]).tolist()
    for row, size in zip(rows.tolist(), sizes, strict=True):
        name = names.flat[row]
        tokens = weighed_tokens(name)[:size]
        first[row] = start + len(texts) + 1
        texts += [particles_of(name, is_subject=True), *words_of(tokens)]
        single += [False, *(len(token.text) == 1 for token in tokens)]
    own.add(texts)
    letters = np.concatenate([np.zeros(start, np.bool_), np.asarray(single, np.bool_)])
    nothing = Pool(np.zeros(0, np.uint8), np.zeros(1, np.int64))
    return Words(nothing, first, letters, asked.codes, asked.starts, asked.tokens, asked.weights)


def _room(parts: I64, aligned: Aligned, mine: Words, theirs: Words) -> int:
    """As many bytes as the lines may take."""
    own = parts < 0
    size = int(lengths_of(mine.pool, -1 - parts[own]).sum() + lengths_of(theirs.pool, parts[~own]).sum())
    hits = aligned.row >= 0
    for side, names in ((mine, aligned.row[hits]), (theirs, aligned.name[hits])):
        words = (side.starts[names + 1] - side.starts[names]).astype(np.int64)
        starts, first = side.pool.starts, side.first[names]
        size += int((starts[first + words] - starts[first - 1] + ENTRY * words).sum())
    return size + LIST * len(parts)
