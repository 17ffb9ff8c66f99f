"""The language of the command line: `--lang`, else TAHALUF_LANG, else the system's; Arabic, French or English.

Strings are marked with `_` and `ngettext_` in `cli` only and looked up in `locale/`. `set_language` comes before
commands are built, since their help is text too.
"""

import gettext
import io
from collections.abc import Mapping, Sequence
from importlib import resources

LANGUAGES = ("en", "fr", "ar")
_VARIABLES = ("TAHALUF_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class _Current:
    language = "en"
    catalog = gettext.NullTranslations()


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language asked for by the arguments, else by the environment, else English."""
    places = _places(arguments)
    if places:
        return _known(arguments[max(places)].removeprefix("--lang=")) or "en"
    for variable in _VARIABLES:
        if environment.get(variable):
            return _known(environment[variable]) or "en"
    return "en"


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments once the language is chosen; one that is not known stays, to be complained about."""
    places = _places(arguments)
    known = {place for place in places if _known(arguments[place].removeprefix("--lang="))}
    names = {place - 1 for place in known if not arguments[place].startswith("--lang=")}
    return [argument for place, argument in enumerate(arguments) if place not in known | names]


def _places(arguments: Sequence[str]) -> set[int]:
    """Where a language stands: in `--lang=ar` itself, or behind `--lang`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    behind = {place + 1 for place in range(end - 1) if arguments[place] == "--lang"}
    return behind | {place for place in range(end) if arguments[place].startswith("--lang=")}


def set_language(language: str) -> None:
    """Text from here on is in this language."""
    _Current.language = language
    _Current.catalog = load_catalog(language)
    if language != "en":
        _translate_click()


def current_language() -> str:
    return _Current.language


def load_catalog(language: str) -> gettext.NullTranslations:
    """The catalog of a language; English needs none."""
    if language == "en":
        return gettext.NullTranslations()
    import polib

    text = resources.files("tahaluf.cli").joinpath("locale", language, "LC_MESSAGES", "tahaluf.po").read_text("utf-8")
    return gettext.GNUTranslations(io.BytesIO(polib.pofile(text).to_binary()))


def _(message: str) -> str:
    """The message in the current language."""
    return _Current.catalog.gettext(message)


def ngettext_(singular: str, plural: str, count: int) -> str:
    """The form of the message for this count (Arabic has six)."""
    return _Current.catalog.ngettext(singular, plural, count)


def _known(text: str) -> str | None:
    short = text.replace("_", "-").split("-")[0].split(".")[0].lower()
    return short if short in LANGUAGES else None


def _translate_click() -> None:
    """Click marks its own strings with gettext, but from a catalog of the system: ours stands in."""
    from click import core, decorators, exceptions, formatting, parser, types

    for module in (core, decorators, exceptions, formatting, parser, types):
        names = vars(module)
        if "_" in names:
            names["_"] = _
        if "ngettext" in names:
            names["ngettext"] = ngettext_
