"""Alerts made of what a screening found: one for each subject with a hit that nobody has cleared.

Reach for `raise_alerts` within the transaction that stores a batch; a batch that was stored raises nothing anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from tahaluf.domain import Hit, Subject
from tahaluf.web.catalogue.models import ListingState
from tahaluf.web.catalogue.queries import states_now
from tahaluf.web.common.audit.services import record
from tahaluf.web.review import subjects
from tahaluf.web.review.alerts.exempting import Pair, Remembered, Verdict
from tahaluf.web.review.alerts.plain import plain_hits, storable, storable_text, words_of
from tahaluf.web.review.tables.alerts import Alert, AlertHit
from tahaluf.web.review.tables.screenings import Screening

BATCH = 500
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A subject with its hits: `row` is its place in the screening, `place` what a person finds it by in the file,
    `because` why it comes up, where that is more than the hits."""

    row: int
    subject: Subject
    hits: Sequence[Hit]
    place: Mapping[str, Any] = field(default_factory=dict)
    because: Mapping[str, Any] = field(default_factory=dict)


class Raised(NamedTuple):
    """How many alerts there are now of these rows, and how many hits a remembered false positive left out."""

    alerts: int
    exempted: int


class _Known(NamedTuple):
    row: Row
    plain: dict[str, Any]
    digest: str
    key: str


class _Judged(NamedTuple):
    known: _Known
    hits: list[Hit]
    exempted: int
    because: dict[str, Any]


def raise_alerts(screening: Screening, rows: Sequence[Row]) -> Raised:
    """Raise what has not been raised yet; the number of queries does not grow within a batch of 500."""
    alerts = exempted = 0
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            raised = _raise_batch(screening, rows[start : start + BATCH])
        alerts, exempted = alerts + raised.alerts, exempted + raised.exempted
    return Raised(alerts, exempted)


def _raise_batch(screening: Screening, rows: Sequence[Row]) -> Raised:
    rows = [row for row in rows if row.hits]
    raised = set(screening.alerts.filter(row__in=[row.row for row in rows]).values_list("row", flat=True))
    known = [_know(row) for row in rows if row.row not in raised]
    if not known:
        return Raised(0, 0)
    states = states_now({(hit.dataset, hit.listing_id) for each in known for hit in each.row.hits})
    remembered = Remembered(screening.purpose, (each.key for each in known), timezone.localdate())
    judged = [_judge(each, remembered, states) for each in known]
    _store(screening, [each for each in judged if each.hits], states)
    remembered.end_outdated()
    alerts = sum(bool(each.hits) for each in judged)
    exempted = sum(each.exempted for each in judged)
    details = {"alerts": alerts, "exempted": exempted, "first_row": rows[0].row, "last_row": rows[-1].row}
    record(None, "alerts.raised", ("screening", screening.pk), **details)
    return Raised(alerts, exempted)


def _know(row: Row) -> _Known:
    plain = subjects.plain_subject(row.subject)
    return _Known(row, plain, subjects.digest_of(plain), subjects.key_of(plain))


def _judge(known: _Known, remembered: Remembered, states: Mapping[Pair, ListingState]) -> _Judged:
    left: list[Hit] = []
    exempted = 0
    ended: list[dict[str, Any]] = []
    best = {(hit.dataset, hit.listing_id): hit for hit in sorted(known.row.hits, key=lambda hit: hit.score)}
    for hit in best.values():
        pair = hit.dataset, hit.listing_id
        listing = states[pair].content if pair in states else {}
        verdict = remembered.judge(known.key, known.digest, pair, listing)
        exempted += verdict.left_out
        if not verdict.left_out:
            left.append(hit)
            ended += _tell(verdict)
    because = dict(storable(known.row.because))
    return _Judged(known, left, exempted, because | {"ended": ended} if ended else because)


def _tell(verdict: Verdict) -> list[dict[str, Any]]:
    if (ended := verdict.ended) is None:
        return []
    told = {"dataset": ended.dataset, "listing_id": ended.listing_id, "because": verdict.because}
    return [told | {"by": ended.by_name, "on": ended.made_at.date().isoformat(), "alert": ended.alert_id}]


def _store(screening: Screening, judged: Sequence[_Judged], states: Mapping[Pair, ListingState]) -> None:
    due_at = timezone.now() + timedelta(hours=screening.purpose.due_hours)
    alerts = Alert.objects.bulk_create(
        Alert(
            screening=screening,
            row=each.known.row.row,
            purpose=screening.purpose,
            subject=each.known.plain,
            subject_digest=each.known.digest,
            subject_key=each.known.key,
            caption=subjects.caption_of(each.known.plain)[:LONGEST],
            place=storable(each.known.row.place),
            score=max(hit.score for hit in each.hits),
            hit_count=len(each.hits),
            lists=_slugs(each.hits),
            words=words_of(each.known.plain["names"]),
            because=each.because,
            due_at=due_at,
        )
        for each in judged
    )
    plain = iter(plain_hits([hit for each in judged for hit in each.hits]))
    AlertHit.objects.bulk_create(
        made
        for alert, each in zip(alerts, judged, strict=True)
        for made in _hits_of(alert, each.hits, list(islice(plain, len(each.hits))), states)
    )


def _slugs(hits: Sequence[Hit]) -> str:
    """Between commas, as many as there is room for."""
    shown = ""
    for slug in sorted({hit.dataset for hit in hits}):
        if len(shown) + len(slug) + 2 <= LONGEST:
            shown += f",{slug}"
    return f"{shown},"


def _hits_of(
    alert: Alert, hits: Sequence[Hit], plain: Sequence[dict[str, Any]], states: Mapping[Pair, ListingState]
) -> Iterator[AlertHit]:
    ranked = sorted(zip(hits, plain, strict=True), key=lambda pair: (-pair[0].score, pair[0].rank))
    for rank, (hit, told) in enumerate(ranked, start=1):
        state = states.get((hit.dataset, hit.listing_id))
        yield AlertHit(
            alert=alert,
            rank=rank,
            dataset=hit.dataset,
            listing_id=hit.listing_id,
            caption=storable_text(hit.caption)[:LONGEST],
            reference=storable_text(hit.reference or "")[:120],
            score=hit.score,
            hit=told,
            listing=state.content if state else {},
            listing_digest=state.digest if state else "",
            version=alert.screening.versions.get(hit.dataset),
        )
