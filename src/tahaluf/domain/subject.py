"""Who is being screened, and where it was read."""

from dataclasses import dataclass

from tahaluf.domain.dates import PartialDate
from tahaluf.domain.kinds import Gender, Kind
from tahaluf.domain.listing import Document
from tahaluf.domain.problems import Where


@dataclass(frozen=True, slots=True)
class Subject:
    """A party to screen. `names` are alternatives (the best one counts); unknown values are empty, never guessed."""

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
