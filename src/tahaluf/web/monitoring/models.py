"""Watched subjects, what was found of each, and who is told."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose


class WatchedSubject(models.Model):
    """A customer, partner, member of staff or crew. `subject` holds plain values (`review/subjects.py`), `names` its
    names once more, each on a line, so that most need not be read whole; `external_id` is its owner's own number for
    it, unique within `register`. `pending`: it is to be screened against everything listed;
    `altered`: because it is new or has changed, so that whatever is found of it is told anew."""

    register = models.SlugField(_("register"), max_length=60)
    external_id = models.CharField(_("identifier"), max_length=120)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", verbose_name=_("purpose"))
    subject = models.JSONField()
    subject_digest = models.CharField(max_length=64)
    subject_key = models.CharField(max_length=64)
    caption = models.CharField(max_length=500)
    names = models.TextField()
    kind = models.CharField(max_length=20)
    tells_more = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    pending = models.BooleanField(default=True)
    altered = models.BooleanField(default=True)
    added_by = models.CharField(max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    delete_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("watched subject")
        constraints = (models.UniqueConstraint(fields=["register", "external_id"], name="a_watched_subject_once"),)
        indexes = (
            models.Index(fields=["subject_key"]),
            models.Index(fields=["delete_on"]),
            models.Index(fields=["pending", "id"]),
            models.Index(fields=["register", "caption", "id"]),
        )


class RegisterFile(models.Model):
    """A file of subjects that was read into a register: `counts` of what became of its rows, `rejects` the rows that
    were not taken and why (the lines of a rejects file), `problem` why it was not read to its end."""

    register = models.SlugField(max_length=60)
    name = models.CharField(max_length=255)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    rejects = models.TextField(blank=True)
    problem = models.JSONField(null=True)
    delete_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["delete_on"]),)


class WatchedHit(models.Model):
    """A listing that a watched subject may be, as of the last time that was looked at; `live` until the listing goes,
    or stands so that it is under the threshold; `ended` says why it no longer is (`finding.py`)."""

    subject = models.ForeignKey(WatchedSubject, models.CASCADE, related_name="hits")
    dataset = models.CharField(max_length=60)
    listing_id = models.CharField(max_length=200)
    caption = models.CharField(max_length=500)
    listing_digest = models.CharField(max_length=64, blank=True)
    score = models.FloatField()
    live = models.BooleanField(default=True)
    ended = models.CharField(max_length=20, blank=True)
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="+")
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject", "dataset", "listing_id"], name="a_watched_hit_once"),)
        indexes = (models.Index(fields=["listing_id", "dataset"]),)


class Sweep(models.Model):
    """The change from one edition to the next, applied to all watched subjects, in the order of their numbers up to
    `done_until`; `withdrawn`: the listings that are gone have taken their hits with them. Sweeps are done one after
    another, in the order in which the editions came."""

    before = models.ForeignKey(Edition, models.SET_NULL, null=True, related_name="+")
    now = models.ForeignKey(Edition, models.SET_NULL, null=True, related_name="+")
    versions_before = models.JSONField(default=dict)
    versions_now = models.JSONField(default=dict)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    subjects = models.PositiveIntegerField(default=0)
    done_until = models.BigIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    new_hits = models.PositiveIntegerField(default=0)
    changed_hits = models.PositiveIntegerField(default=0)
    withdrawn_hits = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)


class NoticeKind(models.TextChoices):
    NEW = "hit.new", _("new hit")
    CHANGED = "hit.changed", _("changed hit")
    WITHDRAWN = "hit.withdrawn", _("withdrawn hit")


class Notice(models.Model):
    """One thing that monitoring found, once; `payload` is what webhooks and the feed say: identifiers, no names."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    at = models.DateTimeField(auto_now_add=True)
    payload = models.JSONField()


class Webhook(models.Model):
    """An address that is told of events; each message is signed with a secret, which is kept sealed
    (docs/how-to/watch-subjects.md)."""

    url = models.URLField(_("address"), max_length=500)
    description = models.CharField(_("description"), max_length=200, blank=True)
    sealed_secret = models.TextField()
    kinds = models.JSONField(default=list)
    active = models.BooleanField(_("in use"), default=True)
    created_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    GIVEN_UP = "given_up", _("given up")


class Delivery(models.Model):
    """An event on its way to a webhook; tried again, later each time, until it is taken or a day has passed."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["webhook", "event"], name="an_event_delivered_once"),)
        indexes = (models.Index(fields=["state", "next_at"]),)
