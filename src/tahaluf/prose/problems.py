"""Problems in words: where, what was expected, what was found, what to do. The core knows codes and values only."""

from collections.abc import Mapping
from types import MappingProxyType

from tahaluf.domain import Problem, Where
from tahaluf.prose.i18n import _
from tahaluf.prose.problemtexts import texts
from tahaluf.prose.problemtexts.web import desk_fields
from tahaluf.prose.text import printable
from tahaluf.prose.valuetexts import field_labels, say_expected, say_found

# What these found is several things, set apart by commas.
LISTS_FOUND = {
    "messages.table.no_name_column", "messages.table.no_such_column", "messages.table.no_party",
    "messages.table.column", "messages.table.unused_dates", "messages.table.unused_countries", "lists.ofac.several",
    "lists.ofac.main-missing", "cli.against.folder",
}  # fmt: skip


def describe(problem: Problem) -> str:
    """One line for a person, in the current language."""
    # A column of a file may be called as a field of the desk is; it keeps its name.
    place = describe_place(problem.where, desk_fields() if problem.code.startswith("web.") else {})
    sentence = describe_found(problem)
    return _("{place}: {sentence}").format(place=place, sentence=sentence) if place else sentence


def describe_found(problem: Problem) -> str:
    """The sentence alone, for whoever says the place in another way."""
    template = texts().get(problem.code) or _("{code}: expected {expected}, found {found}.")
    found, field = printable(say_found(problem.found, problem.code)), problem.where.field or ""
    if problem.code in LISTS_FOUND:
        found = listed(found)
    return template.format(
        code=problem.code,
        expected=listed(printable(say_expected(problem.expected))),
        found=found or "—",
        field=printable(field_labels().get(field, field)),
        item=printable(problem.where.item or ""),
        file=printable(problem.where.file or ""),
    )


def listed(text: str) -> str:
    """Things listed with commas, with the commas of the language."""
    return text.replace(", ", _(", "))


def describe_place(where: Where, labels: Mapping[str, str] = MappingProxyType({})) -> str:
    """`file, line 4, column Name`, as far as known; a field that has a label goes by that alone."""
    parts = [printable(where.file)] if where.file else []
    if where.line is not None:
        parts.append(_("line {number}").format(number=where.line))
    if where.message:
        parts.append(_("message {name}").format(name=printable(where.message)))
    if where.segment is not None:
        parts.append(_("segment {number}").format(number=where.segment))
    if where.field:
        parts.append(labels.get(where.field) or _("field {name}").format(name=printable(where.field)))
    if where.item:
        parts.append(_("entry {name}").format(name=printable(where.item)))
    return _(", ").join(parts)
