"""Steps of a complaint in words."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tahaluf.web.redress.effects import REOPENED
from tahaluf.web.redress.models import Step

register = template.Library()


TITLES: dict[str, "str | Promise"] = {
    "received": pgettext_lazy("complaint", "Received"),
    "acknowledged": _("Receipt acknowledged"),
    "routed": _("Sent to whoever decides"),
    "effect": _("Effect on the data"),
    "answered": _("Answered"),
    "noted": _("Note"),
    "closed": _("Closed"),
}


@register.simple_tag
def step_title(step: Step) -> "str | Promise":
    return TITLES.get(step.kind, step.kind)


@register.simple_tag
def step_effect(step: Step) -> str:
    effect = step.effect or {}
    if effect.get("kind") != REOPENED:
        return gettext("Nothing had to be changed.")
    count = len(effect["alerts"])
    numbers = ", ".join(f"\u2066{number}\u2069" for number in effect["alerts"])
    told = ngettext(
        "%(count)s alert is decided on again: %(numbers)s.",
        "%(count)s alerts are decided on again: %(numbers)s.",
        count,
    )
    return told % {"count": count, "numbers": numbers}
