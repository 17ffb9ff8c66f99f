"""One zone, its lines joined, to a reading. What is seldom met (misread characters, wrong check digits) goes the long
way; a clean zone costs a pattern, the check digits and a few slices. Dates and States are worked out once each."""

from datetime import date
from itertools import product
from operator import itemgetter

from tahaluf.messages.mrz.dates import birth_date, expiry_date
from tahaluf.messages.mrz.document import Finding, MrzDocument, MrzReading
from tahaluf.messages.mrz.fillers import LETTERS, SUSPECT, refill
from tahaluf.messages.mrz.forms import ISSUER, LAYOUTS, Form, Layout
from tahaluf.messages.mrz.knowledge import table
from tahaluf.messages.mrz.names import add_readings, full_name, is_cut, split_name
from tahaluf.messages.mrz.repair import overflow, settle_checks
from tahaluf.messages.mrz.types import STATES, USUAL, settle_types

REMEMBERED = 100_000
MOST_LETTERS = 4
_LETTERS: dict[str, str] = table("letters_for")
_ISSUERS = frozenset(code.ljust(3, "<") for code in STATES)
_NATIONALITIES = _ISSUERS | {"<<<"}
# One in the last position of its field has what stands in the next behind it.
_LAST = {
    form: itemgetter(*(part.stop - 1 for part in (layout.name, layout.optional, layout.optional2) if part))
    for form, layout in LAYOUTS.items()
}


class Interpreter:
    """Reads zones as of one day."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._iso = today.isoformat()
        self._births: dict[str, str | None] = {}
        self._expiries: dict[str, str | None] = {}

    def interpret(self, text: str, form: Form, line: int = 1, *, clean: bool = False) -> MrzReading:
        """What a zone says; `text` is its lines joined, in the alphabet of the zone and of the length of the form.

        `clean` says that `clean_zones` found nothing wrong with it.
        """
        layout = LAYOUTS[form]
        settled = text
        findings: list[Finding] = []
        if not clean or not _is_known(text, layout, form):
            settled, findings = settle_types(text, layout)
            settled, more = settle_checks(settled, layout)
            findings += more
        document = _document(settled, form, layout)
        names, restored = self._names(document, text[layout.name], settled[layout.name], findings)
        birth, expires = self._dates(document, findings)
        return MrzReading(
            document, names, restored, birth, expires, STATES.get(document.issuer), STATES.get(document.nationality),
            tuple(findings), line,
        )  # fmt: skip

    def _names(
        self, document: MrzDocument, read: str, field: str, findings: list[Finding]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The readings of the name, with each that a misread filler or digit leaves."""
        if not document.primary:
            findings.append(Finding("name_missing", "name", "A-Z", field.strip("<")))
            return (), ()
        names = [full_name(document.primary, document.secondary)]
        if any(found.field == "name" for found in findings):
            names += [full_name(*split_name(other)) for other in refill(read.translate(USUAL)).others]
            names += _other_letters(refill(read).field)
        if is_cut(field):
            findings.append(Finding("name_truncated", "name", "<", field[-1]))
        return add_readings(names, field)

    def _dates(self, document: MrzDocument, findings: list[Finding]) -> tuple[str | None, str | None]:
        born, ends = document.birth, document.expiry
        if born not in self._births:
            self._births = _kept(self._births)
            self._births[born] = birth_date(born, self._today)
        if ends not in self._expiries:
            self._expiries = _kept(self._expiries)
            self._expiries[ends] = expiry_date(ends, self._today)
        birth, expires = self._births[born], self._expiries[ends]
        if birth is None:
            findings.append(Finding("date", "birth", "YYMMDD", born))
        if expires is None:
            findings.append(Finding("date", "expiry", "YYMMDD", ends))
        elif expires and expires < self._iso[: len(expires)]:
            findings.append(Finding("expired", "expiry", self._iso, expires))
        return birth or None, expires or None


def _is_known(text: str, layout: Layout, form: Form) -> bool:
    """Whether the States are known and no filler looks misread: what `clean_zones` does not see."""
    return (
        text[ISSUER] in _ISSUERS
        and text[layout.nationality] in _NATIONALITIES
        and SUSPECT.search(text) is None
        and LETTERS.isdisjoint(_LAST[form](text))
    )


def _kept(known: dict[str, str | None]) -> dict[str, str | None]:
    return known if len(known) < REMEMBERED else {}


def _other_letters(read: str) -> list[str]:
    """The names that misread digits may also stand for, at most `MOST_LETTERS` of the field."""
    choices = [_LETTERS.get(char, char) for char in read]
    several = [place for place, letters in enumerate(choices) if len(letters) > 1]
    if not several or len(several) > 2:
        return []
    fields = ["".join(letters) for letters in product(*choices)]
    return [full_name(*split_name(field)) for field in fields[1 : MOST_LETTERS + 1]]


def _document(text: str, form: Form, layout: Layout) -> MrzDocument:
    primary, secondary = split_name(text[layout.name])
    if not primary:
        primary, secondary = secondary, ""
    rest = overflow(text, layout)
    optional = text[layout.optional]
    number = text[layout.number] + optional[:rest]
    if rest:
        optional = optional[rest + 1 :].removeprefix("<")
    sex = text[layout.sex]
    return MrzDocument(
        form, text[:2].rstrip("<"), text[ISSUER].rstrip("<"), primary, secondary, number.rstrip("<"),
        text[layout.nationality].rstrip("<"), text[layout.birth], sex if sex in "MFX" else "", text[layout.expiry],
        optional.rstrip("<"), text[layout.optional2].rstrip("<") if layout.optional2 else "",
    )  # fmt: skip
