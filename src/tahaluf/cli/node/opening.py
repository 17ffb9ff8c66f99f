"""The way from a command to the desk: Django set up, and words for an operator where that is not possible."""

import os
from importlib.util import find_spec

from tahaluf.domain import Problem, TahalufError


def open_desk() -> None:
    """Sets Django up with the settings of the environment; TahalufError where it is not installed."""
    if any(find_spec(name) is None for name in ("django", "granian", "ninja", "allauth", "django_tasks_db")):
        raise TahalufError(Problem("web.missing", expected='pip install "tahaluf[desk]"'))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tahaluf.web.config.settings")
    import django

    django.setup()
