"""The tables of screening and review; one module for each, gathered here for Django."""

from tahaluf.web.review.alerts.models import Adjudication, Alert, AlertHit, Exemption, Note
from tahaluf.web.review.purposes.models import Deletion, Purpose, PurposeChange
from tahaluf.web.review.screenings.models import Screening

__all__ = [
    "Adjudication", "Alert", "AlertHit", "Deletion", "Exemption", "Note", "Purpose", "PurposeChange", "Screening",
]  # fmt: skip
