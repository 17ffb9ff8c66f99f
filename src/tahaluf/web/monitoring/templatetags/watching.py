"""The title of a purpose in the current language."""

from django import template
from django.utils.translation import get_language

from tahaluf.web.review.tables.purposes import Purpose

register = template.Library()


@register.simple_tag
def purpose_title(purpose: Purpose) -> str:
    return purpose.title(get_language() or "en")
