"""Storing what was found of some watched subjects: new and changed hits become alerts, those that fell away end.

Reach for `store_found` within the transaction that also says how far the work has come, and `publish` what its tally
tells as the last thing in it. Found once more, the same changes nothing.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from tahaluf.domain import Hit
from tahaluf.web.catalogue.queries import states_now
from tahaluf.web.monitoring.changes import Pair
from tahaluf.web.monitoring.events import Told
from tahaluf.web.monitoring.models import NoticeKind, WatchedHit, WatchedSubject
from tahaluf.web.review.alerts.services import Row, raise_alerts
from tahaluf.web.review.subjects import subject_of
from tahaluf.web.review.tables.alerts import Alert, AlertHit, AlertState
from tahaluf.web.review.tables.screenings import Screening

UNDER = "under_threshold"
GONE = "gone"
UNSCREENED = "list_unscreened"
BACK = "back"


@dataclass(slots=True)
class Tally:
    """How many hits were new, changed, withdrawn."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    told: list[Told] = field(default_factory=list)


class _Met(NamedTuple):
    """A kept hit as it is now, and what is to be told of it; `covered` where its earlier alert tells of it already."""

    hit: WatchedHit
    kind: NoticeKind
    covered: bool


def store_found(
    screening: Screening, subjects: Sequence[WatchedSubject], found: Mapping[int, Sequence[Hit]],
    looked_at: frozenset[Pair] | None,
) -> Tally:  # fmt: skip
    """`found`: the hits of each subject, by its number. `looked_at`: the listings that it was screened against; None
    for all. A hit that was known and is not found again, though its listing was looked at, is withdrawn."""
    known = _known(subjects)
    pairs = {(hit.dataset, hit.listing_id) for hits in found.values() for hit in hits}
    digests = {pair: state.digest for pair, state in states_now(pairs).items()}
    covered = _covered(known, digests)
    tally = Tally()
    rows: list[Row] = []
    news: list[_Met] = []
    for subject in subjects:
        own = known.get(subject.pk, {})
        hits = found.get(subject.pk, ())
        fresh = []
        for hit in hits:
            pair = hit.dataset, hit.listing_id
            met = _meet(subject, own.get(pair), hit, digests.get(pair, ""), covered)
            if met is not None:
                news.append(met)
                fresh += [] if met.covered else [hit]
        if fresh:
            rows.append(_row(subject, fresh))
        _end(own, {(hit.dataset, hit.listing_id) for hit in hits}, looked_at, tally)
    _store_news(screening, rows, news, tally)
    return tally


def _known(subjects: Sequence[WatchedSubject]) -> dict[int, dict[Pair, WatchedHit]]:
    known: dict[int, dict[Pair, WatchedHit]] = {}
    for hit in WatchedHit.objects.filter(subject__in=subjects).select_related("subject"):
        known.setdefault(hit.subject_id, {})[hit.dataset, hit.listing_id] = hit
    return known


def _covered(known: Mapping[int, Mapping[Pair, WatchedHit]], digests: Mapping[Pair, str]) -> set[int]:
    """The kept hits that have ended and whose alert, open or decided, is of this subject and this listing as both stand
    now: where they are found again, there is nothing more to decide. After a listing has gone from its list, what was
    decided may rest on that; only an alert that is not closed counts then."""
    ended = {
        (hit.alert_id, *pair): hit
        for hits in known.values()
        for pair, hit in hits.items()
        if not hit.live and hit.alert_id is not None and pair in digests
    }
    raised = AlertHit.objects.filter(alert__in={key[0] for key in ended}, withdrawn_at=None)
    told = raised.values_list(
        "alert_id", "dataset", "listing_id", "listing_digest", "alert__subject_digest", "alert__state"
    )
    return {
        hit.pk
        for alert, dataset, listing, listing_digest, subject_digest, state in told
        if (hit := ended.get((alert, dataset, listing))) is not None
        and listing_digest == digests[dataset, listing]
        and subject_digest == hit.subject.subject_digest
        and (hit.ended != GONE or state != AlertState.CLOSED)
    }


def _meet(
    subject: WatchedSubject, known: WatchedHit | None, hit: Hit, digest: str, covered: Container[int]
) -> _Met | None:
    """The kept hit as it is now; None where it stands as before."""
    now = timezone.now()
    was_live = known is not None and known.live
    if known is None:
        known = WatchedHit(subject=subject, dataset=hit.dataset, listing_id=hit.listing_id, found_at=now)
    elif known.live and known.listing_digest == digest and not subject.altered:
        return None
    known.caption, known.listing_digest, known.score = hit.caption[:500], digest, hit.score
    known.live, known.ended, known.changed_at = True, "", now
    return _Met(known, NoticeKind.CHANGED if was_live else NoticeKind.NEW, known.pk in covered)


def _row(subject: WatchedSubject, hits: Sequence[Hit]) -> Row:
    place = {"register": subject.register, "external_id": subject.external_id, "watched": subject.pk}
    return Row(subject.pk, subject_of(subject.subject), hits, place)


def _end(known: Mapping[Pair, WatchedHit], found: set[Pair], looked_at: frozenset[Pair] | None, tally: Tally) -> None:
    for pair, hit in known.items():
        if hit.live and pair not in found and (looked_at is None or pair in looked_at):
            end_hits([hit], UNDER, tally)


def end_hits(hits: Iterable[WatchedHit], because: str, tally: Tally) -> None:
    """These no longer stand."""
    ended = list(hits)
    for hit in ended:
        hit.live, hit.ended, hit.changed_at = False, because, timezone.now()
        tally.told.append(Told(NoticeKind.WITHDRAWN, hit, because))
    WatchedHit.objects.bulk_update(ended, ["live", "ended", "changed_at"], batch_size=500)
    tally.withdrawn += len(ended)


def _store_news(screening: Screening, rows: Sequence[Row], news: Sequence[_Met], tally: Tally) -> None:
    if not news:
        return
    raised = raise_alerts(screening, rows)
    screening.alerts_made += raised.alerts
    screening.exempted += raised.exempted
    screening.hits += len(news)
    screening.save(update_fields=["alerts_made", "exempted", "hits"])
    alerts = dict(Alert.objects.filter(screening=screening, row__in=[row.row for row in rows]).values_list("row", "pk"))
    for met in news:
        if not met.covered:
            met.hit.alert_id = alerts.get(met.hit.subject_id)
        tally.told.append(Told(met.kind, met.hit, BACK if met.covered else ""))
    hits = [met.hit for met in news]
    WatchedHit.objects.bulk_create([hit for hit in hits if hit.pk is None], batch_size=500)
    WatchedHit.objects.bulk_update(
        [hit for hit in hits if hit.pk is not None],
        ["caption", "listing_digest", "score", "live", "ended", "changed_at", "alert"], batch_size=500,
    )  # fmt: skip
    tally.new += sum(met.kind is NoticeKind.NEW for met in news)
    tally.changed += sum(met.kind is NoticeKind.CHANGED for met in news)
