"""The part of FollowTheMoney's model that matters here: which schemata there are, above and below each other."""

from tahaluf.domain import Kind

# Each with those above it, nearest first.
ABOVE: dict[str, tuple[str, ...]] = {
    "Thing": (),
    "LegalEntity": ("Thing",),
    "Person": ("LegalEntity", "Thing"),
    "Organization": ("LegalEntity", "Thing"),
    "PublicBody": ("Organization", "LegalEntity", "Thing"),
    "Company": ("Organization", "LegalEntity", "Asset", "Thing", "Value"),
    "Asset": ("Thing", "Value"),
    "Vehicle": ("Asset", "Thing", "Value"),
    "Vessel": ("Vehicle", "Asset", "Thing", "Value"),
    "Airplane": ("Vehicle", "Asset", "Thing", "Value"),
    "Security": ("Asset", "Thing", "Value"),
    "BankAccount": ("Asset", "Thing", "Value"),
    "CryptoWallet": ("Thing", "Value"),
    "UserAccount": ("Thing",),
    "Value": (),
}
# What can be screened, and what it is here.
MATCHABLE: dict[str, Kind] = {
    "Person": Kind.PERSON,
    "LegalEntity": Kind.UNKNOWN,
    "Organization": Kind.ORGANIZATION,
    "PublicBody": Kind.ORGANIZATION,
    "Company": Kind.COMPANY,
    "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRPLANE,
    "Security": Kind.UNKNOWN,
    "BankAccount": Kind.UNKNOWN,
    "CryptoWallet": Kind.UNKNOWN,
    "UserAccount": Kind.UNKNOWN,
}
# Schemata that a listing may have, by what is asked for.
LISTED = tuple(kind.value for kind in Kind)


# By which properties other entities hang on one of these.
LINKING = frozenset((
    "addressEntity", "agencyClient", "agentRepresentation", "associates", "associations", "authoredAssessments",
    "bankAccounts", "callForTenders", "callsMade", "callsReceived", "candidateSimilars", "contractAuthority",
    "contractAwardSupplier", "courtCase", "cryptoWallets", "debtCreditor", "debtDebtor", "declaredCustoms",
    "delegatedCallForTenders", "directorshipDirector", "directorshipOrganization", "documentedBy",
    "economicActivityDeclarant", "economicActivityHolder", "economicActivityReceiver", "economicActivitySender",
    "emailsReceived", "emailsSent", "employees", "employers", "eventsInvolved", "eventsOrganized", "familyPerson",
    "familyRelative", "identification", "images", "matchSimilars", "membershipMember", "membershipOrganization",
    "mentionedBy", "messagesReceived", "messagesSent", "noteEntities", "operatedVehicles", "operator",
    "ownedVehicles", "owner", "ownershipAsset", "ownershipOwner", "parent", "paymentBeneficiary", "paymentPayer",
    "positionOccupancies", "positions", "posts", "predecessors", "projectParticipation", "proof", "sanctions",
    "securities", "subsidiaries", "successors", "taxRolls", "tripsInvolved", "unknownLinkFrom", "unknownLinkTo",
    "userAccounts",
))  # fmt: skip
