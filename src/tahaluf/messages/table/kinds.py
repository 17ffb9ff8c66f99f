"""What a row is that does not say so: a person where it has something that only people have, otherwise not known.

It goes by the row and not by the columns: a file of customers has a column of birth dates, and companies in it whose
birth date is empty. Taken for people, they would never meet a listed company.
"""

from collections.abc import Mapping, Sequence

from tahaluf.domain import Kind
from tahaluf.messages.table.headings import Layout
from tahaluf.messages.table.names import has_letter

# A family name alone may be a company's, in files that have no other place for it.
GIVEN = ("given_name", "father_name", "grandfather_name")
Documents = Sequence[Mapping[str, str | None]]


def fill_kinds(
    stated: Sequence[str | None], given: Sequence[bool], documents: Sequence[Documents], *personal: Sequence[object]
) -> list[str]:
    """The kind of each row: the one `stated`, else by what there is of `given` names, passports and `personal`."""
    if None not in stated:
        return [kind for kind in stated if kind]
    has_passport = [any(map(_is_passport, own)) for own in documents]
    people = map(any, zip(given, has_passport, *personal, strict=True))
    return [
        kind or (Kind.PERSON if person else Kind.UNKNOWN).value for kind, person in zip(stated, people, strict=True)
    ]


def _is_passport(entry: Mapping[str, str | None]) -> bool:
    return entry["type"] == "passport" and any(map(str.isalnum, entry["number"] or ""))


def given_names(columns: Sequence[Sequence[str]], layout: Layout, rows: int) -> list[bool]:
    """For each row, whether it has a given name, or one of a father or grandfather, in a column of its own."""
    own = [columns[column] for role in GIVEN for column in layout.roles.get(role, ())]
    return [any(map(has_letter, cells)) for cells in zip(*own, strict=True)] if own else [False] * rows
