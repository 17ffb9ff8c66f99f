"""Problems in words: where, what was expected, what was found, what to do. The core knows codes and values only."""

from tahaluf.cli.i18n import _
from tahaluf.cli.problemtexts import texts
from tahaluf.cli.text import printable
from tahaluf.domain import Problem, Where


def describe(problem: Problem) -> str:
    """One line for a person, in the current language."""
    template = texts().get(problem.code) or _("{code}: expected {expected}, found {found}.")
    place = describe_place(problem.where)
    sentence = template.format(
        code=problem.code,
        expected=printable(problem.expected),
        found=printable(problem.found) or "—",
        field=printable(problem.where.field or ""),
        item=printable(problem.where.item or ""),
        file=printable(problem.where.file or ""),
    )
    return _("{place}: {sentence}").format(place=place, sentence=sentence) if place else sentence


def describe_place(where: Where) -> str:
    """`file, line 4, column Name`, as far as known."""
    parts = [printable(where.file)] if where.file else []
    if where.line is not None:
        parts.append(_("line {number}").format(number=where.line))
    if where.field:
        parts.append(_("field {name}").format(name=printable(where.field)))
    if where.item:
        parts.append(_("entry {name}").format(name=printable(where.item)))
    return _(", ").join(parts)
