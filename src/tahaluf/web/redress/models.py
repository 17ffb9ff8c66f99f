"""Complaints and what became of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tahaluf.web.review.tables.alerts import Alert


class Matter(models.TextChoices):
    MISTAKEN = "mistaken", _("I am not the person who is listed")
    LISTING = "listing", _("the listing itself is wrong or no longer justified")
    DATA = "data", _("data about me are wrong")
    ACCESS = "access", _("I want to know what is held about me")
    ERASURE = "erasure", _("I want data about me to be deleted")


class Route(models.TextChoices):
    OWN = "own", _("this office")
    OMBUDSPERSON = "ombudsperson", _("Office of the Ombudsperson (ISIL and Al-Qaida list)")
    FOCAL_POINT = "focal_point", _("Focal Point for De-listing (United Nations)")
    OFAC = "ofac", _("Office of Foreign Assets Control (United States)")
    NATIONAL = "national", _("the national authority that keeps the list")


class ComplaintState(models.TextChoices):
    RECEIVED = "received", _("received")
    ROUTED = "routed", _("routed")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("complaint", "closed")


class Channel(models.TextChoices):
    LETTER = "letter", _("letter")
    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("telephone")
    PERSON = "person", _("in person")


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("upheld")
    PARTLY = "partly", _("upheld in part")
    REJECTED = "rejected", _("not upheld")
    REFERRED = "referred", _("referred to the authority that decides")


class Complaint(models.Model):
    """What somebody says about an alert or a listing. `reference` is what it is quoted by (C-2026-0001)."""

    reference = models.CharField(max_length=20, unique=True)
    received_on = models.DateField(_("received on"))
    channel = models.CharField(_("came by"), max_length=10, choices=Channel.choices)
    language = models.CharField(_("language of the answer"), max_length=2)
    name = models.CharField(_("name of the person"), max_length=300)
    contact = models.TextField(_("address for the answer"), blank=True)
    behalf_of = models.CharField(_("acting for"), max_length=300, blank=True)
    matter = models.CharField(_("matter"), max_length=10, choices=Matter.choices)
    text = models.TextField(_("what the person says"))
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, blank=True, related_name="+")
    dataset = models.CharField(max_length=60, blank=True)
    listing_id = models.CharField(max_length=200, blank=True)
    route = models.CharField(_("routed to"), max_length=12, choices=Route.choices, blank=True)
    state = models.CharField(max_length=10, choices=ComplaintState.choices, default=ComplaintState.RECEIVED)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    due_on = models.DateField()
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    delete_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("complaint")
        indexes = (models.Index(fields=["state", "due_on"]), models.Index(fields=["delete_on"]))


class Step(models.Model):
    """One thing that was done about a complaint; never changed. `effect` says what it changed in the data
    (`redress/effects.py`), `letter` is the text that was sent."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    letter = models.JSONField(null=True)
    effect = models.JSONField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)


class Counter(models.Model):
    """The last number of a year's complaints."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)
