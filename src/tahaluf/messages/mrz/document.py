"""What a machine-readable zone says: the fields as they stand in it, and what was made of them."""

from typing import NamedTuple

from tahaluf.messages.mrz.forms import Form


class MrzDocument(NamedTuple):
    """The fields of one zone without their fillers: names with spaces between components, dates as YYMMDD with `<`
    for unknown parts, `sex` M, F, X or empty, States by the codes of Doc 9303 Part 3 (Germany is D).

    `optional2` is that of the second line of a TD1. Fillers within a number or an optional field stay.
    """

    form: Form
    code: str
    issuer: str
    primary: str
    secondary: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str = ""
    optional2: str = ""


class Finding(NamedTuple):
    """Something wrong or doubtful: `what` is the last part of the code, `field` one of the document."""

    what: str
    field: str
    expected: str = ""
    found: str = ""


class MrzReading(NamedTuple):
    """A document with what was understood: `names` (alternatives, the best reading first), dates as partial ISO 8601 or
    None, countries as lower-case alpha-2 or None.

    `restored` holds those of the names that were reversed by the Arabic table; `line` is that of the zone's first line.
    """

    document: MrzDocument
    names: tuple[str, ...]
    restored: tuple[str, ...]
    birth_date: str | None
    expires_on: str | None
    issuer: str | None
    nationality: str | None
    findings: tuple[Finding, ...] = ()
    line: int = 1
