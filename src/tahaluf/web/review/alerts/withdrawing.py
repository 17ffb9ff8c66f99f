"""What happens to alerts when listings are withdrawn: hits fall away, decisions that rest on them are opened again.

Nothing is closed by the desk itself: a person says what follows.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.audit.services import Act, record_all
from tahaluf.web.review.alerts.deciding import FIRST, open_again
from tahaluf.web.review.alerts.exempting import DELISTED, Pair
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit, AlertState, Disposition

BATCH = 100
IDS = 1000


def withdraw_hits(pairs: Iterable[Pair], because: str = DELISTED) -> int:
    """The hits of these (list, listing) no longer stand, since `because` (a reason of reopening). Alerts that were
    decided or proposed as a true match with one of them are opened again; the others say so. How many alerts it was."""
    wanted = set(pairs)
    keys = sorted({hit.alert_id for hit in _hits_of(wanted, withdrawn=False)})
    return sum(_withdraw(keys[start : start + BATCH], wanted, because) for start in range(0, len(keys), BATCH))


def restore_hits(pairs: Iterable[Pair]) -> int:
    """The hits of these (list, listing), which are listed again, stand again. How many alerts it was."""
    wanted = set(pairs)
    keys = sorted({hit.alert_id for hit in _hits_of(wanted, withdrawn=True)})
    return sum(_restore(keys[start : start + BATCH], wanted) for start in range(0, len(keys), BATCH))


def pairs_on(dataset: str, *, withdrawn: bool = False) -> set[Pair]:
    """The listings of a list that alerts have a hit on which stands, or which was withdrawn."""
    hits = AlertHit.objects.filter(dataset=dataset, withdrawn_at__isnull=not withdrawn)
    return {(dataset, listing) for listing in hits.order_by().values_list("listing_id", flat=True).distinct()}


def _hits_of(wanted: set[Pair], *, withdrawn: bool, alerts: Iterable[int] | None = None) -> Iterator[AlertHit]:
    ids = sorted({listing for _, listing in wanted})
    for start in range(0, len(ids), IDS):
        found = AlertHit.objects.filter(listing_id__in=ids[start : start + IDS], withdrawn_at__isnull=not withdrawn)
        found = found if alerts is None else found.filter(alert__in=alerts)
        for hit in found.only("pk", "alert_id", "dataset", "listing_id"):
            if (hit.dataset, hit.listing_id) in wanted:
                yield hit


def _held(keys: list[int], wanted: set[Pair], *, withdrawn: bool) -> tuple[list[Alert], dict[int, list[AlertHit]]]:
    """These alerts, locked, and their hits as they stand now that nobody else can change them."""
    locked = {a.pk: a for a in Alert.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    by_alert: dict[int, list[AlertHit]] = {}
    for hit in _hits_of(wanted, withdrawn=withdrawn, alerts=locked):
        by_alert.setdefault(hit.alert_id, []).append(hit)
    return [alert for pk, alert in locked.items() if pk in by_alert], by_alert


def _restore(keys: list[int], wanted: set[Pair]) -> int:
    with transaction.atomic():
        alerts, by_alert = _held(keys, wanted, withdrawn=True)
        back = [hit.pk for hits in by_alert.values() for hit in hits]
        AlertHit.objects.filter(pk__in=back).update(withdrawn_at=None)
        acts = []
        for alert in alerts:
            again = sorted([hit.dataset, hit.listing_id] for hit in by_alert[alert.pk])
            told = [pair for pair in alert.because.get("withdrawn", ()) if list(pair) not in again]
            alert.because = {**alert.because, "withdrawn": told}
            acts.append(Act("alert.hits_restored", "alert", str(alert.pk), {"hits": again}))
        Alert.objects.bulk_update(alerts, ["because"])
        record_all(None, acts)
    return len(alerts)


def _withdraw(keys: list[int], wanted: set[Pair], because: str) -> int:
    with transaction.atomic():
        alerts, by_alert = _held(keys, wanted, withdrawn=False)
        AlertHit.objects.filter(pk__in=[hit.pk for hits in by_alert.values() for hit in hits]).update(
            withdrawn_at=timezone.now()
        )
        acts = []
        for alert in alerts:
            gone = sorted([hit.dataset, hit.listing_id] for hit in by_alert[alert.pk])
            alert.because = {**alert.because, "withdrawn": [*alert.because.get("withdrawn", ()), *gone]}
            acts.append(Act("alert.hits_withdrawn", "alert", str(alert.pk), {"hits": gone, "because": because}))
        Alert.objects.bulk_update(alerts, ["because"])
        for alert in _resting_on(alerts, by_alert):
            acts += open_again(alert, None, because=because)[1]
        record_all(None, acts)
    return len(alerts)


def _resting_on(alerts: list[Alert], by_alert: dict[int, list[AlertHit]]) -> list[Alert]:
    """Those whose true match is one of the listings that are gone."""
    decided = [a for a in alerts if a.state != AlertState.OPEN and a.disposition == Disposition.TRUE_MATCH]
    firsts = Adjudication.objects.filter(alert__in=decided, step=FIRST).order_by("pk")
    said = {first.alert_id: {tuple(pair) for pair in first.hits} for first in firsts}
    return [
        alert for alert in decided if said[alert.pk] & {(hit.dataset, hit.listing_id) for hit in by_alert[alert.pk]}
    ]
