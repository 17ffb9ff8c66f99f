"""Deciding on an alert: a first person, and for a true match a second one who is not the first.

open ─▶ true_match ─▶ proposed ─▶ second agrees ─▶ closed; disagrees ─▶ open
open ─▶ false_positive, inconclusive ─▶ closed ─▶ reopened ─▶ open

Each act locks the alert, looks at its state, and writes what it did beside it; what is written is never changed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import SYSTEM, Act, record_all
from tahaluf.web.review.alerts.exempting import Pair, end_of_alert, remember
from tahaluf.web.review.alerts.faults import fault
from tahaluf.web.review.alerts.plain import storable_text
from tahaluf.web.review.alerts.reasons import DISAGREEING, OTHER, REOPENING, reasons_for
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit, AlertState, Disposition

FIRST, SECOND, REOPENED = "first", "second", "reopened"
LONGEST_TEXT = 10_000
# The number of a lock, ours by convention alone.
DECISIONS = 0x7A11_0002


def adjudicate(
    alert: Alert,
    by: User,
    disposition: str,
    *,
    hits: Sequence[Pair] = (),
    reasons: Sequence[str] = (),
    text: str = "",
    remember_days: int | None = None,
) -> Adjudication:
    """The first decision on an open alert. `hits` are the listings that are the subject (where there is one hit only,
    it is that); `remember_days` leaves these hits of the subject out for so long."""
    if not by.may(Permission.ADJUDICATE):
        raise PermissionDenied
    if disposition not in Disposition.values:
        raise fault(
            "web.alert.disposition", field="disposition", expected=", ".join(Disposition.values), found=disposition
        )
    text = _checked(reasons, text, reasons_for(disposition), needs_text=disposition == Disposition.INCONCLUSIVE)
    with transaction.atomic():
        locked = lock(alert, AlertState.OPEN)
        standing = list(locked.hits.filter(withdrawn_at=None).order_by("rank"))
        chosen = _chosen(standing, hits) if disposition == Disposition.TRUE_MATCH else []
        _check_days(locked, disposition, remember_days)
        made = _write(locked, FIRST, by, disposition=disposition, hits=chosen, reasons=reasons, text=text)
        acts = [_told(made)]
        locked.disposition, locked.first_by = disposition, by
        if disposition == Disposition.TRUE_MATCH:
            locked.state = AlertState.PROPOSED
        else:
            _close(locked)
        _save(locked)
        if remember_days:
            acts += remember(locked, standing, by, remember_days)
        record_all(by, acts)
    return made


def second(alert: Alert, by: User, *, agrees: bool, reasons: Sequence[str] = (), text: str = "") -> Adjudication:
    """What another person says of a proposed true match; who disagrees gives a reason."""
    if not by.may(Permission.REVIEW):
        raise PermissionDenied
    text = _checked(reasons, text, reasons_for(Disposition.TRUE_MATCH) if agrees else DISAGREEING, optional=agrees)
    with transaction.atomic():
        locked = lock(alert, AlertState.PROPOSED)
        first = locked.adjudications.filter(step=FIRST).latest("pk")
        if is_first(first, by):
            raise fault("web.alert.same_person", found=by.get_username())
        said = first.disposition if agrees else ""
        hits = [(dataset, listing) for dataset, listing in first.hits] if agrees else []
        made = _write(locked, SECOND, by, disposition=said, hits=hits, reasons=reasons, text=text)
        if agrees:
            _close(locked)
        else:
            _open(locked)
        _save(locked)
        record_all(by, [_told(made)])
    return made


def reopen(alert: Alert, by: User | None, *, because: str, text: str = "") -> Adjudication:
    """Opens a decided alert again. Without a person it is the desk that does so, since what was decided on has changed;
    it does so with a proposal as well."""
    if by is not None and not by.may(Permission.REVIEW):
        raise PermissionDenied
    text = _checked([because], text, REOPENING)
    with transaction.atomic():
        made, acts = open_again(alert, by, because=because, text=text)
        record_all(by, acts)
    return made


def open_again(alert: Alert, by: User | None, *, because: str, text: str = "") -> tuple[Adjudication, list[Act]]:
    """What `reopen` does, for whoever does so with several within one transaction: the acts are to be recorded by the
    caller, after the last of them."""
    locked = lock(alert, *([AlertState.CLOSED] if by else [AlertState.CLOSED, AlertState.PROPOSED]))
    made = _write(locked, REOPENED, by, reasons=[because], text=text)
    acts = [_told(made), *end_of_alert(locked, because, by)]
    _open(locked)
    locked.due_at = timezone.now() + timedelta(hours=locked.purpose.due_hours)
    locked.because = {**locked.because, "reopened": because}
    _save(locked)
    return made, acts


def lock(alert: Alert, *states: AlertState) -> Alert:
    """The alert as it is now, kept from others until the transaction ends; a fault where it is in no such state."""
    locked = Alert.objects.select_for_update(of=("self",)).select_related("purpose").get(pk=alert.pk)
    if locked.state not in states:
        raise fault("web.alert.state", expected=", ".join(states), found=locked.state)
    return locked


def is_first(first: Adjudication, by: User) -> bool:
    """Whether this person decided first, whatever became of the account since."""
    return first.by_id == by.pk or first.by_name == by.get_username()


def digest_of_text(text: str) -> str:
    """By what the audit log tells a text from another, without keeping it longer than the alert itself."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def checked_text(text: str) -> str:
    """The text as it is kept; a fault where it is too long."""
    text = storable_text(text).strip()
    if len(text) > LONGEST_TEXT:
        raise fault("web.alert.text_long", field="text", expected=str(LONGEST_TEXT), found=str(len(text)))
    return text


