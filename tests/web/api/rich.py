"""A small list whose listings have papers, an address, a designation, and links to each other."""

from tahaluf.domain import Address, Alias, AliasKind, Designation, Document, Kind, Link, Listing, PartialDate

ONE = Listing(
    "rich-1", Kind.PERSON, "rich", (Alias("Idriss Testouri", AliasKind.PRIMARY), Alias("إدريس التستوري")),
    reference="RX.001",
    designations=(Designation("Council", "1267", "a reason", PartialDate(2019, 3)),), nationalities=("tn",),
    documents=(Document("T123456", "passport", "tn"),),
    addresses=(Address("1 Rue X, Tunis", city="Tunis", country="tn"),),
    links=(Link("brother of", "rich-2", "family"), Link("seen with", "gone-1")),
)  # fmt: skip
OTHER = Listing("rich-2", Kind.PERSON, "rich", (Alias("Salim Testouri", AliasKind.PRIMARY),))
LEADS = Listing(
    "rich-3", Kind.ORGANIZATION, "rich", (Alias("Atlas Relief", AliasKind.PRIMARY),), nationalities=("ma",),
    links=(Link("funds", "rich-1"), Link("funds", "rich-2"), Link("owned by", "rich-1")),
)  # fmt: skip
