"""The language that text is in: of the process, or of one task within it; Arabic, French or English.

Strings are marked with `_` and `ngettext_` and looked up in `locale/`. A process that speaks to one person sets its
language once; one that serves several speaks with each in turn, within `speaking`.
"""

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources

LANGUAGES = ("en", "fr", "ar")


class _Process:
    language = "en"


_TASK: ContextVar[str | None] = ContextVar("language", default=None)


def set_language(language: str) -> None:
    """Text of this process is in this language from here on."""
    load_catalog(language)
    _Process.language = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Text within is in this language, whatever other threads speak."""
    token = _TASK.set(language)
    try:
        yield
    finally:
        _TASK.reset(token)


def current_language() -> str:
    return _TASK.get() or _Process.language


@cache
def load_catalog(language: str) -> gettext.NullTranslations:
    """The catalog of a language; English needs none."""
    if language == "en":
        return gettext.NullTranslations()
    import polib  # noqa: PLC0415 (English does without)

    text = resources.files("tahaluf.prose").joinpath("locale", language, "LC_MESSAGES", "tahaluf.po").read_text("utf-8")
    return gettext.GNUTranslations(io.BytesIO(polib.pofile(text).to_binary()))


def _(message: str) -> str:
    """The message in the current language."""
    return load_catalog(current_language()).gettext(message)


def ngettext_(singular: str, plural: str, count: int) -> str:
    """The form of the message for this count (Arabic has six)."""
    return load_catalog(current_language()).ngettext(singular, plural, count)
