"""The strings of the command-line library that people get to see, so that our catalogs hold them."""

from tahaluf.prose.i18n import _, ngettext_


def click_texts() -> tuple[str, ...]:
    """What the library says in help and in complaints about usage."""
    return (
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Show the version and exit."),
        _("Show this message and exit."),
        _("%(prog)s, version %(version)s"),
        _("Error: {message}"),
        _("Try '{command} {option}' for help."),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        _("Missing argument"),
        _("Missing option"),
        _("Missing parameter"),
        _("Missing command."),
        _("No such option {name!r}."),
        _("No such command {name!r}."),
        _("default: {default}"),
        _("required"),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        _("{name} {filename!r} does not exist."),
        _("{name} {filename!r} is a file."),
        _("{name} {filename!r} is a directory."),
        _("{name} {filename!r} is not readable."),
        _("file"),
        _("directory"),
        _("path"),
        ngettext_("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 2),
        ngettext_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 2),
        ngettext_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 2),
        ngettext_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 2),
    )
