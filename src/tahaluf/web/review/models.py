"""The tables of screening and review; one module for each, gathered here for Django."""

from tahaluf.web.review.alerts.models import Adjudication, Alert, AlertHit, Exemption, Note
from tahaluf.web.review.purposes.models import Purpose
from tahaluf.web.review.screenings.models import Screening

__all__ = ["Adjudication", "Alert", "AlertHit", "Exemption", "Note", "Purpose", "Screening"]
