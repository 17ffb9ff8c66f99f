"""Filters for pages on screenings and purposes: `{% load screenings %}`."""

from datetime import timedelta

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tahaluf.prose.columns import role_labels
from tahaluf.prose.values import show_value
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue.sources import KNOWN
from tahaluf.web.common.preferences import current
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.ui import formatting
from tahaluf.web.ui.templatetags.desk import bidi

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """What a column is taken for."""
    return role_labels().get(role, role)


@register.filter
def kind_name(kind: str) -> str:
    """What a subject is."""
    return show_value("kind", kind)


@register.filter
def title_of(purpose: Purpose) -> str:
    """A purpose's title in the reader's language."""
    return purpose.title(current().language)


@register.filter
def list_title(title: str, slug: str) -> SafeString:
    """A list's title as it is published: none has a translation, and of those known the language is."""
    known = KNOWN.get(slug)
    if known is None or title != known[0]:
        return bidi(title)
    return format_html('<bdi dir="ltr" lang="en">{}</bdi>', title)


@register.filter
def lasting(time: timedelta) -> str:
    """How long something takes."""
    return formatting.duration(time)


@register.filter
def may(user: User, permission: str) -> bool:
    """Whether the person may: `{% if user|may:"screen" %}`."""
    return user.may(Permission(permission))


@register.filter
def alert_address(alert: Alert) -> str:
    """The page of an alert."""
    try:
        return reverse("review:alert", args=(alert.pk,))
    except NoReverseMatch:
        return ""
