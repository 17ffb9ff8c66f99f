"""The three segments that differ from traveler to traveler (`NAD`, `RFF`, `DOC`) where they are written plainly.

A pattern takes what has no released characters, no bytes beyond ASCII, no line breaks within and nothing unusual; all
else goes the long way. Both ways tell the same, which a test holds them to.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Separators
from tahaluf.messages.paxlst import codes

REFERENCE, DOCUMENT = 2, 4
REFERENCES = {kind: detail.value for kind, detail in codes.REFERENCES.items()}
IDENTIFIER = Detail.IDENTIFIER.value


@lru_cache(maxsize=32)
def plain_segment(separators: Separators) -> Callable[[str], re.Match[str] | None]:
    """What matches a text whole: groups 1 and 2 are kind and value of a reference (`lastindex` is `REFERENCE`), 3 and 4
    code and number of a document (`DOCUMENT`), else 5 to 8 are qualifier, surname, given name and second given name.
    """
    element, component = re.escape(separators.element), re.escape(separators.component)
    name = rf"NAD{element}(FL|FM|DDU|DDT){element * 3}([A-Za-z]+){component}([A-Za-z]+)(?:{component}([A-Za-z]*))?"
    reference = rf"RFF{element}([A-Z]{{2,3}}){component}([A-Z0-9]{{1,60}})"
    document = rf"DOC{element}([A-Z]{{1,2}})(?:{component}[A-Z0-9{component}]*)?{element}([A-Z0-9]{{1,60}})"
    return re.compile(rf"[\r\n]*(?:{reference}|{document}|{name})", re.ASCII).fullmatch
