"""The tables of screening and review; one module for each, gathered here for Django."""

from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit, Exemption, Note
from tahaluf.web.review.tables.counts import DeletedCount
from tahaluf.web.review.tables.purposes import Deletion, Purpose, PurposeChange
from tahaluf.web.review.tables.screenings import Screening

__all__ = [
    "Adjudication", "Alert", "AlertHit", "DeletedCount", "Deletion", "Exemption", "Note", "Purpose", "PurposeChange",
    "Screening",
]  # fmt: skip
