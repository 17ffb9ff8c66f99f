"""Who is being screened, and where it was read."""

from dataclasses import dataclass

from tahaluf.domain.dates import PartialDate
from tahaluf.domain.kinds import Gender, Kind
from tahaluf.domain.listing import Document
from tahaluf.domain.problems import Where
from tahaluf.domain.roles import PartyRole


@dataclass(frozen=True, slots=True)
class Subject:
    """A party to screen. `names` are alternatives (the best one counts); unknown values are empty, never guessed.

    `unit` numbers, from 1 in its file, the traveler, document or transaction that the party belongs to; `details` are
    pairs of a stable code and a value, for whoever follows up.
    """

    id: str
    names: tuple[str, ...]
    kind: Kind = Kind.UNKNOWN
    birth_dates: tuple[PartialDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    gender: Gender | None = None
    birth_places: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    where: Where | None = None
    role: PartyRole | None = None
    unit: int | None = None
    details: tuple[tuple[str, str], ...] = ()
