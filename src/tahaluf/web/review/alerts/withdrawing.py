"""What happens to alerts when listings are withdrawn: hits fall away, decisions that rest on them are opened again.

Nothing is closed by the desk itself: a person says what follows.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from tahaluf.web.common.audit.services import Act, record_all
from tahaluf.web.review.alerts.deciding import FIRST, reopen
from tahaluf.web.review.alerts.exempting import DELISTED, Pair
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit, AlertState, Disposition

BATCH = 100


def withdraw_hits(pairs: Iterable[Pair], because: str = DELISTED) -> int:
    """The hits of these (list, listing) no longer stand, since `because` (a reason of reopening). Alerts that were
    decided or proposed as a true match with one of them are opened again; the others say so. How many alerts it was."""
    wanted = set(pairs)
    found = AlertHit.objects.filter(listing_id__in={listing for _, listing in wanted}, withdrawn_at=None)
    hits = [hit for hit in found.only("pk", "alert_id", "dataset", "listing_id").order_by("alert_id")
            if (hit.dataset, hit.listing_id) in wanted]  # fmt: skip
    by_alert: dict[int, list[AlertHit]] = {}
    for hit in hits:
        by_alert.setdefault(hit.alert_id, []).append(hit)
    keys = list(by_alert)
    for start in range(0, len(keys), BATCH):
        _withdraw({key: by_alert[key] for key in keys[start : start + BATCH]}, because)
    return len(keys)


def _withdraw(by_alert: dict[int, list[AlertHit]], because: str) -> None:
    with transaction.atomic():
        alerts = list(Alert.objects.select_for_update(of=("self",)).filter(pk__in=by_alert).order_by("pk"))
        AlertHit.objects.filter(pk__in=[hit.pk for hits in by_alert.values() for hit in hits]).update(
            withdrawn_at=timezone.now()
        )
        acts = []
        for alert in alerts:
            gone = sorted([hit.dataset, hit.listing_id] for hit in by_alert[alert.pk])
            alert.because = {**alert.because, "withdrawn": [*alert.because.get("withdrawn", ()), *gone]}
            acts.append(Act("alert.hits_withdrawn", "alert", str(alert.pk), {"hits": gone, "because": because}))
        Alert.objects.bulk_update(alerts, ["because"])
        record_all(None, acts)
        for alert in _resting_on(alerts, by_alert):
            reopen(alert, None, because=because)


def _resting_on(alerts: list[Alert], by_alert: dict[int, list[AlertHit]]) -> list[Alert]:
    """Those whose true match is one of the listings that are gone."""
    decided = [a for a in alerts if a.state != AlertState.OPEN and a.disposition == Disposition.TRUE_MATCH]
    firsts = Adjudication.objects.filter(alert__in=decided, step=FIRST).order_by("pk")
    said = {first.alert_id: {tuple(pair) for pair in first.hits} for first in firsts}
    return [
        alert for alert in decided if said[alert.pk] & {(hit.dataset, hit.listing_id) for hit in by_alert[alert.pk]}
    ]
