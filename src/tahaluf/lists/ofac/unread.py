"""What of OFAC's advanced XML no reader takes: a text in an element that is not known, or known and not read, is told.

`HOLDS` says which elements are looked into, `SAYS` which texts are taken, once in their element or (`MANY`) repeatedly.
"""

from tahaluf.lists.fields import clean
from tahaluf.lists.leaves import Element, leaves, local_name
from tahaluf.lists.reading import Ledger

HOLDS = {
    "Location": ("LocationAreaCode", "FeatureVersionReference", "LocationCountry", "LocationPart",
                 "IDRegDocumentReference"),
    "LocationPart": ("LocationPartValue",),
    "IDRegDocument": ("DocumentDate", "DocumentedNameReference"),
    "DocumentDate": ("DatePeriod",),
    "DistinctParty": ("Profile",),
    "Profile": ("Identity", "Feature"),
    "Identity": ("Alias", "NamePartGroups"),
    "Alias": ("DocumentedName",),
    "DocumentedName": ("DocumentedNamePart", "DocumentedNameCountry"),
    "NamePartGroups": ("MasterNamePartGroup",),
    "MasterNamePartGroup": ("NamePartGroup",),
    "Feature": ("FeatureVersion", "IdentityReference"),
    "FeatureVersion": ("DatePeriod", "VersionLocation"),
    "DatePeriod": ("Start", "End"),
    "Start": ("From", "To"),
    "End": ("From", "To"),
    "SanctionsEntry": ("EntryEvent", "SanctionsMeasure"),
    "EntryEvent": ("Date",),
    "SanctionsMeasure": ("DatePeriod",),
}  # fmt: skip
DAY = ("Year", "Month", "Day")
SAYS = {
    "DateOfIssue": DAY, "From": DAY, "To": DAY, "Date": DAY, "LocationPartValue": ("Value",),
    "IDRegDocument": ("Comment", "IDRegistrationNo", "IssuingAuthority"), "DistinctParty": ("Comment",),
    "DocumentedNamePart": ("NamePartValue",), "FeatureVersion": ("Comment", "VersionDetail"),
    "ProfileRelationship": ("Comment",), "SanctionsMeasure": ("Comment",),
}  # fmt: skip
MANY = {("DistinctParty", "Comment"), ("FeatureVersion", "VersionDetail")}


def report_unread(element: Element, ledger: Ledger, line: int) -> None:
    """Reports every text in an element of a section that is not taken."""
    name = local_name(element)
    taken: set[str] = set()
    for text in (element.text, *(child.tail for child in element)):
        if clean(text):
            ledger.report("lists.field.unread", ", ".join(SAYS.get(name, ())), clean(text), line=line, field=name)
    for child in element:
        tag = local_name(child)
        if tag in SAYS.get(name, ()) and not len(child) and (tag not in taken or (name, tag) in MANY):
            taken.add(tag)
            if tag in DAY and clean(child.text) and not clean(child.text).isdecimal():
                ledger.report("lists.field.unread", "a number", clean(child.text), line=line, field=f"{name}/{tag}")
        elif tag in HOLDS.get(name, ()):
            report_unread(child, ledger, line)
        elif words := "; ".join(text for _, text in leaves(child, tag)):
            known = ", ".join((*HOLDS.get(name, ()), *SAYS.get(name, ())))
            ledger.report("lists.field.unread", known, words, line=line, field=f"{name}/{tag}")
