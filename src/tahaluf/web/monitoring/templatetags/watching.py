"""Filters and tags for the pages of monitoring: `{% load watching %}`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.ui import formatting
from tahaluf.web.ui.templatetags.desk import ltr

register = template.Library()


@register.simple_tag
def purpose_title(purpose: Purpose) -> str:
    """In the current language."""
    return purpose.title(get_language() or "en")


@register.filter
def tenths(value: float) -> SafeString:
    """A number with one decimal, as the reader writes it."""
    return ltr(formatting.number(value, 1, 1))
