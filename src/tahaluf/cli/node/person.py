"""`tahaluf person invite`: a link for whoever cannot come in otherwise."""

import click

from tahaluf.prose.i18n import _


def build_command() -> click.Group:
    """The group of commands on people, in the current language."""
    group = click.Group("person", help=_("People of the desk, from the machine that it runs on."))
    parameters: list[click.Parameter] = [
        click.Argument(["name"], metavar="NAME"),
        click.Option(["--role"], multiple=True, metavar="ROLE",
                     help=_("Role of a new person, e.g. administrator or analyst; may be repeated.")),
        click.Option(["--address"], default="http://localhost:8000", show_default=True, metavar="ADDRESS",
                     help=_("Where the desk is reached.")),
    ]  # fmt: skip
    text = _(
        "Print a link with which NAME sets a password, once, within 48 hours. A person that is not there yet is made, "
        "with the roles given."
    )
    group.add_command(click.Command("invite", params=parameters, callback=invite_person, help=text))
    return group


def invite_person(name: str, role: tuple[str, ...], address: str) -> int:
    """Prints the link; the exit code."""
    from tahaluf.cli.node.opening import open_desk

    open_desk()
    from tahaluf.domain import Problem, TahalufError
    from tahaluf.web.accounts.models import User
    from tahaluf.web.accounts.permissions import Role
    from tahaluf.web.accounts.services import create_person, invite
    from tahaluf.web.config.preparing import prepare, reaching_database

    if unknown := [each for each in role if each not in Role.values]:
        raise TahalufError(Problem("web.no_such_role", expected=", ".join(Role.values), found=", ".join(unknown)))
    prepare()
    with reaching_database():
        user = User.objects.filter(username__iexact=name).first()
        if user is None and not role:
            raise TahalufError(Problem("web.no_such_person", found=name))
        if user is None:
            user = create_person(name, by=None, roles=role)
        elif role:
            click.echo(_("{name} is there already; the roles stay as they are.").format(name=name), err=True)
        click.echo(address.rstrip("/") + invite(user, None))
    return 0
