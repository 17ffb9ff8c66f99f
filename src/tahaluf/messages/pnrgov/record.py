"""A passenger name record while it is put together: travelers, what is stated of them, and what was found wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tahaluf.domain import PartyRole
from tahaluf.messages.batches import Number, Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.pnrgov.flights import Flight
from tahaluf.messages.pnrgov.names import clean, full_names, squash

MAX_NAMES = 16
MAX_DETAILS = 120
MAX_VALUES = 16
_LOCATORS = frozenset((Detail.LOCATOR, Detail.SPLIT_LOCATOR))
INFANT_TYPES = frozenset(("IN", "INF", "INFT", "INS"))


class Spot(NamedTuple):
    """Where something stands: `line` in the file, `segment` in the message, `field` within it; `raw` is its text."""

    line: int | None
    segment: int | None
    field: str
    raw: str


class Finding(NamedTuple):
    """A problem to report once units are numbered: with a party, or (None) with the whole record."""

    code: str
    spot: Spot
    expected: str
    found: str
    party: "Party | None" = None


class Statement(NamedTuple):
    """A special service request: its code and text, whom it names (a reference, the traveler that it stands with),
    and whether it stands in the history."""

    code: str
    text: str
    reference: str
    owner: "Party | None"
    spot: Spot
    past: bool = False


@dataclass(slots=True, eq=False)
class Party:
    """A traveler, or who pays or is to be called. `history` says what became of one that is no traveler any more."""

    surname: str
    given: str
    spot: Spot
    role: PartyRole = PartyRole.PASSENGER
    reference: str = ""
    type: str = ""
    history: str = ""
    infant: bool = False
    corporate: bool = False
    names: list[str] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    gender: str | None = None
    nationalities: list[str] = field(default_factory=list)
    residences: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    documents: list[Number] = field(default_factory=list)
    details: list[Pair] = field(default_factory=list)
    documented: bool = False
    of: "Party | None" = None

    def __post_init__(self) -> None:
        self.infant = self.infant or self.type.upper() in INFANT_TYPES
        self.name(self.surname, self.given)

    def name(self, surname: str, given: str) -> None:
        """Adds the names that these make, where they are not there yet."""
        found, title = full_names(surname, given)
        known = {squash(name) for name in self.names}
        for name in found:
            if squash(name) not in known and len(self.names) < MAX_NAMES:
                self.names.append(name)
        self.tell(Detail.TITLE, title)

    def tell(self, detail: Detail, value: str) -> None:
        """Adds a detail, where it says something new."""
        pair = (detail.value, clean(value))
        if pair[1] and pair not in self.details and len(self.details) < MAX_DETAILS:
            self.details.append(pair)


def keep(values: list[str], value: str | None) -> None:
    """Adds a value that is not there yet."""
    if value and value not in values and len(values) < MAX_VALUES:
        values.append(value)


@dataclass(slots=True)
class Record:
    """One booking (`SRC` group). `locators` and `contacts` are details that hold for all its travelers."""

    spot: Spot
    travelers: list[Party] = field(default_factory=list)
    former: list[Party] = field(default_factory=list)
    others: list[Party] = field(default_factory=list)
    unnamed: list[Finding] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    legs: list[Flight] = field(default_factory=list)
    locators: list[Pair] = field(default_factory=list)
    contacts: list[Pair] = field(default_factory=list)
    continues: bool = False
    _numbered: dict[str, Party] = field(default_factory=dict)
    _named: dict[str, Party] = field(default_factory=dict)

    def add(self, party: Party) -> None:
        """Adds a traveler; of several with one reference or name the first is found by it."""
        self.travelers.append(party)
        if party.reference:
            self._numbered.setdefault(party.reference, party)
        for name in party.names:
            self._named.setdefault(squash(name), party)

    def tell(self, detail: Detail, value: str) -> None:
        """Adds a detail of all travelers, where it says something new."""
        pair, among = (detail.value, clean(value)), self.locators if detail in _LOCATORS else self.contacts
        if pair[1] and pair not in among and len(among) < MAX_DETAILS:
            among.append(pair)

    def find(self, spot: Spot, code: str, expected: str, found: str, party: Party | None = None) -> None:
        """Remembers a problem, to be reported when the travelers have their numbers."""
        self.findings.append(Finding(code, spot, expected, clean(found)[:80], party))

    def by_reference(self, reference: str) -> Party | None:
        """The traveler that bears a reference."""
        return self._numbered.get(reference)

    def by_name(self, names: Iterable[str]) -> Party | None:
        """The traveler who was listed under one of these names."""
        return next((self._named[key] for name in names if (key := squash(name)) in self._named), None)
