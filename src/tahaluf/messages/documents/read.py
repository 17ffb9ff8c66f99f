"""Rows of a register to listings: one for each document, without a name where the register has none."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from tahaluf.domain import Alias, AliasKind, Designation, Document, Kind, Listing, PartialDate, Problem, Where
from tahaluf.messages.documents.numbers import MOST_IN_RANGE, Cell, expand, plain_number, read_cell
from tahaluf.messages.documents.rows import Row, read_rows
from tahaluf.messages.mrz.types import STATES
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.table.dates import EXPECTED, parse_birth_date
from tahaluf.messages.table.fold import fold_heading
from tahaluf.messages.table.headings import table
from tahaluf.messages.table.ids import SeenIds
from tahaluf.messages.table.names import is_name
from tahaluf.messages.table.values import parse_countries

DATASET = "documents"
AUTHORITY = "register"
AT_A_TIME = 4096
EXPECTED_NUMBER = "A-Z, 0-9"
LEAST_WORD = 3


def read_register(path: str | Path, rejects: RejectSink) -> Iterator[Listing]:
    """A listing for each document of a register, in its order; what cannot be used is in `rejects` before the next.

    The number is the only thing that a row must have; `number_to` makes it a range. A document that was there before
    is reported and left out. Raises InputError where the file is refused. `rejects.units` counts rows.
    """
    register = _Register(str(path), rejects)
    found = (pair for row in read_rows(Path(path), rejects) for pair in register.listings(row))
    while block := list(islice(found, AT_A_TIME)):
        yield from register.new_ones(block)


class _Register:
    def __init__(self, file: str, rejects: RejectSink) -> None:
        self._file = file
        self._rejects = rejects
        self._seen = SeenIds()

    def new_ones(self, block: list[tuple[Listing, Row]]) -> Iterator[Listing]:
        """Those that were not there before; the others are reported."""
        ids = [listing.id for listing, _ in block]
        known = dict(self._seen.add(ids, [row.line for _, row in block]))
        for at, (listing, row) in enumerate(block):
            if at in known:
                number = listing.reference or ""
                # Of a range the other numbers may be new.
                part = "number_to" in row.values
                self._problem("duplicate", row, "number", f"line {known[at]}", number, screened=part)
            else:
                yield listing

    def listings(self, row: Row) -> Iterator[tuple[Listing, Row]]:
        """The documents of a row, each with the row."""
        self._rejects.units += 1
        numbers = self._numbers(row)
        if not numbers:
            return
        country = self._country(row)
        status = self._status(row)
        reported = self._date(row, "reported_on")
        expires = self._date(row, "expires_on")
        holder = row.values.get("holder", "")
        names = (Alias(holder, AliasKind.PRIMARY),) if is_name(holder) else ()
        remarks = tuple(filter(None, (status, row.values.get("note"))))
        for number, kind in numbers.items():
            listing = Listing(
                ":".join((AUTHORITY, kind, country or "", number)), Kind.PERSON if names else Kind.UNKNOWN, DATASET,
                names, reference=number,
                designations=(Designation(AUTHORITY, basis=status, listed_on=reported),),
                documents=(Document(number, kind, country, expires_on=expires, note=status),), remarks=remarks,
            )  # fmt: skip
            yield listing, row

    def _numbers(self, row: Row) -> dict[str, str]:
        """The numbers of a row, those of a range both ends included, each with the type of its document."""
        several = len(row.numbers) > 1
        found: dict[str, str] = {}
        for at, (kind, text) in enumerate(row.numbers):
            cell = read_cell(text)
            self._report_cell(cell, row)
            to_last = self._to_last(cell.numbers, row) if at == 0 and "number_to" in row.values else cell.numbers
            # What a column says of all its numbers is no guess where there are columns for others.
            type_of = kind if several and kind else self._kind(row, kind)
            found |= {number: type_of for number in to_last if kind or number not in found}
        if not found:
            text = ", ".join(text for _, text in row.numbers)
            self._problem("number", row, "number", EXPECTED_NUMBER, text, screened=False)
        return found

    def _report_cell(self, cell: Cell, row: Row) -> None:
        if cell.numbers and cell.unread:
            self._problem("part", row, "number", EXPECTED_NUMBER, ", ".join(cell.unread), screened=True)
        for part in cell.ranges:
            self._problem("several", row, "number", f"{len(cell.numbers)}", part, screened=True)
        for part in cell.broken:
            self._problem("range", row, "number", f"at most {MOST_IN_RANGE}", part, screened=True)

    def _to_last(self, numbers: Sequence[str], row: Row) -> Sequence[str]:
        """From the number to that of the column of the last."""
        last = plain_number(row.values["number_to"])
        expanded = expand(numbers[0], last) if last and len(numbers) == 1 else None
        if not numbers or expanded is not None:
            return expanded or ()
        found = f"{', '.join(numbers)} - {row.values['number_to']}"
        self._problem("range", row, "number_to", f"at most {MOST_IN_RANGE}", found, screened=True)
        return list(dict.fromkeys([*numbers, *([last] if last else [])]))

    def _kind(self, row: Row, heading: str) -> str:
        """By the cell of the type, else by the heading of the number."""
        text = row.values.get("type", "")
        types = table("registered_types")
        folded = fold_heading(text)
        # "Passeport biométrique" is a passport.
        words = (types[word] for word in folded.split() if len(word) >= LEAST_WORD and word in types)
        known = types.get(folded) or next(words, None)
        if text and not known:
            self._problem("type", row, "type", ", ".join(dict.fromkeys(types.values())), text, screened=True)
        return known or heading or "identification"

    def _country(self, row: Row) -> str | None:
        text = row.values.get("country", "")
        if not text:
            return None
        if text.upper() in STATES:
            return STATES[text.upper()]
        codes, known = parse_countries(text)
        if not known or len(codes) != 1:
            self._problem("country", row, "country", "ISO 3166-1, ICAO 9303-3", text, screened=True)
        return codes[0] if len(codes) == 1 else None

    def _status(self, row: Row) -> str | None:
        text = row.values.get("status", "")
        known = table("document_statuses").get(fold_heading(text))
        if text and not known:
            statuses = ", ".join(dict.fromkeys(table("document_statuses").values()))
            self._problem("status", row, "status", statuses, text, screened=True)
        return known or text or None

    def _date(self, row: Row, role: str) -> PartialDate | None:
        text = row.values.get(role, "")
        if not text:
            return None
        found = parse_birth_date(text)
        if not found or len(found) > 1:
            self._problem("date", row, role, EXPECTED, text, screened=True)
        return PartialDate.from_iso(found[-1]) if found else None

    def _problem(self, what: str, row: Row, field: str, expected: str, found: str, *, screened: bool) -> None:
        problem = Problem(f"messages.register.{what}", Where(self._file, row.line, field), expected, found[:200])
        (self._rejects.note if screened else self._rejects.reject)(problem, row.text)
