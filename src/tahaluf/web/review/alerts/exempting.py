"""False positives that are remembered: which hits they leave out, when they end.

One counts for its purpose only, for the subject and the listing as both stood, until it expires.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import SYSTEM, Act, record_all
from tahaluf.web.review.alerts.plain import material_digest
from tahaluf.web.review.alerts.reasons import REOPENING
from tahaluf.web.review.tables.alerts import Alert, AlertHit, Exemption
from tahaluf.web.review.tables.purposes import Purpose

Pair = tuple[str, str]
EXPIRED, LISTING_CHANGED, SUBJECT_CHANGED = "expired", "listing_changed", "subject_changed"
RENEWED, BY_PERSON, DELISTED = "renewed", "by_person", "delisted"


def causes() -> dict[str, Promise | str]:
    """Why one has ended, in words."""
    return {
        EXPIRED: _("its time is over"),
        LISTING_CHANGED: _("the listing has changed"),
        SUBJECT_CHANGED: _("the subject’s particulars have changed"),
        RENEWED: _("remembered anew"),
        BY_PERSON: _("ended by a person"),
        **REOPENING,
    }


class Verdict(NamedTuple):
    """Whether a hit is left out; else the exemption that no longer counts, and why."""

    left_out: bool
    ended: Exemption | None = None
    because: str = ""


class Remembered:
    """The exemptions of some subjects, read at once; what is found to be outdated is ended by `end_outdated`."""

    def __init__(self, purpose: Purpose, keys: Iterable[str], today: date) -> None:
        self._today = today
        self._of: dict[tuple[str, str, str], list[Exemption]] = defaultdict(list)
        self._outdated: dict[int, tuple[Exemption, str]] = {}
        found = Exemption.objects.filter(purpose=purpose, subject_key__in=set(keys), ended_at=None)
        for exemption in found.order_by("-expires_on", "-pk"):
            self._of[exemption.subject_key, exemption.dataset, exemption.listing_id].append(exemption)

    def judge(self, key: str, subject_digest: str, pair: Pair, listing: Mapping[str, Any]) -> Verdict:
        """What is remembered of a subject and a listing as both stand now."""
        verdict = Verdict(left_out=False)
        for exemption in self._of.get((key, *pair), ()):
            because = self._why_not(exemption, subject_digest, material_digest(listing))
            if not because:
                return Verdict(left_out=True)
            self._outdated[exemption.pk] = exemption, because
            verdict = verdict if verdict.ended else Verdict(False, exemption, because)
        return verdict

    def _why_not(self, exemption: Exemption, subject_digest: str, listing_digest: str) -> str:
        if exemption.expires_on < self._today:
            return EXPIRED
        if exemption.subject_digest != subject_digest:
            return SUBJECT_CHANGED
        # Of a listing that cannot be looked up nobody can say that it is the same.
        return "" if listing_digest and exemption.listing_digest == listing_digest else LISTING_CHANGED

    def end_outdated(self) -> None:
        """Write down which have ended; one query for each cause."""
        by_cause: dict[str, list[Exemption]] = defaultdict(list)
        for exemption, because in self._outdated.values():
            by_cause[because].append(exemption)
        acts = [act for because, exemptions in by_cause.items() for act in _end(exemptions, because, None)]
        if acts:
            record_all(None, acts)


def remember(alert: Alert, hits: Sequence[AlertHit], by: User, days: int) -> list[Act]:
    """Leave these hits out from now on, in place of what was remembered of them before; what the caller records."""
    today = timezone.localdate()
    pairs = {(hit.dataset, hit.listing_id) for hit in hits}
    before = Exemption.objects.filter(purpose=alert.purpose, subject_key=alert.subject_key, ended_at=None)
    acts = _end([each for each in before if (each.dataset, each.listing_id) in pairs], RENEWED, by)
    made = Exemption.objects.bulk_create(
        Exemption(
            subject_key=alert.subject_key,
            subject_digest=alert.subject_digest,
            subject_caption=alert.caption,
            dataset=hit.dataset,
            listing_id=hit.listing_id,
            listing_caption=hit.caption,
            listing_digest=material_digest(hit.listing),
            purpose=alert.purpose,
            alert=alert,
            by_name=by.get_username(),
            expires_on=today + timedelta(days=days),
        )
        for hit in hits
    )
    told = {"days": days, "alert": alert.pk}
    made_acts = [Act("exemption.made", "exemption", str(one.pk), {**told, "listing": one.listing_id}) for one in made]
    return acts + made_acts


def end_exemption(exemption: Exemption, by: User) -> None:
    """End one before its time; doing so twice changes nothing."""
    if not by.may(Permission.END_EXEMPTIONS):
        raise PermissionDenied
    with transaction.atomic():
        if Exemption.objects.select_for_update().get(pk=exemption.pk).ended_at is None:
            record_all(by, _end([exemption], BY_PERSON, by))


def end_of_alert(alert: Alert, because: str, by: User | None) -> list[Act]:
    """A decision that is opened again is no longer remembered. What the caller is to record."""
    return _end(list(alert.exemptions.filter(ended_at=None)), because, by)


def _end(exemptions: Sequence[Exemption], because: str, by: User | None) -> list[Act]:
    if not exemptions:
        return []
    name = by.get_username() if by else SYSTEM
    chosen = Exemption.objects.filter(pk__in=[each.pk for each in exemptions], ended_at=None)
    chosen.update(ended_at=timezone.now(), ended_because=because, ended_by=name)
    return [Act("exemption.ended", "exemption", str(each.pk), {"because": because}) for each in exemptions]
