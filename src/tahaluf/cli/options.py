"""Options that several commands share."""

import json
from collections.abc import Iterable
from importlib import resources
from typing import TYPE_CHECKING

import click

from tahaluf.prose.i18n import _

if TYPE_CHECKING:
    from tahaluf.domain import Kind

_KINDS = {
    "person": "Person",
    "organization": "Organization",
    "company": "Company",
    "vessel": "Vessel",
    "airplane": "Airplane",
}


def against_help() -> str:
    """What `--against` takes."""
    return _("A list as published, or a compiled index; may be repeated.")


def exit_help() -> str:
    """The exit codes."""
    return _("Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but rows were rejected or values left out.")


def default_threshold() -> str:
    """The threshold without `--threshold`, from the weights of the score: help imports no engine."""
    text = resources.files("tahaluf").joinpath("screening", "score.json").read_text("utf-8")
    return f"{json.loads(text)['threshold']:.2f}"


def cache_option() -> click.Option:
    """`--no-cache`, and what happens without it."""
    return click.Option(
        ["--no-cache"],
        is_flag=True,
        help=_("Compile the lists anew and keep nothing; otherwise the eight indexes used last are kept."),
    )


def kind_option() -> click.Option:
    """`--kind`, in lower case."""
    return click.Option(
        ["--kind"],
        type=click.Choice(list(_KINDS)),
        help=_(
            "What subjects are that do not say it; otherwise people where there is a birth date, a gender, a given "
            "name or a passport, and of any kind where there is none."
        ),
    )


def parse_kind(text: str | None) -> "Kind | None":
    """The kind that `--kind` names."""
    from tahaluf.domain import Kind

    return Kind(_KINDS[text]) if text else None


def parse_mapping(texts: Iterable[str]) -> dict[str, str]:
    """`("name=Client,id=No",)` → `{"name": "Client", "id": "No"}`; a comma inside a heading is written twice;
    `id=` says that no column is one of ids."""
    mapping: dict[str, str] = {}
    for text in texts:
        for pair in text.replace(",,", "\0").split(","):
            role, equals, heading = pair.replace("\0", ",").partition("=")
            if not equals or not role.strip():
                raise click.BadParameter(
                    _("expected ROLE=COLUMN, found {found}").format(found=pair), param_hint="--map"
                )
            mapping[role.strip()] = heading.strip()
    return mapping
