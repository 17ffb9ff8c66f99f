"""Changing purposes: made once for a new desk, thresholds set by whoever may, every change kept and audited."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tahaluf.screening.weights import score_weights
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.purposes.defaults import DEFAULTS
from tahaluf.web.review.purposes.ports import THRESHOLD_CHANGED
from tahaluf.web.review.tables.purposes import Purpose, PurposeChange

CHANGEABLE = (
    "threshold", "keep_days", "keep_match_days", "due_hours", "exemption_days", "active", "title_en", "title_fr",
    "title_ar", "legal_basis_en", "legal_basis_fr", "legal_basis_ar",
)  # fmt: skip


def ensure_defaults() -> list[Purpose]:
    """The three purposes that a new desk begins with; those that are there stay as they are."""
    threshold = score_weights().threshold
    with transaction.atomic():
        for default in DEFAULTS:
            values = {**default, "threshold": threshold}
            Purpose.objects.get_or_create(slug=default["slug"], defaults=values)
    return list(Purpose.objects.all())


def change_purpose(purpose: Purpose, by: User, values: Mapping[str, Any], because: str = "") -> PurposeChange | None:
    """Sets these fields and keeps what they were; None where nothing is different. What was begun before keeps the
    threshold and the day of deletion that it was begun with."""
    with transaction.atomic():
        locked = Purpose.objects.select_for_update().get(pk=purpose.pk)
        changes = {
            name: [getattr(locked, name), values[name]]
            for name in CHANGEABLE
            if name in values and getattr(locked, name) != values[name]
        }
        if not changes:
            return None
        for name, (_before, now) in changes.items():
            setattr(locked, name, now)
        locked.save(update_fields=list(changes))
        change = PurposeChange.objects.create(
            purpose=locked, changes=changes, because=because, by=by, by_name=by.get_username()
        )
        for listener in THRESHOLD_CHANGED if "threshold" in changes else ():
            listener(locked)
        record(by, "purpose.changed", ("purpose", locked.slug), changes=changes, because=because)
    purpose.refresh_from_db()
    return change


def make_purpose(slug: str, by: User, values: Mapping[str, Any], because: str = "") -> Purpose:
    """One more purpose; IntegrityError where there is one of this short name."""
    with transaction.atomic():
        made = Purpose.objects.create(slug=slug, **{name: values[name] for name in CHANGEABLE if name in values})
        told = {"threshold": made.threshold, "keep_days": made.keep_days, "because": because}
        record(by, "purpose.made", ("purpose", slug), **told)
    return made
