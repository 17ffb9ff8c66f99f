"""A purpose; every screening has one. And what was changed of it, and what was deleted when its days were over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.Model):
    """Why subjects are screened (border, payment, vetting of partners). `threshold` is a score, 0–1; `keep_days` is
    how long a screening's file, subjects and alerts without a true match are kept, `keep_match_days` how long those
    with one; `due_hours` until an alert is due."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    title_en = models.CharField(_("title in English"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=120)
    title_ar = models.CharField(_("title in Arabic"), max_length=120)
    legal_basis_en = models.TextField(_("legal basis in English"))
    legal_basis_fr = models.TextField(_("legal basis in French"))
    legal_basis_ar = models.TextField(_("legal basis in Arabic"))
    threshold = models.FloatField(_("threshold"))
    keep_days = models.PositiveIntegerField(_("kept for (days)"), default=180)
    keep_match_days = models.PositiveIntegerField(_("true matches kept for (days)"), default=1825)
    due_hours = models.PositiveIntegerField(_("due within (hours)"), default=24)
    exemption_days = models.PositiveIntegerField(_("false positives remembered for at most (days)"), default=365)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("purpose")
        ordering = ("slug",)

    def title(self, language: str) -> str:
        return {"ar": self.title_ar, "fr": self.title_fr}.get(language, self.title_en)

    @property
    def legal_basis(self) -> dict[str, str]:
        """By language, as a screening keeps it."""
        return {"ar": self.legal_basis_ar, "en": self.legal_basis_en, "fr": self.legal_basis_fr}


class PurposeChange(models.Model):
    """What someone changed of a purpose: `changes` maps a field to what it was and what it became. Never changed."""

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="changes")
    changes = models.JSONField()
    because = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a purpose")
        ordering = ("-at", "-id")


class Deletion(models.Model):
    """One run that deleted what was past its day; `counts` by kind of thing, no personal data. `job` is the id of the
    job that did it, which may have been begun several times."""

    job = models.UUIDField(unique=True)
    day = models.DateField()
    by_name = models.CharField(max_length=150, blank=True)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("deletion")
        ordering = ("-started_at", "-id")
