"""What is remembered of requests that may come twice."""

from django.db import models


class RememberedRequest(models.Model):
    """A POST with an idempotency key, and how it was answered; `status` 0 while it is worked on. Goes after a day."""

    token = models.BigIntegerField()
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["token", "key"], name="a_key_once"),)
        indexes = (models.Index(fields=["made_at"]),)
