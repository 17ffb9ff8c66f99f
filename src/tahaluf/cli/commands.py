"""The table of commands, with their one-line helps, and the group that imports each when it is called."""

import importlib
from collections.abc import Callable

import click

from tahaluf.prose.i18n import LANGUAGES, _


def commands() -> dict[str, tuple[str, str]]:
    """Command → (module, short help); the module holds a function of the command's name that builds it."""
    return {
        "screen": ("tahaluf.cli.screen", _("Screen a file of people or organizations against lists.")),
        "index": ("tahaluf.cli.index", _("Compile lists into an index that opens at once.")),
        "explain": ("tahaluf.cli.explain", _("Show why a name is near to listed ones.")),
        "lists": ("tahaluf.cli.lists", _("Read, compare and update published lists.")),
        "messages": (
            "tahaluf.cli.messages",
            _("Read and check passenger lists, bookings, travel documents and payments."),
        ),
        "documents": ("tahaluf.cli.documents", _("Keep a local register of stolen, lost and revoked documents.")),
        "demo": ("tahaluf.cli.demo", _("Screen invented travelers against an invented list.")),
        "serve": ("tahaluf.cli.node.serve", _("Run the desk: a web application for people who review alerts.")),
        "worker": ("tahaluf.cli.node.worker", _("Run jobs of the desk in one more process.")),
        "backup": ("tahaluf.cli.node.backup", _("Save the whole desk to one file.")),
        "restore": ("tahaluf.cli.node.restore", _("Bring a desk back from a backup.")),
        "audit": ("tahaluf.cli.node.audit", _("Check the audit log of the desk.")),
        "person": ("tahaluf.cli.node.person", _("Print a link with which a person comes in.")),
    }


class LazyGroup(click.Group):
    """A group whose commands are imported when called; the list of commands imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*commands(), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        known = commands().get(cmd_name)
        if known is None:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(known[0])
        build: Callable[[], click.Command] = module.build_command
        return localized(build())

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (_module, text) in commands().items()])


def language_option() -> Callable[[click.Command], click.Command]:
    """`--lang`, which was already obeyed before the command was built."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=_("Language of messages; otherwise TAHALUF_LANG or the language of the system."),
    )


def localized(command: click.Command) -> click.Command:
    """The command with the library's own placeholders in the current language."""
    command.options_metavar = _("[OPTIONS]")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.metavar is None and not parameter.is_flag:
            parameter.metavar = _placeholder(parameter.type)
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for below in command.commands.values():
            localized(below)
    return command


def _placeholder(kind: object) -> str | None:
    if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
        return _("NUMBER")
    if isinstance(kind, click.Path):
        return _("FILE") if not kind.dir_okay else _("FOLDER") if not kind.file_okay else _("PATH")
    return _("TEXT") if isinstance(kind, click.types.StringParamType) else None


def build_root() -> click.Group:
    """The command `tahaluf` in the current language."""
    root = LazyGroup(
        name="tahaluf",
        help=_("Screens names in Arabic, French and English against published lists. A person decides on every hit."),
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    language_option()(root)
    localized(root)
    return click.version_option(package_name="tahaluf", prog_name="tahaluf")(root)
