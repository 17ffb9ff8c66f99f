"""The glossary as frozen dataclasses and the errors; imports nothing but the standard library."""

from tahaluf.domain.dates import DateSpan, PartialDate
from tahaluf.domain.hit import AttributeEffect, Evidence, Explanation, Hit, ScoreTerm, Source, TokenMatch
from tahaluf.domain.kinds import AliasKind, Gender, Kind, Quality, Script
from tahaluf.domain.listing import Address, Alias, Designation, Document, Link, Listing, NameParts, Place
from tahaluf.domain.problems import FetchError, IndexFileError, InputError, Problem, TahalufError, Where
from tahaluf.domain.roles import PartyRole
from tahaluf.domain.subject import Subject

__all__ = [
    "Address",
    "Alias",
    "AliasKind",
    "AttributeEffect",
    "DateSpan",
    "Designation",
    "Document",
    "Evidence",
    "Explanation",
    "FetchError",
    "Gender",
    "Hit",
    "IndexFileError",
    "InputError",
    "Kind",
    "Link",
    "Listing",
    "NameParts",
    "PartialDate",
    "PartyRole",
    "Place",
    "Problem",
    "Quality",
    "ScoreTerm",
    "Script",
    "Source",
    "Subject",
    "TahalufError",
    "TokenMatch",
    "Where",
]
