"""`tahaluf audit verify`: whether the audit log is whole."""

import click

from tahaluf.prose.i18n import _, ngettext_


def build_command() -> click.Group:
    """The group of commands on the audit log, in the current language."""
    group = click.Group("audit", help=_("Check the audit log of the desk."))
    noted = click.Option(
        ["--noted"], metavar="NUMBER:DIGEST",
        help=_("The last entry as it was noted elsewhere before; it must still be there."),
    )  # fmt: skip
    text = _("Walk the whole audit log and say whether every entry is there as it was written.")
    group.add_command(click.Command("verify", params=[noted], callback=verify_log, help=text))
    return group


def verify_log(noted: str | None) -> int:
    """Walks the log; the exit code."""
    from tahaluf.cli.node.opening import open_desk

    open_desk()
    from tahaluf.domain import Problem, TahalufError
    from tahaluf.web.common.audit.verifying import Anchor, verify
    from tahaluf.web.config.preparing import reaching_database, require_prepared

    anchor = None
    if noted is not None:
        number, _colon, digest = noted.partition(":")
        if not number.isdecimal() or len(digest) != 64:
            raise click.BadParameter(_("expected NUMBER:DIGEST, as this command prints it"), param_hint="--noted")
        anchor = Anchor(int(number), digest.lower())
    require_prepared()
    with reaching_database():
        verdict = verify(anchor)
    if verdict.fault is not None:
        raise TahalufError(Problem(f"web.audit.{verdict.fault}", found=str(verdict.at)))
    text = ngettext_("{count} entry, all as written.", "{count} entries, all as written.", verdict.entries)
    click.echo(text.format(count=verdict.entries))
    click.echo(_("Note this elsewhere: {noted}").format(noted=f"{verdict.head.sequence}:{verdict.head.digest}"))
    return 0
