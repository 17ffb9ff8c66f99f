"""How lists are named on pages: `{% load published %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tahaluf.web.catalogue.sources import KNOWN
from tahaluf.web.ui.templatetags.desk import bidi

register = template.Library()


@register.filter
def published(text: str, slug: str) -> SafeString:
    """The title or the publisher of the list of that short name: none has a translation, and of those known the
    language is."""
    if text not in KNOWN.get(slug, ())[:2]:
        return bidi(text)
    return format_html('<bdi dir="ltr" lang="en">{}</bdi>', text)
