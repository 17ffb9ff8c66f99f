"""A purpose; every screening has one."""

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
    legal_basis = models.TextField(_("legal basis"))
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
