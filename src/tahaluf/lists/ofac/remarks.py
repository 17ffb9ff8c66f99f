"""What OFAC's remarks say, item by item: `DOB 1955; POB Tunis, Tunisia; Passport K929139 (Tunisia) issued …; Linked
To: …`.

Each item goes to the field it belongs to; what is recognized by none stays, word for word, among the remarks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tahaluf.domain import Alias, AliasKind, DateSpan, Document, Gender, Link, Place, Quality
from tahaluf.lists.dates import parse_date, parse_span
from tahaluf.lists.fields import find_country, join_parts, parse_gender, unquote
from tahaluf.names.countries import country_code

ITEM_END = re.compile(r";\s+|;$")
QUOTED_NAME = re.compile(r"([afn])\.k\.a\. '(.*)'?")
LINKED = re.compile(r"\(?Linked [Tt]o:?\s+(.+?)\)?")
NUMBERED = r"""
    (?:[A-Z][\w.'’&/() -]*?\b)?
    (?:Passport|National\ ID|Cedula|Identification|Identity|Registration|Registry|Register|License|Licence|Tax\ ID|Tax
      |Fiscal\ Code|Company|Business|Commercial|Trade|Electoral|Personal\ ID|Citizen's\ Card|SSN|NIT|RUC|RIF|Matricula
      |Folio|Chamber|Gazette|Serial|Construction|Tail|Birth\ Certificate|Residency|Travel|Military|Legal\ Entity
      |Stateless|Seafarer|Refugee|File|Certificate|Enterprise|Code|Card|CNP|ID|LE|I\.F\.E\.|Numero|Credencial|Permit
      |MMSI|IMO)
    \b[\w.'’&/() -]*?\s*
    (?:No\.?|Number|\#|Document\ \#|ID|IMO|MMSI|Code|Card|\(MSN\)|\(also\ called\ [^)]*\))
"""
OF_THEIR_OWN = r"""
    (?:\w+\ )*Passport(?:\ No\.|\ \#)?|MMSI|SSN|C\.?R\.?\ No\.|C\.R\.\ No|V\.A\.T\.\ Number|D-U-N-S\ Number|D\.N\.I\.
    |R\.F\.C\.|C\.U\.R\.P\.|C\.I\.N\.|SWIFT/BIC|NIT\ \#|RUC\ \#|RIF\ \#|CUIT\ \#|I\.F\.E\.|Cedula\ de\ Ciudadania
    |Italian\ Fiscal\ Code|Bosnian\ Personal\ ID\ No\.|Tazkira\ National\ ID\ Card|Chinese\ Commercial\ Code
    |Digital\ Currency\ Address\ -\ [A-Z]+|LE\ Number
"""
DATE = r"(?:\d{1,2}\ )?(?:[A-Z][a-z]{2}\ )?\d{4}"
DOCUMENT = re.compile(
    rf"""
    (?P<type>{NUMBERED}|{OF_THEIR_OWN})\s*\#?\s+(?P<number>\S.*?)
    (?:\s*\((?P<country>[^()]*(?:\([^()]*\))?[^()]*)\))?
    (?:\s+issued(?:\s+(?:on\s+)?(?P<issued>{DATE}))?)?
    (?:\s+expires\s+(?P<expires>{DATE}))?
    """,
    re.VERBOSE,
)
ALSO_CALLED = re.compile(r"^\(also called [^)]*\)\s*")
CONTACT = re.compile(
    r"""
    (?P<label>Website|Email\ Address|Telephone(?:\ No\.)?|Phone(?:\ Number)?|Fax(?:\ No\.)?|Target\ Type
      |Organization\ Established\ Date|Organization\ Type:|Aircraft\ Model|Aircraft\ Operator
      |Aircraft\ Manufacture\ Date
      |Aircraft\ Mode\ S\ Transponder\ Code|Former\ Vessel\ Flag|Vessel\ Year\ of\ Build|Vessel\ Flag|Vessel\ Type
      |Vessel\ Owner|Nationality\ of\ Registration|Secondary\ sanctions\ risk:|Additional\ Sanctions\ Information\ -
      |Previous\ Aircraft\ Tail\ Number)
    \s*(?P<value>\S.*)
    """,
    re.VERBOSE,
)


@dataclass
class Facts:
    """What the remarks (and the typed lists of the XML, which use the same words) say of one listing."""

    aliases: list[Alias] = field(default_factory=list)
    birth_dates: list[DateSpan] = field(default_factory=list)
    birth_places: list[Place] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    gender: Gender | None = None
    documents: list[Document] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)

    def add_birth_date(self, text: str) -> bool:
        span = parse_span(text, american=True)
        if span:
            self.birth_dates.append(span)
        return span is not None

    def add_birth_place(self, text: str) -> bool:
        self.birth_places.append(Place(text, place_country(text)))
        return True

    def add_nationality(self, text: str, label: str = "nationality") -> bool:
        code = find_country(text)
        if code is None:
            self.extra.append((label, text))
        elif code not in self.nationalities:
            self.nationalities.append(code)
        return True

    def add_gender(self, text: str) -> bool:
        self.gender = parse_gender(text) or self.gender
        return parse_gender(text) is not None

    def add_link(self, text: str) -> bool:
        self.links.append(Link(text=text, relation="linked to"))
        return True


def place_country(text: str) -> str | None:
    """The country of `Culiacan, Sinaloa, Mexico`: the longest tail that names one."""
    parts = [part.strip() for part in text.split(",")]
    for start in range(len(parts)):
        if code := country_code(join_parts(*parts[start:])):
            return code
    return None


def parse_remarks(text: str, facts: Facts) -> None:
    """Adds to `facts` what the remarks say."""
    items = (item.strip() for item in ITEM_END.split(text.strip().removesuffix(".")))
    rest = [item for item in items if item and not read_item(item, facts)]
    if rest:
        facts.remarks.append("; ".join(rest))


def read_item(item: str, facts: Facts) -> bool:
    """Files one item; False where it is of no known kind."""
    body = item.removeprefix("alt. ")
    word, _, value = body.partition(" ")
    value = value.strip()
    adders: dict[str, Callable[[str], bool]] = {
        "DOB": facts.add_birth_date, "POB": facts.add_birth_place, "Gender": facts.add_gender,
        "nationality": facts.add_nationality, "citizen": facts.add_nationality,
    }  # fmt: skip
    return adders[word](value) if word in adders else read_phrase(body, facts)


def read_phrase(body: str, facts: Facts) -> bool:
    """An item that its wording tells, not its first word."""
    if match := QUOTED_NAME.fullmatch(body):
        return read_quoted_name(match[1], match[2].removesuffix("'"), facts)
    if match := LINKED.fullmatch(body):
        return facts.add_link(match[1])
    if (match := DOCUMENT.fullmatch(body)) and is_number(match["number"]):
        return read_document(match, facts)
    if match := CONTACT.fullmatch(body):
        facts.extra.append((match["label"].rstrip(" :-"), match["value"]))
    return match is not None


def is_number(text: str) -> bool:
    """Whether the text after a document's label is a number or a code, not a sentence."""
    return text.isupper() or any(char.isdigit() for char in text)


def read_quoted_name(initial: str, name: str, facts: Facts) -> bool:
    """A name that OFAC only quotes in the remarks: too weak to be an alias of its own there."""
    name = unquote(name)
    if initial == "f":
        facts.aliases.append(Alias(name, AliasKind.FORMERLY, Quality.LOW))
    else:
        facts.aliases.append(Alias(name, AliasKind.WEAK, Quality.LOW))
    return bool(name)


def read_document(match: re.Match[str], facts: Facts) -> bool:
    label, words = match["type"], match["country"]
    number = ALSO_CALLED.sub("", match["number"])
    country = find_country(words) if words else None
    note = words if words and country is None else None
    facts.documents.append(Document(
        number=number, type=document_type(label), country=country,
        issued_on=parse_date(match["issued"] or ""), expires_on=parse_date(match["expires"] or ""), note=note,
    ))  # fmt: skip
    return True


def document_type(label: str) -> str:
    """OFAC's label without the words that only introduce a number; a passport of any kind says so."""
    short = re.sub(r"\s*(?:\(also called[^)]*\)|No\.?|Number|#|Identification IMO)\s*$", "", label).strip()
    if label.startswith("Vessel Registration") and label.endswith("IMO"):
        return "imo number"
    return short.casefold() or label.casefold()