def _checked(
    reasons: Sequence[str], text: str, known: Mapping[str, Any], *, needs_text: bool = False, optional: bool = False
) -> str:
    text = checked_text(text)
    if not reasons and not optional:
        raise fault("web.alert.reasons", field="reasons", expected=", ".join(known))
    if foreign := [code for code in reasons if code not in known]:
        raise fault("web.alert.reasons", field="reasons", expected=", ".join(known), found=", ".join(foreign))
    if not text and (needs_text or OTHER in reasons):
        raise fault("web.alert.text", field="text")
    return text


def _chosen(standing: Sequence[AlertHit], hits: Sequence[Pair]) -> list[Pair]:
    pairs = [(hit.dataset, hit.listing_id) for hit in standing]
    chosen = list(dict.fromkeys(tuple(pair) for pair in hits)) or (pairs if len(pairs) == 1 else [])
    if not chosen or not set(chosen) <= set(pairs):
        foreign = [listing for dataset, listing in chosen if (dataset, listing) not in pairs]
        raise fault(
            "web.alert.hits",
            field="hits",
            expected=", ".join(listing for _, listing in pairs),
            found=", ".join(foreign),
        )
    return [(dataset, listing) for dataset, listing in chosen]


def _check_days(alert: Alert, disposition: str, days: int | None) -> None:
    if days is None:
        return
    most = alert.purpose.exemption_days
    if disposition != Disposition.FALSE_POSITIVE or not 1 <= days <= most:
        raise fault("web.alert.remember", field="remember_days", expected=str(most), found=str(days))


def _write(
    alert: Alert,
    step: str,
    by: User | None,
    *,
    disposition: str = "",
    hits: Sequence[Pair] = (),
    reasons: Sequence[str] = (),
    text: str = "",
) -> Adjudication:
    _one_at_a_time()
    return Adjudication.objects.create(
        alert=alert,
        step=step,
        disposition=disposition,
        hits=[list(pair) for pair in hits],
        reasons=list(dict.fromkeys(reasons)),
        text=text,
        by=by,
        by_name=by.get_username() if by else SYSTEM,
        roles=sorted(by.roles) if by else [],
    )


def _one_at_a_time() -> None:
    """Whoever reads decisions up to a number must not miss a lower one that is committed later: until this transaction
    ends, no other draws a number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DECISIONS])


def _told(made: Adjudication) -> Act:
    told = {"step": made.step, "disposition": made.disposition, "hits": made.hits, "reasons": made.reasons}
    action = "alert.reopened" if made.step == REOPENED else "alert.adjudicated"
    told |= {"adjudication": made.pk, "text_digest": digest_of_text(made.text)}
    return Act(action, "alert", str(made.alert_id), told)


def _close(alert: Alert) -> None:
    purpose, true_match = alert.purpose, alert.disposition == Disposition.TRUE_MATCH
    alert.state, alert.decided_at = AlertState.CLOSED, timezone.now()
    alert.decided_after = max(int((alert.decided_at - alert.created_at).total_seconds()), 0)
    kept = purpose.keep_match_days if true_match else purpose.keep_days
    alert.delete_on = timezone.localdate() + timedelta(days=kept)


def _open(alert: Alert) -> None:
    """It is kept as long as one that is new today, however old its screening is, and no shorter than it was to be."""
    young = timezone.localdate() + timedelta(days=alert.purpose.keep_days)
    alert.delete_on = max(alert.delete_on or young, young)
    alert.state, alert.disposition, alert.first_by = AlertState.OPEN, "", None
    alert.decided_at = alert.decided_after = None


def _save(alert: Alert) -> None:
    alert.save(
        update_fields=[
            "state",
            "disposition",
            "first_by",
            "decided_at",
            "decided_after",
            "delete_on",
            "due_at",
            "because",
        ]
    )
