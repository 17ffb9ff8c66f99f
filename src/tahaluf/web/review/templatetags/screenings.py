"""Filters for pages on screenings and purposes: `{% load screenings %}`."""

from datetime import timedelta

from django import template
from django.urls import NoReverseMatch, reverse

from tahaluf.prose.columns import role_labels
from tahaluf.prose.values import show_value
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.preferences import current
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.ui import formatting

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
