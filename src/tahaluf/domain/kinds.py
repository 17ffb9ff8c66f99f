"""The closed vocabularies of the glossary: what a party is, how good a name is, what it is written in."""

from enum import StrEnum


class Kind(StrEnum):
    """What a subject or a listing is; values are FollowTheMoney schema names."""

    PERSON = "Person"
    ORGANIZATION = "Organization"
    COMPANY = "Company"
    VESSEL = "Vessel"
    AIRPLANE = "Airplane"
    UNKNOWN = "LegalEntity"


class Quality(StrEnum):
    """How far a publisher vouches for a name (UN "Good"/"Low"; OFAC weak a.k.a. is low)."""

    GOOD = "good"
    LOW = "low"


class AliasKind(StrEnum):
    """Why a listing bears a name; `PRIMARY` is the one that heads the entry."""

    PRIMARY = "primary"
    ALIAS = "alias"
    FORMERLY = "formerly"
    WEAK = "weak"


class Script(StrEnum):
    """Writing system, by ISO 15924 code; `OTHER` holds whatever the engine cannot romanize."""

    ARABIC = "Arab"
    LATIN = "Latn"
    CYRILLIC = "Cyrl"
    OTHER = "Zyyy"


class Gender(StrEnum):
    """Gender as lists and travel documents state it."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
