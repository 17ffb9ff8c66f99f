"""`tahaluf serve`: the desk, on this machine, from nothing."""

from typing import TYPE_CHECKING

import click

from tahaluf.cli.commands import language_option
from tahaluf.prose.i18n import _

if TYPE_CHECKING:
    from tahaluf.web.config.environment import Environment

HERE = ("localhost", "127.0.0.1", "[::1]", ".localhost")


def build_command() -> click.Command:
    """The command in the current language."""
    parameters: list[click.Parameter] = [
        click.Option(["--port"], type=click.IntRange(1, 65535), default=8000, show_default=True,
                     help=_("Port to listen on.")),
        click.Option(["--host"], default="127.0.0.1", show_default=True, metavar="ADDRESS",
                     help=_("Address to listen on; 0.0.0.0 for all of this machine (name the desk in TAHALUF_HOSTS).")),
        click.Option(["--workers"], type=click.IntRange(1, 64), default=1, show_default=True,
                     help=_("Processes that answer requests; one that runs jobs stands beside them.")),
        click.Option(["--demo"], is_flag=True,
                     help=_("Fill an empty desk with an invented list, invented people and a few alerts.")),
    ]  # fmt: skip
    text = _("Run the desk: a web application for screening files and reviewing alerts.")
    return language_option()(click.Command("serve", params=parameters, callback=run, help=text))


def run(port: int, host: str, workers: int, demo: bool) -> int:
    """Makes the desk ready and runs it until it is told to end; the exit code."""
    from tahaluf.cli.node.opening import open_desk

    open_desk()
    from django.conf import settings

    from tahaluf.web.config import serving
    from tahaluf.web.config.occupying import sharing
    from tahaluf.web.config.preparing import prepare

    serving.check_address(host, port)
    with sharing(settings.DATA):
        prepare()
        address = address_of(host, port, settings.ENVIRONMENT)
        _welcome(address, demo)
        order = serving.Order(host, port, workers, settings.DATA)
        return serving.serve(order, lambda: click.echo(_("The desk is at {address}").format(address=address)))


def address_of(host: str, port: int, environment: "Environment") -> str:
    """Where a person reaches the desk: behind a proxy, and on all addresses of a machine, by a name that it goes by."""
    known = next((name for name in environment.hosts if name not in HERE), "")
    if environment.https and known:
        return f"https://{known}"
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        host = known or "localhost"
    host = "localhost" if host in ("127.0.0.1", "::1") else f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}"


def _welcome(address: str, demo: bool) -> None:
    """Gives a new desk its purposes, fills a demo desk; says how the first administrator comes in."""
    from django.db import connections

    from tahaluf.web.accounts.services import first_administrator
    from tahaluf.web.review.purposes.services import ensure_defaults

    ensure_defaults()
    # The people of the demo come after the first administrator, who is only made where nobody is.
    link = first_administrator()
    filled = demo and _fill()
    if link and filled:
        text = _("To work as the first administrator instead, with a password of your own: {link}")
        click.echo(text.format(link=address + link))
    elif link:
        click.echo(_("First sign-in, once, within 48 hours: {link}").format(link=address + link))
    connections.close_all()


def _fill() -> bool:
    """Whether the desk was filled; what was found there and done is said."""
    from tahaluf.web.config.demo import fill, found

    if (told := fill(lambda: click.echo(_("Filling the desk with invented people …"), err=True))) is None:
        there = found()
        said = _("The desk is in use: people {people}, lists {lists}, alerts {alerts}. Nothing was changed.")
        click.echo(said.format(people=there.people, lists=there.lists, alerts=there.alerts), err=True)
        if there.is_demo:
            click.echo(_("The people of the demo keep the password that was printed when it was filled."), err=True)
        return False
    click.echo(_("The people of the demo sign in with the password: {password}").format(password=told.password))
    for person in told.people:
        click.echo(f"  {person}")
    return True
