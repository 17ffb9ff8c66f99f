"""An alert is one subject with its hits; it is decided on by people only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening


class AlertState(models.TextChoices):
    OPEN = "open", _("open")
    PROPOSED = "proposed", _("awaiting a second reviewer")
    CLOSED = "closed", _("closed")


class Disposition(models.TextChoices):
    TRUE_MATCH = "true_match", _("true match")
    FALSE_POSITIVE = "false_positive", _("false positive")
    INCONCLUSIVE = "inconclusive", _("inconclusive")


FILTERS = ("assigned_to", "purpose", "lists", "words")


class Alert(models.Model):
    """`subject` is the subject as it was received, plain values that are never changed, `subject_digest` the SHA-256
    of it; `subject_key` tells one subject from another across screenings (`review/subjects.py`). `row` is its place
    in the screening: a row raises one alert at most. `lists` are the slugs of the lists of its hits, each between
    commas (`,un_sc,`); `words` are the folded names by which it is searched. `decided_after` are the seconds from its
    raising to its closing."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="alerts", db_index=False)
    row = models.BigIntegerField()
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", db_index=False)
    subject = models.JSONField()
    subject_digest = models.CharField(max_length=64)
    subject_key = models.CharField(max_length=64)
    caption = models.CharField(max_length=500)
    place = models.JSONField(default=dict)
    score = models.FloatField()
    hit_count = models.PositiveIntegerField()
    lists = models.CharField(max_length=500)
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AlertState.choices, default=AlertState.OPEN)
    disposition = models.CharField(max_length=16, choices=Disposition.choices, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    because = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_after = models.PositiveBigIntegerField(null=True)
    delete_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("alert")
        constraints = (models.UniqueConstraint(fields=["screening", "row"], name="a_row_alerts_once"),)
        indexes = (
            # The queue in both orders, with all that it is filtered by: no filter, however rare what it lets through,
            # has the rows themselves read (review/alerts/queue.py).
            models.Index(fields=["state", "due_at", "id", *FILTERS, "score"], name="queue_by_due"),
            models.Index(fields=["state", "-score", "id", *FILTERS, "due_at"], name="queue_by_score"),
            models.Index(fields=["assigned_to", "state", "due_at", "id"]),
            models.Index(fields=["subject_key"]),
            models.Index(fields=["created_at"]),
            models.Index(fields=["decided_at"]),
            models.Index(fields=["delete_on"]),
        )


class AlertHit(models.Model):
    """One hit of an alert: `hit` as the engine gave it, reasons included (spec/screening-result.md); `listing` and
    `listing_digest` as the listing stood then, `version` the number of its list's version."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="hits", db_index=False)
    rank = models.PositiveSmallIntegerField()
    dataset = models.CharField(max_length=60)
    listing_id = models.CharField(max_length=200)
    caption = models.CharField(max_length=500)
    reference = models.CharField(max_length=120, blank=True)
    score = models.FloatField()
    hit = models.JSONField()
    listing = models.JSONField(default=dict)
    listing_digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["listing_id", "dataset"]),)
        constraints = (models.UniqueConstraint(fields=["alert", "dataset", "listing_id"], name="a_listing_hits_once"),)


class Adjudication(models.Model):
    """What a person decided on an alert; the second on the first, by another person. `hits` are the listings that are
    the subject, where it is a true match; `reasons` are stable codes, `roles` those that the person had. Nothing here
    is ever changed."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="adjudications")
    step = models.CharField(max_length=8)  # first, second, reopened
    disposition = models.CharField(max_length=16, choices=Disposition.choices, blank=True)
    hits = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    roles = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)


class Note(models.Model):
    """What someone wrote beside an alert."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)


class Exemption(models.Model):
    """A false positive that is remembered: this subject is not this listing, as both stood then, until it expires."""

    subject_key = models.CharField(max_length=64)
    subject_digest = models.CharField(max_length=64)
    subject_caption = models.CharField(max_length=500)
    dataset = models.CharField(max_length=60)
    listing_id = models.CharField(max_length=200)
    listing_caption = models.CharField(max_length=500)
    listing_digest = models.CharField(max_length=64)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="exemptions")
    by_name = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("remembered false positive")
        indexes = (models.Index(fields=["subject_key", "dataset", "listing_id"]), models.Index(fields=["expires_on"]))
