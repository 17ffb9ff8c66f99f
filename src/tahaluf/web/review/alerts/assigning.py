"""Who works on which alert."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import Act, record_all
from tahaluf.web.review.alerts.faults import fault
from tahaluf.web.review.tables.alerts import Alert, AlertState

MOST = 500


def assign(alerts: Iterable[Alert], to: User | None, by: User) -> int:
    """Give alerts that are not closed to someone (to nobody: None); how many changed hands. Whoever decides on alerts
    may take what nobody has and give back what is theirs; more needs ASSIGN."""
    keys = [alert.pk for alert in alerts]
    if len(keys) > MOST:
        raise fault("web.alert.many", expected=str(MOST), found=str(len(keys)))
    chosen = Alert.objects.filter(pk__in=keys).exclude(state=AlertState.CLOSED)
    if not by.may(Permission.ASSIGN):
        if not by.may(Permission.ADJUDICATE) or to not in (by, None):
            raise PermissionDenied
        chosen = chosen.filter(assigned_to=None if to else by)
    elif to is not None and not to.may(Permission.ADJUDICATE):
        raise fault("web.alert.assignee", field="to", found=to.get_username())
    with transaction.atomic():
        locked = chosen.select_for_update(of=("self",)).order_by("pk")
        changed = [
            alert.pk for alert in locked.only("pk", "assigned_to") if alert.assigned_to_id != (to.pk if to else None)
        ]
        _give(changed, to, by)
    return len(changed)


def take(candidates: Sequence[int], by: User) -> Alert | None:
    """The first of these that nobody has, given to this person; None where others were quicker with all."""
    for key in candidates:
        if assign([Alert(pk=key)], by, by):
            return Alert.objects.get(pk=key)
    return None


def _give(keys: Sequence[int], to: User | None, by: User) -> None:
    if keys:
        Alert.objects.filter(pk__in=keys).update(assigned_to=to)
        name = to.get_username() if to else ""
        record_all(by, [Act("alert.assigned", "alert", str(key), {"to": name}) for key in keys])
