"""`tahaluf worker`: one more process that runs jobs."""

import click

from tahaluf.cli.commands import language_option
from tahaluf.prose.i18n import _


def build_command() -> click.Command:
    """The command in the current language."""
    once = click.Option(["--once"], is_flag=True, help=_("Run what is due, then end."))
    text = _("Run jobs of the desk: one more process beside those of `tahaluf serve`, here or on another machine.")
    return language_option()(click.Command("worker", params=[once], callback=run, help=text))


def run(once: bool) -> int:
    """Works until told to end; the exit code."""
    from tahaluf.cli.node.opening import open_desk

    open_desk()
    from tahaluf.web.config.preparing import require_prepared
    from tahaluf.web.config.worker import main

    require_prepared()
    main(once=once)
    return 0
