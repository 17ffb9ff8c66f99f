"""What the server is handed: the collections that somebody may see, and the pages of each by number.

Whoever keeps the objects implements these. An entry has a number, given when it is appended and never given again; what
is erased or deleted leaves a gap. `date_added` strictly increases with the number (see `taxii.times.date_after`).
A collection is made for one principal: it holds only what that one may have, now.
"""

from collections.abc import Collection as Group
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from tahaluf.exchange.taxii.envelope import StixObject


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the server says of itself; roots are whole URLs, as they are reached from outside."""

    title: str
    roots: tuple[str, ...] = ()
    description: str = ""
    contact: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Root:
    """An API root."""

    title: str
    description: str = ""
    max_content_length: int = 104_857_600


@dataclass(frozen=True, slots=True)
class About:
    """A collection as it is shown."""

    id: str
    title: str
    description: str = ""
    can_read: bool = True
    can_write: bool = False
    can_delete: bool = False
    media_types: tuple[str, ...] = ("application/stix+json;version=2.1",)


@dataclass(frozen=True, slots=True)
class Stub:
    """An entry without its bytes. `version` is the object's own time as it spells it, `length` its size in bytes."""

    number: int
    id: str
    version: str
    date_added: datetime
    length: int
    spec_version: str = "2.1"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a store may narrow by its indexes; None is no condition. Types are the part of an id before `--`."""

    types: frozenset[str] | None = None
    ids: frozenset[str] | None = None

    def takes(self, id: str) -> bool:
        return (self.ids is None or id in self.ids) and (self.types is None or id.partition("--")[0] in self.types)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object that was posted."""

    id: str
    version: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """What became of one envelope that was posted: TAXII's status. It is kept for 24 hours."""

    id: str
    state: str
    requested_at: datetime
    successes: tuple[Outcome, ...] = ()
    failures: tuple[Outcome, ...] = ()
    pendings: tuple[Outcome, ...] = field(default=())


class Collection(Protocol):
    """The entries of one collection as one principal may have them now."""

    @property
    def about(self) -> About: ...

    def size(self) -> int:
        """One more than the highest number; it never shrinks."""

    def date_added(self, number: int) -> datetime:
        """Of any number under the size, also of one that is erased."""

    def find(self, begin: int, end: int, wanted: Wanted, most: int) -> Sequence[Stub]:
        """The first `most` entries, in order, with numbers from `begin` to before `end`, that fit what is wanted."""

    def versions(self, ids: Group[str]) -> Mapping[str, Sequence[Stub]]:
        """All entries of each id."""

    def read(self, stubs: Sequence[Stub]) -> Sequence[bytes | None]:
        """Their bytes, in order; None for one that went since it was found."""

    def companions(self, stubs: Sequence[Stub]) -> Sequence[bytes]:
        """Objects that a page of these needs beside them, such as marking definitions; they count toward no limit."""


@runtime_checkable
class WritableCollection(Collection, Protocol):
    """A collection that takes objects; whether it lets them be deleted, `about` says."""

    def add(self, objects: Sequence[StixObject]) -> Posting:
        """Appends what it does not hold yet."""

    def delete(self, stubs: Sequence[Stub]) -> None: ...


class Collections(Protocol):
    """What a principal may see. What it may not see is answered as if there were none: None, or left out."""

    def discovery(self, principal: str) -> Discovery: ...

    def root(self, principal: str, root: str) -> Root | None: ...

    def collections(self, principal: str, root: str) -> Sequence[Collection]: ...

    def collection(self, principal: str, root: str, id: str) -> Collection | None: ...

    def posting(self, principal: str, root: str, id: str) -> Posting | None: ...
