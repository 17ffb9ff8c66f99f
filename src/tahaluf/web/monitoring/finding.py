"""Storing what was found of some watched subjects: new and changed hits become alerts, those that fell away end.

Reach for `store_found` within the transaction that also says how far the work has come, and `publish` what its tally
tells as the last thing in it. Found once more, the same changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from tahaluf.domain import Hit
from tahaluf.web.catalogue.queries import states_now
from tahaluf.web.monitoring.changes import Pair
from tahaluf.web.monitoring.events import Told
from tahaluf.web.monitoring.models import NoticeKind, WatchedHit, WatchedSubject
from tahaluf.web.review.alerts.services import Row, raise_alerts
from tahaluf.web.review.subjects import subject_of
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.screenings import Screening

UNDER = "under_threshold"
GONE = "gone"
UNSCREENED = "list_unscreened"


@dataclass(slots=True)
class Tally:
    """How many hits were new, changed, withdrawn."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    told: list[Told] = field(default_factory=list)


def store_found(
    screening: Screening, subjects: Sequence[WatchedSubject], found: Mapping[int, Sequence[Hit]],
    looked_at: frozenset[Pair] | None,
) -> Tally:  # fmt: skip
    """`found`: the hits of each subject, by its number. `looked_at`: the listings that it was screened against; None
    for all. A hit that was known and is not found again, though its listing was looked at, is withdrawn."""
    known = _known(subjects)
    pairs = {(hit.dataset, hit.listing_id) for hits in found.values() for hit in hits}
    digests = {pair: state.digest for pair, state in states_now(pairs).items()}
    tally = Tally()
    rows: list[Row] = []
    news: list[tuple[WatchedHit, NoticeKind]] = []
    for subject in subjects:
        own = known.get(subject.pk, {})
        hits = found.get(subject.pk, ())
        fresh = []
        for hit in hits:
            pair = hit.dataset, hit.listing_id
            made, kind = _meet(subject, own.get(pair), hit, digests.get(pair, ""))
            if kind is not None:
                news.append((made, kind))
                fresh.append(hit)
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


def _meet(
    subject: WatchedSubject, known: WatchedHit | None, hit: Hit, digest: str
) -> tuple[WatchedHit, NoticeKind | None]:
    """The kept hit as it is now, and what is to be told of it."""
    now = timezone.now()
    if known is None:
        known = WatchedHit(subject=subject, dataset=hit.dataset, listing_id=hit.listing_id, found_at=now)
        kind: NoticeKind | None = NoticeKind.NEW
    elif not known.live:
        kind = NoticeKind.NEW
    else:
        kind = NoticeKind.CHANGED if known.listing_digest != digest or subject.altered else None
    if kind is not None:
        known.caption, known.listing_digest, known.score = hit.caption[:500], digest, hit.score
        known.live, known.changed_at = True, now
    return known, kind


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
        hit.live, hit.changed_at = False, timezone.now()
        tally.told.append(Told(NoticeKind.WITHDRAWN, hit, because))
    WatchedHit.objects.bulk_update(ended, ["live", "changed_at"], batch_size=500)
    tally.withdrawn += len(ended)


def _store_news(
    screening: Screening, rows: Sequence[Row], news: Sequence[tuple[WatchedHit, NoticeKind]], tally: Tally
) -> None:
    if not news:
        return
    raised = raise_alerts(screening, rows)
    screening.alerts_made += raised.alerts
    screening.exempted += raised.exempted
    screening.hits += len(news)
    screening.save(update_fields=["alerts_made", "exempted", "hits"])
    alerts = dict(Alert.objects.filter(screening=screening, row__in=[row.row for row in rows]).values_list("row", "pk"))
    for hit, kind in news:
        hit.alert_id = alerts.get(hit.subject_id)
        tally.told.append(Told(kind, hit))
    WatchedHit.objects.bulk_create([hit for hit, _ in news if hit.pk is None], batch_size=500)
    WatchedHit.objects.bulk_update(
        [hit for hit, _ in news if hit.pk is not None],
        ["caption", "listing_digest", "score", "live", "changed_at", "alert"], batch_size=500,
    )  # fmt: skip
    tally.new += sum(kind is NoticeKind.NEW for _, kind in news)
    tally.changed += sum(kind is NoticeKind.CHANGED for _, kind in news)
