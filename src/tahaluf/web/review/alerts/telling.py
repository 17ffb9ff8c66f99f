"""What an act on an alert came to, in a sentence for whoever did it."""

from django.utils.translation import gettext as _

from tahaluf.web.review.alerts.deciding import FIRST, REOPENED
from tahaluf.web.review.tables.alerts import Adjudication, Alert, Disposition, Note
from tahaluf.web.ui.formatting import long_date


def told_of(alert: Alert, made: Adjudication | Note) -> str:
    """What was recorded of the alert, and what follows."""
    name = {"name": f"\u2068{alert.caption}\u2069"}
    if isinstance(made, Note):
        return _("%(name)s: your note is recorded.") % name
    if made.step == REOPENED:
        return _("%(name)s: the alert is open again.") % name
    if made.step == FIRST:
        return _first(alert, made, name)
    if made.disposition:
        return _("%(name)s: you confirmed the true match; the alert is closed.") % name
    return _("%(name)s: you did not confirm the true match; the alert is open again.") % name


def _first(alert: Alert, made: Adjudication, name: dict[str, str]) -> str:
    if made.disposition == Disposition.TRUE_MATCH:
        return _("%(name)s: recorded as a true match; awaiting a second reviewer, nothing counts before.") % name
    if made.disposition == Disposition.INCONCLUSIVE:
        return _("%(name)s: recorded as inconclusive; the alert is closed.") % name
    last = alert.exemptions.filter(ended_at=None).order_by("-expires_on").first()
    if last is None:
        return _("%(name)s: recorded as a false positive; the alert is closed, and nothing is remembered.") % name
    told = name | {"day": long_date(last.expires_on)}
    return (
        _("%(name)s: recorded as a false positive; the alert is closed, and this is remembered until %(day)s.") % told
    )
