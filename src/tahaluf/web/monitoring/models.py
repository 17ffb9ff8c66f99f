"""Watched subjects, what was found of each, and who is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tahaluf.web.review.purposes.models import Purpose


class WatchedSubject(models.Model):
    """A customer, partner, member of staff or crew. `subject` holds plain values as in `review.Alert`; `external_id`
    is its owner's own number for it, unique within `register`."""

    register = models.SlugField(_("register"), max_length=60)
    external_id = models.CharField(_("identifier"), max_length=120)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    subject = models.JSONField()
    subject_digest = models.CharField(max_length=64)
    subject_key = models.CharField(max_length=64)
    caption = models.CharField(max_length=500)
    active = models.BooleanField(default=True)
    added_by = models.CharField(max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    delete_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("watched subject")
        constraints = (models.UniqueConstraint(fields=["register", "external_id"], name="a_watched_subject_once"),)
        indexes = (models.Index(fields=["subject_key"]), models.Index(fields=["delete_on"]))
