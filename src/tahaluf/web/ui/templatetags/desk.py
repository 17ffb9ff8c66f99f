"""Filters and tags for names, dates, numbers and scores; part of every template."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bidi(text: object) -> SafeString:
    """A name or other text from data, kept apart from the direction of what stands around it."""
    return format_html("<bdi>{}</bdi>", text)
