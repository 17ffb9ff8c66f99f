"""Filters of the pages of alerts: `{% load alerts %}`."""

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tahaluf.prose.i18n import speaking
from tahaluf.prose.labels import label
from tahaluf.web.common.audit.words import action_words
from tahaluf.web.common.preferences import current
from tahaluf.web.review.alerts import exempting, reasons
from tahaluf.web.review.wording import value_in_words
from tahaluf.web.ui import formatting
from tahaluf.web.ui.templatetags.desk import ltr

register = template.Library()
PLACES: dict[str, Promise | str] = {
    "file": _("File"),
    "id": _("Id"),
    "line": _("Line"),
    "row": _("Row"),
    "unit": _("Number in the file"),
    "message": _("Message"),
    "segment": _("Segment"),
    "field": _("Field"),
    "item": _("Entry"),
    "role": _("Role"),
    "query": _("Query"),
    "register": _("Register"),
    "external_id": _("Identifier"),
    "watched": _("Watched subject"),
}


@register.filter
def signed(value: float) -> SafeString:
    """Log-odds with their sign."""
    return ltr(sign(value))


def sign(value: float) -> str:
    """As plain text, for the PDF."""
    return ("+" if value > 0 else "−" if value < 0 else "") + formatting.number(abs(value), 2, 2)


@register.filter
def worded(value: str, attribute: str) -> str:
    """An attribute's value in words: dates, countries, genders, kinds."""
    return value_in_words(attribute, value)


@register.filter
def reason_label(code: str) -> Promise | str:
    return reasons.reason_label(code)


@register.filter
def cause_label(code: str) -> Promise | str:
    return exempting.causes().get(code, code)


@register.filter
def place_label(name: str) -> Promise | str:
    return PLACES.get(name, name)


@register.filter
def place_value(value: object, name: str) -> str:
    """A part of a place as people read it: roles in words, the rest as it is."""
    if name != "role":
        return str(value or "")
    with speaking(current().language):
        return label(f"role.{value}")


@register.filter
def act_label(action: str) -> str:
    return action_words(action) or action
