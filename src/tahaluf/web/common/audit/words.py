"""What the codes of the audit log are called in the reader's language.

The log holds stable codes; each app puts words for its own here when it starts (AppConfig.ready).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, "str | Promise"] = {}
"""By the code of an action."""
THINGS: dict[str, "str | Promise"] = {}
"""By the kind of what it was done to."""

COMMON = {
    "audit.searched": _("looked into the audit log"),
    "audit.exported": _("downloaded the audit log"),
}


def register(actions: Mapping[str, "str | Promise"], things: Mapping[str, "str | Promise"] | None = None) -> None:
    """Adds an app's words; ValueError where a code has other words already."""
    for known, more in ((ACTIONS, actions), (THINGS, things or {})):
        if taken := [code for code, words in more.items() if known.get(code, words) is not words]:
            raise ValueError(f"words are there already: {', '.join(taken)}")
        known.update(more)


def action_words(code: str) -> str:
    """An action in words; empty for what no app knows, as in a log that an older or newer desk wrote."""
    return str(ACTIONS.get(code, ""))


def thing_words(kind: str) -> str:
    """A kind of thing in words; empty where there are none."""
    return str(THINGS.get(kind, ""))
