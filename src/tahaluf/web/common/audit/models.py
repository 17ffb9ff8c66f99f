"""An entry names its actor and target by value, so that it outlives both."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One thing done or seen. `action` is a stable dotted code (`alert.adjudicated`); `digest` is the SHA-256 of the
    entry's canonical bytes, which hold `previous`."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("audit entry")
        indexes = (
            models.Index(fields=["target_type", "target_id", "sequence"]),
            models.Index(fields=["actor", "sequence"]),
            models.Index(fields=["action", "sequence"]),
            models.Index(fields=["at"]),
        )


class AuditHead(models.Model):
    """The one row that whoever appends locks first: the last sequence and digest."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
