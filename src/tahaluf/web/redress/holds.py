"""What is not deleted while a complaint about it is open."""

from tahaluf.web.redress.models import Complaint, ComplaintState
from tahaluf.web.review.tables.alerts import Alert


def is_contested(alert: Alert) -> bool:
    """Whether an open complaint is about the alert or its subject."""
    live = Complaint.objects.exclude(state=ComplaintState.CLOSED)
    return live.filter(alert__subject_key=alert.subject_key).exists()
