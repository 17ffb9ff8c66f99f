"""All that is done to alerts; each act checks who may, locks, writes and is audited in one transaction.

Reach for these from views, jobs and the API; nothing else writes to the tables of this folder.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts.assigning import assign, take
from tahaluf.web.review.alerts.deciding import adjudicate, checked_text, digest_of_text, reopen, second
from tahaluf.web.review.alerts.exempting import end_exemption
from tahaluf.web.review.alerts.faults import fault
from tahaluf.web.review.alerts.raising import Raised, Row, raise_alerts
from tahaluf.web.review.alerts.withdrawing import withdraw_hits
from tahaluf.web.review.tables.alerts import Alert, Note

__all__ = [
    "Raised",
    "Row",
    "adjudicate",
    "assign",
    "end_exemption",
    "raise_alerts",
    "reopen",
    "second",
    "take",
    "withdraw_hits",
    "write_note",
]


def write_note(alert: Alert, by: User, text: str) -> Note:
    """What someone adds beside an alert, decided or not."""
    if not by.may(Permission.ADJUDICATE):
        raise PermissionDenied
    if not (text := checked_text(text)):
        raise fault("web.alert.text", field="text")
    with transaction.atomic():
        note = Note.objects.create(alert=alert, text=text, by=by, by_name=by.get_username())
        record(by, "alert.noted", ("alert", alert.pk), note=note.pk, text_digest=digest_of_text(text))
    return note
