"""A published entry on a list, with everything that its publisher says.

Readers in `lists` make these; `screening` compiles them; nothing here knows a file format.
Countries are lower-case ISO 3166-1 alpha-2 codes where the name was recognized; `*_text` keeps the publisher's words.
"""

from dataclasses import dataclass

from tahaluf.domain.dates import DateSpan, PartialDate
from tahaluf.domain.kinds import AliasKind, Gender, Kind, Quality


@dataclass(frozen=True, slots=True)
class NameParts:
    """Parts of a name as the publisher separates them (they are often wrong: never more than a hint)."""

    given: str | None = None
    father: str | None = None
    grandfather: str | None = None
    family: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of a listing, in any script; the primary name is an alias of kind `PRIMARY`."""

    text: str
    kind: AliasKind = AliasKind.ALIAS
    quality: Quality = Quality.GOOD
    parts: NameParts | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Designation:
    """The legal act behind a listing: who designated, under what, when."""

    authority: str
    regime: str | None = None
    basis: str | None = None
    listed_on: PartialDate | None = None
    amended_on: tuple[PartialDate, ...] = ()
    reference: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A passport, identity card, registration or tax number, IMO or tail number."""

    number: str
    type: str = "identification"
    country: str | None = None
    issued_on: PartialDate | None = None
    expires_on: PartialDate | None = None
    note: str | None = None

    @property
    def shown(self) -> str:
        """On one line: type, number, country and note."""
        country = f" ({self.country.upper()})" if self.country else ""
        return f"{self.type} {self.number}{country}" + (f", {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True)
class Address:
    """An address; `country` is a code, `text` the whole as one line."""

    text: str
    street: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place of birth."""

    text: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another listing ("linked to", "owned by"); `target` is its id if known, `text` the publisher's words."""

    text: str
    target: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One person, organization, vessel or aircraft on one published list.

    `id` is stable across versions of the list; `dataset` names the list; `extra` holds (label, value) pairs that
    have no
    field of their own, so that nothing published is lost.
    """

    id: str
    kind: Kind
    dataset: str
    names: tuple[Alias, ...]
    reference: str | None = None
    designations: tuple[Designation, ...] = ()
    birth_dates: tuple[DateSpan, ...] = ()
    birth_places: tuple[Place, ...] = ()
    death_dates: tuple[PartialDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    gender: Gender | None = None
    titles: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    addresses: tuple[Address, ...] = ()
    remarks: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    delisted_on: PartialDate | None = None
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def caption(self) -> str:
        """What to show it by: the primary name, else the first; without a name its first document, else its id."""
        if self.names:
            return self.names[0].text
        return self.documents[0].shown if self.documents else self.id
