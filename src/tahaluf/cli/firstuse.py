"""Says at the first use after an installation why nothing seems to happen: the kernels are being compiled."""

import click

from tahaluf.cli import engine
from tahaluf.prose.i18n import _


def announce_compiling() -> None:
    """One line on standard error where the kernels have yet to be compiled, whoever reads it; else nothing."""
    if not engine.kernels_are_ready():
        click.echo(_("Preparing compiled code; this happens once and takes about a minute."), err=True)
