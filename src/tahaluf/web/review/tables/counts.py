"""What stays of alerts that are deleted: how many there were, how long they took."""

from django.db import models

from tahaluf.web.review.tables.purposes import Purpose


class DeletedCount(models.Model):
    """How many alerts that are deleted were raised on a day (`disposition` is empty), or closed on it with a
    disposition; `lists` as an alert has them, `seconds` how long those that were closed took together. No personal
    data."""

    day = models.DateField()
    lists = models.CharField(max_length=500)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12)
    disposition = models.CharField(max_length=16, blank=True)
    number = models.PositiveBigIntegerField(default=0)
    seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["day", "purpose", "origin", "disposition", "lists"], name="deleted_alerts_count_once"
            ),
        )
