"""Search over all listings, in any script: by name with the engine, by words of names as they are written and in other
spellings, by reference and number."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from threading import Lock
from typing import NamedTuple

from django.db.models import Q

from tahaluf.domain import Document, Subject, TahalufError
from tahaluf.screening import Screener
from tahaluf.web.catalogue.engine import current
from tahaluf.web.catalogue.models import ListingState
from tahaluf.web.catalogue.stored import from_plain
from tahaluf.web.catalogue.words import line_of, line_with, number_of, sought_words

LEAST_SCORE = 0.2
LONGEST = 500
MOST_HITS = 100
MOST_NARROWED = 4
PLACES = ("reference", "document", "name", "words", "spelling")
_kept: OrderedDict[tuple[str, str], Screener] = OrderedDict()
_lock = Lock()


class Found(NamedTuple):
    """A listing that was found: `by` says how (`reference`, `document`, `name`, `words` that are typed, `spelling` of
    them), `name` is the listed name that met, or the number; `score` is the engine's, None where it was not asked."""

    state: ListingState
    by: str
    name: str
    score: float | None


def search(text: str, *, limit: int = 25, dataset: str | None = None, kind: str | None = None) -> list[Found]:
    """The listings that a name, a word, a reference or a document's number brings up, the best first."""
    text = " ".join(text.replace("\0", "").split())[:LONGEST]
    if not text:
        return []
    narrow = Q(**{key: value for key, value in (("source__slug", dataset), ("kind", kind)) if value})
    found: dict[int, Found] = {}
    for each in chain(_by_number(text, narrow, limit), _by_name(text, narrow), _with_words(text, narrow, limit)):
        found.setdefault(each.state.pk, each)
        if len(found) >= limit:
            break
    return sorted(found.values(), key=lambda each: PLACES.index(each.by))


def _by_number(text: str, narrow: Q, limit: int) -> Iterator[Found]:
    """Exactly: the publisher's reference, the listing's id, a document's number."""
    states = ListingState.objects.now().filter(narrow).select_related("source")
    wanted = Q(reference=text) | Q(reference=text.upper()) | Q(listing_id=text)
    for state in states.filter(wanted).order_by("caption")[:limit]:
        yield Found(state, "reference", state.reference or state.listing_id, None)
    number = number_of(text)
    if any(char.isdigit() for char in number):
        for state in states.filter(words__contains=f"#{number}\n").order_by("caption")[:limit]:
            yield Found(state, "document", _number_shown(state, number), None)


def _by_name(text: str, narrow: Q) -> Iterator[Found]:
    if screener := _screener(narrow):
        subject = Subject("search", (text,), documents=(Document(text),) if any(map(str.isdigit, text)) else ())
        hits = screener.match(subject, top=MOST_HITS, threshold=LEAST_SCORE)
        states = _states([(hit.dataset, hit.listing_id) for hit in hits], narrow)
        for hit in hits:
            if state := states.get((hit.dataset, hit.listing_id)):
                yield Found(state, "name", hit.explanation.listing_name or hit.caption, hit.score)


def _by_spelling(text: str, narrow: Q, limit: int) -> Iterator[Found]:
    """Who has every word in another spelling or script, the nearest first."""
    if screener := _screener(narrow):
        sought, bearers = sought_words(text), screener.bearers(text, most=limit)
        states = _states([(dataset, listing_id) for dataset, listing_id, _name, _likeness in bearers], narrow)
        for dataset, listing_id, name, _likeness in bearers:
            if state := states.get((dataset, listing_id)):
                yield Found(state, "words" if line_with(line_of(name), sought) else "spelling", name, None)


def _states(pairs: Sequence[tuple[str, str]], narrow: Q) -> dict[tuple[str, str], ListingState]:
    """The current states of listings by list and id: two lists may use the same id."""
    states = ListingState.objects.now().filter(narrow, listing_id__in=[listing_id for _dataset, listing_id in pairs])
    return {(state.source.slug, state.listing_id): state for state in states.select_related("source")}


def _screener(narrow: Q) -> Screener | None:
    """The index to ask; None where nothing is compiled yet: lists can be looked at before."""
    try:
        screener = current().screener
    except TahalufError:
        return None
    return _narrowed(screener, narrow)


def _narrowed(screener: Screener, narrow: Q) -> Screener:
    """The index with the listings that are asked for alone: the engine looks at the few that come nearest, and those of
    another list or kind must not stand in their way. Kept, for who types asks again."""
    if not narrow:
        return screener
    key = (screener.index_id, str(narrow))
    with _lock:
        if kept := _kept.get(key):
            return kept
    pairs = set(ListingState.objects.now().filter(narrow).values_list("source__slug", "listing_id"))
    made = screener.narrowed(pairs)
    with _lock:
        for old in [other for other in _kept if other[0] != screener.index_id]:
            del _kept[old]
        _kept[key] = made
        while len(_kept) > MOST_NARROWED:
            _kept.popitem(last=False)
    return made


def _with_words(text: str, narrow: Q, limit: int) -> Iterator[Found]:
    """The words as they are typed and other spellings of them in turn, so that many of one leave room for the other."""
    for pair in zip_longest(_by_words(text, narrow, limit), _by_spelling(text, narrow, limit)):
        yield from filter(None, pair)


def _by_words(text: str, narrow: Q, limit: int) -> Iterable[Found]:
    sought = sought_words(text)
    if not sought or (len(sought) == 1 and len(sought[0]) < 3):
        return
    states = ListingState.objects.now().filter(narrow).select_related("source").order_by("caption", "pk")
    for word in sought:
        states = states.filter(words__contains=word)
    for state in states[: limit * 4]:
        if line_with(state.words, sought):
            yield Found(state, "words", _name_with(state, sought), None)


def _name_with(state: ListingState, sought: list[str]) -> str:
    names = [alias.text for alias in from_plain(state.content).names]
    return next((name for name in names if line_with(line_of(name), sought)), state.caption)


def _number_shown(state: ListingState, number: str) -> str:
    documents = from_plain(state.content).documents
    return next((item.number for item in documents if number_of(item.number) == number), number)
