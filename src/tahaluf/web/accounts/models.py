"""People and what they carry: roles, preferences, tokens, links for the first sign-in."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tahaluf.web.accounts.permissions import Permission, Role, permissions_of


class Theme(models.TextChoices):
    AUTO = "auto", _("as the device has it")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


class User(AbstractUser):
    """A person who works here. `region` decides month names and number forms (an ISO 3166-1 code: MA, SY, FR …).
    A session is good for the `session_round` in which it began: counting on signs the person out everywhere."""

    language = models.CharField(_("language"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=2, blank=True)
    arabic_digits = models.BooleanField(_("Arabic-Indic digits"), default=False)
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    office = models.CharField(_("office"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    session_round = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("person")

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        models.prefetch_related_objects([self], "grants")
        return frozenset(Role(grant.role) for grant in self.grants.all())

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles) if self.is_active else frozenset()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        told = f"{self.password}:{self.session_round}"
        return salted_hmac("tahaluf.web.accounts.session", told, secret=secret, algorithm="sha256").hexdigest()

    @property
    def must_have_second_factor(self) -> bool:
        """Whether one of the person's roles asks for it (TAHALUF_SECOND_FACTOR)."""
        wanted = settings.ENVIRONMENT.second_factor
        return bool(wanted) and any(role.value in wanted for role in self.roles)

    def may(self, *any_of: Permission) -> bool:
        """Whether the person has one of these permissions."""
        return bool(self.permissions.intersection(any_of))


class RoleGrant(models.Model):
    """A role that a person has, and who gave it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    granted_by = models.CharField(max_length=150, blank=True)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "role"], name="a_role_once"),)


class Scope(models.TextChoices):
    MATCH = "match", _("screen names")
    READ = "read", _("read lists, screenings and alerts")
    WRITE = "write", _("screen files, decide, register subjects")


class ApiToken(models.Model):
    """A program's key: what it may do is the scopes, and never more than its owner may. Only a digest is kept;
    `prefix` is shown so that tokens can be told apart. What it screens is screened for `purpose`, or for one of
    `other_purposes` where the request names it (short names, which a layer above gives a meaning); for no other."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    purpose = models.CharField(_("purpose"), max_length=40, blank=True)
    other_purposes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def purposes(self) -> list[str]:
        """Its own purpose, then the others that a request may name."""
        return [self.purpose, *self.other_purposes] if self.purpose else []

    @property
    def scope_labels(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]


class Letterhead(models.Model):
    """The one row with what the office that runs the desk is called, and where it is, in each language; empty where
    nobody has filled it in. An address has a line for each of its own."""

    name_ar = models.CharField(_("name in Arabic"), max_length=200, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    address_ar = models.TextField(_("address in Arabic"), max_length=600, blank=True)
    address_fr = models.TextField(_("address in French"), max_length=600, blank=True)
    address_en = models.TextField(_("address in English"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("letterhead")


class Invitation(models.Model):
    """A link that lets its bearer set a password, once, until it expires: for the first administrator, for whoever is
    invited, for whoever forgot. Only a digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
