"""Find listed names in free text: the remarks of a payment, a letter.

A text is looked at in windows of a few words. Where much of a listed name is in one, the runs of words that begin and
end with a word of it are screened as names, and the best run of each listing is kept, with its place in the text.
Ordinary words around a name take nothing from its score (`resources/text_words.yaml`); what else stands right beside it
may belong to it ("Ahmad Farhad Majidi" is not just any "Ahmad Farhad"), and without it the run scores `APART` less.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import Kind
from tahaluf.names.common import common_names
from tahaluf.names.countries import country_code
from tahaluf.names.knowledge import knowledge
from tahaluf.names.tables import table
from tahaluf.names.tokenize import split_words
from tahaluf.screening.acronyms import find_acronyms
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.screen import KINDS, THIN, WHOLE_ORGANIZATION, Found
from tahaluf.screening.matcher import SHORTLIST, Matcher
from tahaluf.screening.weighed import weighed_tokens

# No wider than what is compared of one name.
WIDE, STRIDE = 8, 4
# More words than the longest text that readers give.
MOST_WORDS = 10_000
MOST_FOUND = 8
APART = 2.0
LONGEST_NAME = 60
LONGEST_CODE = 3
# The share of a listed name's evidence that must be in a window, and the least of it in nats.
MUCH, LEAST_EVIDENCE = 0.45, 5.0
# As much as that is the whole name, of which less evidence is enough.
WHOLE, LEAST_OF_WHOLE = 0.95, 3.5
ANY_KIND = -1
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?:['’.-][^\W\d_]+)*),? +$")
_AFTER = re.compile(r",? +([^\W\d_]+(?:['’.-][^\W\d_]+)*)(?![\w])")


class Span(NamedTuple):
    """A part of a text, from the letter `start` to before the letter `end`."""

    start: int
    end: int


class Mention(NamedTuple):
    """A listed name in a text: the run of words, where it stands, and the listing's name that it may be."""

    name: str
    span: Span
    listing: int
    listed_name: int
    logit: float


class _Run(NamedTuple):
    text: int
    span: Span


def find_mentions(texts: Sequence[str], matcher: Matcher, index: NameIndex, least: float) -> list[list[Mention]]:
    """For each text the listed names in it, best first, of log-odds `least` or more; each listing once."""
    distinct = list(dict.fromkeys(texts))
    words = [[Span(*found.span()) for found in _bounded(text)] for text in distinct]
    windows = list(_windows(words))
    met = _words_met(distinct, windows, matcher, index)
    runs = [
        run
        for window, hopeful in zip(windows, met, strict=True)
        if hopeful
        for run in _runs(window, distinct[window.text], words[window.text], hopeful)
    ]
    found = dict(zip(distinct, _best(distinct, list(dict.fromkeys(runs)), matcher, index, least), strict=True))
    return [found[text] for text in texts]


def find_letters(text: str, index: NameIndex) -> list[Mention]:
    """The organizations whose well-known letters a text holds (`resources/organizations.yaml`, alike)."""
    alike = knowledge().acronyms.alike
    found: dict[int, Mention] = {}
    for word in _bounded(text):
        if not alike.keys().isdisjoint(_split(word[0])):
            for listing, name, odds in find_acronyms(word[0], Kind.ORGANIZATION, index):
                found.setdefault(listing, Mention(word[0], Span(*word.span()), listing, name, odds))
    return list(found.values())


def _bounded(text: str) -> Iterator[re.Match[str]]:
    return (found for _, found in zip(range(MOST_WORDS), _WORD.finditer(text), strict=False))


def _windows(words: Sequence[Sequence[Span]]) -> Iterator[_Run]:
    for text, spans in enumerate(words):
        for first in range(0, max(len(spans) - WIDE + STRIDE, 1), STRIDE):
            inside = spans[first : first + WIDE]
            if inside:
                yield _Run(text, Span(inside[0].start, inside[-1].end))


def _name(texts: Sequence[str], run: _Run) -> str:
    return " ".join(texts[run.text][run.span.start : run.span.end].split())


def _match(names: Sequence[str], matcher: Matcher, most: int) -> Found:
    return matcher.match_names(names, [ANY_KIND] * len(names), most)[0]


