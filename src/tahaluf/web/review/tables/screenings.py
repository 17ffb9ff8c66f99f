"""A screening: what was screened, for what purpose, against what, with what outcome."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.tables.purposes import Purpose


class ScreeningState(models.TextChoices):
    DRAFT = "draft", _("to be confirmed")
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Origin(models.TextChoices):
    FORM = "form", _("form")
    FILE = "file", _("file")
    API = "api", _("program")
    MONITORING = "monitoring", _("monitoring")


class Screening(models.Model):
    """One run over one or more subjects. What decides its result is copied here (threshold, basis, index, engine,
    versions of lists), so that it can be told years later; `legal_basis` by language. Files are relative to the
    data folder. `done_batches` pieces are stored: their hits are the first `result_bytes` of `hits_file` (JSON
    lines), what was rejected on the way the first `rejects_bytes` of `rejects_file`; a killed run goes on from
    there. `subject` is the one of a single name, plain values. `scores[i]` counts subjects whose best score is from
    i/100 to under (i+1)/100; nothing is known under `floor`. `delete_on` is the day on which all of it but the
    counts goes, `deleted_at` when it went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="screenings")
    legal_basis = models.JSONField(default=dict)
    title = models.CharField(max_length=255)
    threshold = models.FloatField()
    state = models.CharField(max_length=10, choices=ScreeningState.choices, default=ScreeningState.DRAFT)
    edition = models.ForeignKey(Edition, models.SET_NULL, null=True, related_name="+")
    index_id = models.CharField(max_length=80, blank=True)
    engine = models.CharField(max_length=80, blank=True)
    versions = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    file = models.CharField(max_length=300, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    file_bytes = models.BigIntegerField(default=0)
    format = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    mapping = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    problem = models.JSONField(null=True)
    hits_file = models.CharField(max_length=300, blank=True)
    rejects_file = models.CharField(max_length=300, blank=True)
    done_batches = models.PositiveIntegerField(default=0)
    done_rows = models.BigIntegerField(default=0)
    total_rows = models.BigIntegerField(null=True)
    result_bytes = models.BigIntegerField(default=0)
    rejects_bytes = models.BigIntegerField(default=0)
    subject = models.JSONField(null=True)
    floor = models.FloatField(null=True)
    scores = models.JSONField(default=list)
    flagged = models.BigIntegerField(default=0)
    hits = models.BigIntegerField(default=0)
    alerts_made = models.BigIntegerField(default=0)
    exempted = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    noted = models.BigIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    delete_on = models.DateField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("screening")
        indexes = (
            models.Index(fields=["-created_at"]),
            models.Index(fields=["state", "-created_at"]),
            models.Index(fields=["delete_on"]),
            models.Index(fields=["file_digest"]),
        )
