"""The end of a run in one line, its exit code, and the problems of lists on the way there."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import click

from tahaluf.cli.journal import Progress
from tahaluf.cli.order import Order
from tahaluf.cli.reading import Told
from tahaluf.domain import Problem
from tahaluf.prose.i18n import _, ngettext_
from tahaluf.prose.problems import describe

DONE = 0
DONE_WITH_PROBLEMS = 3
SHOWN_PROBLEMS = 20


@dataclass(slots=True)
class Clock:
    """When the run began, how long screening alone took, and how many subjects were screened this time."""

    began: float = field(default_factory=time.perf_counter)
    screening: float = 0.0
    subjects: int = 0


class Problems:
    """Problems with lists, shown as they come up to a bound, counted beyond it."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, problem: Problem) -> None:
        self.count += 1
        if self.count <= SHOWN_PROBLEMS:
            click.echo(describe(problem), err=True)

    def close(self) -> None:
        """Says how many were not shown."""
        more = self.count - SHOWN_PROBLEMS
        if more > 0:
            text = ngettext_(
                "… and {count} more problem with the lists.", "… and {count} more problems with the lists.", more
            )
            click.echo(text.format(count=more), err=True)


def summary(order: Order, done: Progress, clock: Clock, told: Told) -> str:
    """The last line of a run: text, or JSON with the same figures."""
    seconds = time.perf_counter() - clock.began
    figures = {
        "subjects": done.subjects,
        "hits": done.hits,
        "flagged": done.flagged,
        "rejected": done.rejected,
        "noted": done.noted,
        "seconds": round(seconds, 3),
        "screening_seconds": round(clock.screening, 3),
        "subjects_per_second": round(clock.subjects / seconds, 1) if seconds else 0.0,
        "screening_subjects_per_second": round(clock.subjects / clock.screening, 1) if clock.screening else 0.0,
        "out": str(order.out),
        "rejects": str(order.paths.rejects) if done.rejected or done.noted else None,
        "outcomes": str(order.outcomes_path) if told.outcomes else None,
        "warnings": told.warnings,
        "columns": told.columns.roles if told.columns else None,
        "unused": told.columns.unused if told.columns else None,
    }
    if order.summary == "json":
        return json.dumps(figures, ensure_ascii=False)
    return _text(done, figures, told)


def _text(done: Progress, figures: Mapping[str, object], told: Told) -> str:
    parts = [
        ngettext_("{count} subject screened", "{count} subjects screened", done.subjects).format(count=done.subjects),
        ngettext_("{count} hit", "{count} hits", done.hits).format(count=done.hits),
        ngettext_("{count} row rejected", "{count} rows rejected", done.rejected).format(count=done.rejected),
        ngettext_("{count} value left out", "{count} values left out", done.noted).format(count=done.noted),
        _("{seconds} s ({rate} subjects/s, screening alone {pure})").format(
            seconds=figures["seconds"],
            rate=figures["subjects_per_second"],
            pure=figures["screening_subjects_per_second"],
        ),
    ]
    if told.warnings:
        text = ngettext_("{count} warning", "{count} warnings", told.warnings)
        parts.insert(-1, text.format(count=told.warnings))
    line = _(", ").join(parts)
    if figures["rejects"]:
        line = _("{line}; what was rejected or left out: {file}").format(line=line, file=figures["rejects"])
    if figures["outcomes"]:
        line = _("{line}; outcomes: {file}").format(line=line, file=figures["outcomes"])
    return line
