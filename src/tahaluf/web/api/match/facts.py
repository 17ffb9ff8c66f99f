"""Which values of an entity are held beside it, to be asked for: `filter=properties.birthDate:1979`."""

from tahaluf.lists.ftm.properties import DOCUMENT_TYPES

CODES = ("country", "nationality", "jurisdiction", "flag")
FACTS = frozenset((*CODES, "birthCountry", "birthDate", "deathDate", "gender", *DOCUMENT_TYPES))
