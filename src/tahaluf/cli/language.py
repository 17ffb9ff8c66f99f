"""The language of the command line: `--lang`, else TAHALUF_LANG, else the system's.

`speak` comes before commands are built, since their help is text too.
"""

from collections.abc import Mapping, Sequence

from tahaluf.prose.i18n import LANGUAGES, _, ngettext_, set_language

_VARIABLES = ("TAHALUF_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


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


def speak(language: str) -> None:
    """Text from here on, Click's own included, is in this language."""
    set_language(language)
    if language != "en":
        _translate_click()


def _places(arguments: Sequence[str]) -> set[int]:
    """Where a language stands: in `--lang=ar` itself, or behind `--lang`."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    behind = {place + 1 for place in range(end - 1) if arguments[place] == "--lang"}
    return behind | {place for place in range(end) if arguments[place].startswith("--lang=")}


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
