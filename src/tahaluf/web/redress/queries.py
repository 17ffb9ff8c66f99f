"""What is asked of complaints."""

from django.db.models import QuerySet
from django.utils import timezone

from tahaluf.web.redress.models import Complaint, ComplaintState, Step


def find_complaints(*, state: str = "", overdue: bool = False) -> QuerySet[Complaint]:
    """Those that wait, the soonest due first; or those of a state."""
    found = Complaint.objects.select_related("handler").order_by("due_on", "pk")
    found = found.filter(state=state) if state else found.exclude(state=ComplaintState.CLOSED)
    return found.filter(due_on__lt=timezone.localdate()) if overdue else found


def steps_of(complaint: Complaint) -> QuerySet[Step]:
    return complaint.steps.order_by("pk")
