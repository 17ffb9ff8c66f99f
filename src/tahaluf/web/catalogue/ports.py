"""What the catalogue tells the layers above and asks of them: they put themselves here when they start
(AppConfig.ready)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue.models import Edition


class EditionListener(Protocol):
    def __call__(self, before: Edition | None, now: Edition) -> None:
        """`now` has become the current edition of its collection, in the transaction that made it so."""


LISTENERS: list[EditionListener] = []

NEEDED: list[Callable[[], Iterable[UUID]]] = []
"""Each gives the keys of editions whose index must stay on the disk: of screenings that are not over."""


class Reference(NamedTuple):
    """Something above that refers to a listing: an alert, a remembered false positive, a complaint. `what` and
    `outcome` are words in the reader's language, `name` a personal name or another name from data; `needs` are the
    permissions of which one is needed to see it."""

    what: str
    name: str
    outcome: str
    at: datetime
    url: str
    needs: frozenset[Permission]


REFERENCES: list[Callable[[str, str], Iterable[Reference]]] = []
"""Each is given a list's short name and a listing's id."""


def needed_editions() -> set[UUID]:
    return {key for needed in NEEDED for key in needed()}


def references_to(dataset: str, listing_id: str, reader: User) -> list[Reference]:
    """What refers to a listing, the newest first, as far as the reader may see it."""
    found = [item for source in REFERENCES for item in source(dataset, listing_id)]
    return sorted((item for item in found if reader.may(*item.needs)), key=lambda item: item.at, reverse=True)