def _words_met(texts: Sequence[str], windows: Sequence[_Run], matcher: Matcher, index: NameIndex) -> list[set[str]]:
    """For each window its words that are those of a listed name of which much is there."""
    names = [_name(texts, window) for window in windows]
    found = _match(names, matcher, SHORTLIST)
    met: list[set[str]] = [set() for _ in windows]
    if not windows:
        return met
    taken = np.arange(found.pairs.shape[2]) < found.pair_counts[..., None]
    alike = taken & (found.pairs[..., 4] > 0)
    evidence = np.where(alike, found.pairs[..., 5], 0).sum(axis=2)
    total = index.name_total[np.maximum(found.name, 0)]
    enough = np.minimum(np.maximum(MUCH * total, LEAST_EVIDENCE), np.maximum(WHOLE * total, LEAST_OF_WHOLE))
    for row, place in np.argwhere((found.listing >= 0) & (evidence >= enough)).tolist():
        tokens = weighed_tokens(names[row])
        for first, second in found.pairs[row, place, alike[row, place], :2].astype(int).tolist():
            met[row] |= {word for at in (first, second) if at >= 0 for word in tokens[at].shown.split()}
    return met


def _runs(window: _Run, text: str, words: Sequence[Span], met: set[str]) -> Iterator[_Run]:
    inside = [word for word in words if window.span.start <= word.start and word.end <= window.span.end]
    ends = [not met.isdisjoint(_split(text[word.start : word.end])) for word in inside]
    for first, word in enumerate(inside):
        for last in range(first, len(inside)):
            if ends[first] and ends[last]:
                yield _Run(window.text, Span(word.start, inside[last].end))


@lru_cache(maxsize=1 << 14)
def _split(word: str) -> tuple[str, ...]:
    return tuple(split_words(word))


def _best(
    texts: Sequence[str], runs: Sequence[_Run], matcher: Matcher, index: NameIndex, least: float
) -> Iterator[list[Mention]]:
    less = _penalties(texts, runs)
    runs = list(less)
    names = [_name(texts, run) for run in runs]
    found = _match(names, matcher, MOST_FOUND)
    logits = found.logit - np.fromiter(less.values(), np.float64, len(less))[:, None]
    best: list[dict[int, Mention]] = [{} for _ in texts]
    telling = np.array([" " in name for name in names], bool)[:, None] | _tells_alone(names, found, index)
    for row, place in np.argwhere((found.listing >= 0) & (logits >= least) & telling).tolist():
        run, listing = runs[row], int(found.listing[row, place])
        mention = Mention(names[row], run.span, listing, int(found.name[row, place]), float(logits[row, place]))
        before = best[run.text].get(listing)
        if before is None or _order(mention) < _order(before):
            best[run.text][listing] = mention
    for mentions in best:
        yield sorted(mentions.values(), key=lambda one: (_order(one), one.listing))


def _tells_alone(names: Sequence[str], found: Found, index: NameIndex) -> NDArray[np.bool_]:
    """Whether one word by itself says anything of a listed name: it is rare, or the whole name of an organization and
    no word of ordinary texts or names."""
    organizations = index.listing_kind[found.listing] == KINDS.index(Kind.ORGANIZATION)
    unusual = np.array([_is_unusual(name) for name in names], bool)[:, None]
    whole = organizations & unusual & (found.logit >= WHOLE_ORGANIZATION)
    return np.asarray(whole | (index.name_total[found.name] >= THIN))


@lru_cache(maxsize=1 << 14)
def _is_unusual(name: str) -> bool:
    words, known = _split(name), knowledge()
    ordinary = _text_words().union(common_names().by_spelling, known.generic)
    return ordinary.isdisjoint(words) and any(len(word) > 3 for word in words)


def _penalties(texts: Sequence[str], runs: Sequence[_Run]) -> dict[_Run, float]:
    """The runs, each also with what may belong to it, and what is taken from the log-odds of each."""
    less: dict[_Run, float] = {}
    for run in runs:
        whole = _Run(run.text, _with_neighbors(texts[run.text], run.span))
        less[whole] = 0.0
        less.setdefault(run, APART)
    return less


def _with_neighbors(text: str, span: Span) -> Span:
    """A run of words and the words right beside it that are not those of ordinary texts."""
    start, end = span
    while (
        end - start < LONGEST_NAME
        and (before := _BEFORE.search(text, max(start - LONGEST_NAME, 0), start))
        and _is_name(before[1])
    ):
        start = before.start(1)
    while end - start < LONGEST_NAME and (after := _AFTER.match(text, end)) and _is_name(after[1]):
        end = after.end(1)
    return Span(start, end)


def _is_name(word: str) -> bool:
    """Whether a word may be one of a name; codes of countries are articles as often ("AL")."""
    is_country = len(word) > LONGEST_CODE and country_code(word) is not None
    return len(word) > 1 and _text_words().isdisjoint(_split(word)) and not is_country


@cache
def _text_words() -> frozenset[str]:
    known = knowledge()
    # A title beside a name says nothing of whose it is.
    return frozenset(table("text_words")) | known.dropped | known.ranks | known.soft


def _order(mention: Mention) -> tuple[float, int, int]:
    """The likelier first, then the shorter, then the earlier."""
    return -mention.logit, mention.span.end - mention.span.start, mention.span.start
