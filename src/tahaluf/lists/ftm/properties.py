"""Which FollowTheMoney schema is what here, and which property is which kind of document."""

from tahaluf.domain import Kind

KINDS = {
    "Person": Kind.PERSON, "Organization": Kind.ORGANIZATION, "Company": Kind.COMPANY, "Vessel": Kind.VESSEL,
    "Airplane": Kind.AIRPLANE, "LegalEntity": Kind.UNKNOWN, "PublicBody": Kind.ORGANIZATION, "Thing": Kind.UNKNOWN,
    "Asset": Kind.UNKNOWN, "Security": Kind.UNKNOWN, "Vehicle": Kind.UNKNOWN, "CryptoWallet": Kind.UNKNOWN,
    "BankAccount": Kind.UNKNOWN, "UserAccount": Kind.UNKNOWN, "RealEstate": Kind.UNKNOWN,
}  # fmt: skip

DOCUMENT_TYPES = {
    "passportNumber": "passport", "idNumber": "identification", "taxNumber": "tax id",
    "registrationNumber": "registration",
    "imoNumber": "imo number", "mmsi": "mmsi", "callSign": "call sign", "swiftBic": "swift/bic", "vatCode": "v.a.t.",
    "dunsCode": "d-u-n-s", "leiCode": "lei", "innCode": "inn", "ogrnCode": "ogrn", "okpoCode": "okpo", "kppCode": "kpp",
    "socialSecurityNumber": "ssn", "licenseNumber": "license", "uniqueEntityId": "uei", "npiCode": "npi",
    "permId": "permid",
    "serialNumber": "aircraft manufacturer's serial", "icaoCode": "icao", "cageCode": "cage", "giiNumber": "gii",
    "isinCode": "isin", "crsNumber": "crs", "bvdId": "bvd", "jibCode": "jib", "voenCode": "voen", "usciCode": "uscc",
    "ricCode": "ric", "ticker": "ticker", "cikCode": "cik", "irsCode": "irs", "ibcRuc": "ruc", "bikCode": "bik (ru)",
    "publicKey": "wallet", "accountNumber": "bank account", "iban": "iban", "isin": "isin",
}  # fmt: skip

LINKS = {
    "Ownership": ("owner", "asset"), "Directorship": ("director", "organization"), "Family": ("person", "relative"),
    "Associate": ("person", "associate"), "UnknownLink": ("subject", "object"), "Membership": ("member",
    "organization"),
    "Representation": ("agent", "client"), "Employment": ("employee", "employer"), "Succession": ("predecessor",
    "successor"),
    "Similar": ("candidate", "match"),
}  # fmt: skip
LINK_RELATIONS = {
    "Ownership": "owner", "Directorship": "director", "Family": "family", "Associate": "associate",
    "UnknownLink": "linked to",
    "Membership": "member", "Representation": "agent", "Employment": "employee", "Succession": "predecessor",
    "Similar": "similar",
}  # fmt: skip
OWNERS = {"Sanction": "entity", "Passport": "holder", "Identification": "holder"}
ATTACHED = frozenset({*OWNERS, *LINKS, "Address"})

FTM_COUNTRIES = {"su": "suhh", "yu": "yucs"}
COUNTRIES_BACK = {code: ours for ours, code in FTM_COUNTRIES.items()}

PARTY_DOCUMENTS = {
    "identification": "idNumber", "national id": "idNumber", "tax id": "taxNumber",
    "registration": "registrationNumber",
    "registration id": "registrationNumber", "company": "registrationNumber",
    "commercial registry": "registrationNumber",
}  # fmt: skip
VEHICLE_DOCUMENTS = {"imo number": "imoNumber", "mmsi": "mmsi", "call sign": "callSign"}
WRITTEN_DOCUMENTS = {
    Kind.PERSON: PARTY_DOCUMENTS | {"passport": "passportNumber"},
    Kind.ORGANIZATION: PARTY_DOCUMENTS,
    Kind.COMPANY: PARTY_DOCUMENTS,
    Kind.UNKNOWN: PARTY_DOCUMENTS,
    Kind.VESSEL: VEHICLE_DOCUMENTS,
    Kind.AIRPLANE: {"aircraft manufacturer's serial": "serialNumber", "aircraft construction": "serialNumber"},
}
