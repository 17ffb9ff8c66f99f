"""The stable codes that decisions are given and told with, and what each says in the current language.

The reference (docs/reference/api.md) has them from here.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from tahaluf.web.review.alerts.reasons import DISAGREEING, REOPENING, reasons_for
from tahaluf.web.review.purposes.queries import every_purpose
from tahaluf.web.review.tables.alerts import Disposition


def reasons() -> dict[str, Mapping[str, Promise | str]]:
    """The reasons by what they are given for: a disposition, `disagreeing` (`/second`), or opening again."""
    of_dispositions = {each.value: reasons_for(each) for each in Disposition}
    return {**of_dispositions, "disagreeing": DISAGREEING, "reopening": REOPENING}


def told_codes() -> dict[str, Any]:
    """All of them, with their texts."""
    language = get_language() or "en"
    return {
        "dispositions": [{"code": each.value, "text": str(each.label)} for each in Disposition],
        "reasons": {
            name: [{"code": code, "text": str(text)} for code, text in labels.items()]
            for name, labels in reasons().items()
        },
        "purposes": [
            {"code": purpose.slug, "text": purpose.title(language), "active": purpose.active}
            for purpose in every_purpose()
        ],
    }
