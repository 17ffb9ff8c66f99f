"""What complaints mean for alerts: what one is about is not deleted while it is open, and shows it."""

from collections.abc import Iterator

from django.urls import reverse

from tahaluf.web.redress.models import Complaint, ComplaintState
from tahaluf.web.review.alerts.ports import Concern
from tahaluf.web.review.tables.alerts import Alert


def is_contested(alert: Alert) -> bool:
    """Whether an open complaint is about the alert or its subject."""
    live = Complaint.objects.exclude(state=ComplaintState.CLOSED)
    return live.filter(alert__subject_key=alert.subject_key).exists()


def concerns_of(alert: Alert) -> Iterator[Concern]:
    """The complaints about the alert or its subject."""
    for complaint in Complaint.objects.filter(alert__subject_key=alert.subject_key).order_by("-pk"):
        address = reverse("redress:complaint", args=(complaint.pk,))
        yield Concern(complaint.reference, complaint.get_state_display(), complaint.received_on, address)
