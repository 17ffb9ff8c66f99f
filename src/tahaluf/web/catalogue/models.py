"""Lists and their versions, listings as they stood in each, and the indexes compiled of them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StateQuerySet(models.QuerySet["ListingState"]):
    """States as of a version."""

    def now(self) -> "StateQuerySet":
        """Those that stand in the current version of their list."""
        return self.filter(Q(until=None) | Q(until__ready=False), since__ready=True)

    def at(self, source_id: int, number: int) -> "StateQuerySet":
        """Those that stood in a version of a list, by its number."""
        return self.filter(Q(until=None) | Q(until__number__gt=number), source_id=source_id, since__number__lte=number)


class ListSource(models.Model):
    """A published list. `slug` is its name in hits (`un_sc`); `source` the publisher's key by which `lists.update`
    fetches it, empty where it comes by file only."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    homepage = models.URLField(_("publisher’s page"), blank=True)
    source = models.CharField(_("fetched as"), max_length=40, blank=True)
    every_hours = models.PositiveIntegerField(_("fetched every (hours)"), null=True, blank=True)
    active = models.BooleanField(_("screened against"), default=True)
    current = models.ForeignKey("ListVersion", models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    problem = models.JSONField(null=True)

    class Meta:
        verbose_name = _("list")
        ordering = ("title",)


class ListVersion(models.Model):
    """A list as it was imported once. `file` is relative to the data folder; `problems` are the first that its reader
    found, as plain values. Until it is `ready` its import goes on, or was killed: nobody sees it, and `token` names
    the one import that may write it. A list may go back to a content that it had: that is another version.
    `imported_at` is when it became ready."""

    source = models.ForeignKey(ListSource, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=300)
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=40)
    published_on = models.CharField(max_length=10, blank=True)
    complete = models.BooleanField(default=True)
    listings = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    amended = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    imported_by = models.CharField(max_length=150, blank=True)
    imported_at = models.DateTimeField(auto_now_add=True)
    ready = models.BooleanField(default=False)
    token = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("version of a list")
        constraints = (models.UniqueConstraint(fields=["source", "number"], name="a_version_number_once"),)


class ListingState(models.Model):
    """A listing as it stood from version `since` until before version `until` (null: still does). `content` is the
    whole listing as plain values (`catalogue/stored.py`), `digest` the SHA-256 of it, `words` what it is searched by
    (`catalogue/words.py`).

    Either version may not be ready yet: read by `ListingState.objects.now()` and `.at(version)`, never by `until`
    alone."""

    objects = StateQuerySet.as_manager()

    source = models.ForeignKey(ListSource, models.CASCADE, related_name="states")
    listing_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    caption = models.CharField(max_length=500)
    reference = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    since = models.ForeignKey(ListVersion, models.CASCADE, related_name="+")
    until = models.ForeignKey(ListVersion, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("listing")
        indexes = (
            models.Index(fields=["source", "listing_id"]),
            models.Index(fields=["listing_id"]),
            models.Index(fields=["since"]),
            models.Index(fields=["until"]),
            models.Index(fields=["reference"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["source", "listing_id"], condition=models.Q(until=None), name="one_current_state"
            ),
        )


class Collection(models.Model):
    """Lists that are screened against together. `default` holds every active list."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    sources = models.ManyToManyField(ListSource, blank=True, related_name="collections")
    current = models.ForeignKey("Edition", models.SET_NULL, null=True, related_name="current_of")

    class Meta:
        verbose_name = _("collection of lists")


class Edition(models.Model):
    """A compiled index of a collection. `versions` maps the slug of each list to the number of its version in it;
    `folder` is relative to the data folder."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="editions")
    index_id = models.CharField(max_length=80)
    engine = models.CharField(max_length=80)
    folder = models.CharField(max_length=300)
    versions = models.JSONField(default=dict)
    listings = models.PositiveIntegerField(default=0)
    incomplete = models.JSONField(default=list)
    compiled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("compiled index")
