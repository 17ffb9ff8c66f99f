"""What a complaint changes in the data: each change is done here, once, and kept with the complaint."""

from typing import Any

from tahaluf.web.accounts.models import User
from tahaluf.web.redress.models import Complaint
from tahaluf.web.review.alerts.services import reopen
from tahaluf.web.review.tables.alerts import Alert, AlertState

REOPENED = "alert_reopened"
NONE = "nothing_changed"


def reopen_alerts(complaint: Complaint, by: User) -> dict[str, Any]:
    """Every closed alert of the same subject is decided on again, by people who see the complaint."""
    reopened = []
    if complaint.alert is not None:
        # All are held before the first is opened: that writes to the audit log, whose lock comes after every other.
        same = Alert.objects.select_for_update(of=("self",)).filter(subject_key=complaint.alert.subject_key)
        for alert in list(same.filter(state=AlertState.CLOSED).order_by("pk")):
            reopen(alert, by, because="complaint", text=complaint.reference)
            reopened.append(alert.pk)
    return {"kind": REOPENED if reopened else NONE, "alerts": reopened}
