"""What review says of a listing on the listing's own page: alerts on it, and false positives that are remembered."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue.ports import Reference
from tahaluf.web.review.tables.alerts import AlertHit, Exemption

MOST = 50
NEEDS = frozenset({Permission.SEE_ALERTS})


def references_to_listing(dataset: str, listing_id: str) -> Iterator[Reference]:
    """The latest of each."""
    hits = AlertHit.objects.filter(dataset=dataset, listing_id=listing_id).select_related("alert").order_by("-pk")
    for hit in hits.defer("hit", "listing", "alert__subject")[:MOST]:
        alert = hit.alert
        outcome = str(alert.get_disposition_display() if alert.disposition else alert.get_state_display())
        address = reverse("review:alert", args=[alert.pk])
        yield Reference(_("alert"), alert.caption, outcome, alert.decided_at or alert.created_at, address, NEEDS)
    remembered = Exemption.objects.filter(dataset=dataset, listing_id=listing_id, ended_at=None).order_by("-pk")
    for each in remembered[:MOST]:
        address = reverse("review:exemptions")
        what = _("remembered false positive")
        yield Reference(what, each.subject_caption, _("in force"), each.made_at, address, NEEDS)
