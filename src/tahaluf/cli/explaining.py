"""What `tahaluf explain` does: a subject from options, its nearest listings, tables of the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from tahaluf.cli import engine
from tahaluf.cli.against import indexes_for, report_incomplete
from tahaluf.cli.firstuse import announce_compiling
from tahaluf.cli.options import parse_kind
from tahaluf.cli.reporting import details_from
from tahaluf.cli.summary import DONE, DONE_WITH_PROBLEMS, Problems
from tahaluf.cli.tables import print_hit
from tahaluf.cli.workers import merge
from tahaluf.domain import Document, Gender, InputError, Kind, PartialDate, Problem, Subject
from tahaluf.messages import is_hijri, is_name, parse_birth_date, parse_countries
from tahaluf.prose.i18n import _


@dataclass(frozen=True, slots=True)
class Question:
    """The options of the command."""

    name: str
    top: int = 3
    birth_date: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    gender: str | None = None
    document: tuple[str, ...] = ()
    kind: str | None = None


def explain(question: Question, against: Sequence[Path], *, cached: bool) -> int:
    """Prints the nearest listings; the exit code."""
    subject = subject_of(question)
    problems = Problems()
    console = Console(highlight=False)
    with indexes_for(against, problems, cached=cached) as paths:
        screeners = [engine.open_index(path) for path in paths]
        for path, screener in zip(paths, screeners, strict=True):
            report_incomplete(path, screener.datasets, against, problems)
        announce_compiling()
        found = [screener.match(subject, top=question.top, threshold=0.0) for screener in screeners]
        hits = merge(found, question.top)
        details = details_from(screeners)(hits[0].dataset, hits[0].listing_id) if hits else {}
        thresholds = [screener.default_threshold for screener in screeners]
    problems.close()
    if not hits:
        console.print(_("Nothing on the list is near to this name."))
    for hit in hits:
        print_hit(console, hit, min(thresholds), details if hit is hits[0] else {})
    return DONE_WITH_PROBLEMS if problems.count else DONE


def subject_of(question: Question) -> Subject:
    """The subject that the options describe; InputError for a value that is not understood."""
    if not is_name(question.name):
        raise InputError(Problem("cli.name", found=question.name))
    return Subject(
        id="1",
        names=(question.name,),
        kind=parse_kind(question.kind) or (Kind.PERSON if question.birth_date or question.gender else Kind.UNKNOWN),
        birth_dates=tuple(date for text in question.birth_date for date in _dates(text)),
        nationalities=tuple(code for text in question.nationality for code in _countries(text)),
        gender=Gender(question.gender) if question.gender else None,
        documents=tuple(Document(number=number) for number in question.document),
    )


def _dates(text: str) -> list[PartialDate]:
    found = parse_birth_date(text)
    if found and is_hijri(text):
        said = _("the birth date {text} was read as Hijri: {dates}").format(text=text, dates=_(", ").join(found))
        click.echo(said, err=True)
    if found is None:
        raise InputError(Problem("cli.birth_date", expected="YYYY-MM-DD, DD/MM/YYYY, YYYY", found=text))
    return [PartialDate.from_iso(date) for date in found]


def _countries(text: str) -> list[str]:
    codes, understood = parse_countries(text)
    if not understood:
        raise InputError(Problem("cli.country", expected="ISO 3166", found=text))
    return codes
