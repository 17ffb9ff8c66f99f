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
# Codes that versions 3 and 4 of the library both keep.
KEPT_CODES = """
    ac ad ae af ag ai al am ao aq ar as at au aw ax az az-nk ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv
    bw by bz ca cc cd cf cg ch ci ck cl cm cn cn-xz co cp cq cr cshh csxx cu cv cw cx cy cy-trnc cz dd de dg dj dk
    dm do dz ec ee eg eh er es et eu fi fj fk fm fo fr ga gb gb-nir gb-sct gb-wls gd ge ge-ab gf gg gh gi gl gm gn
    gp gq gr gs gt gu gw gy hk hm hn hr ht hu ic id ie il im in io iq iq-kr ir is it je jm jo jp ke kg kh ki km kn
    kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md md-pmr me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv
    mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pk-km pl pm pn pr ps pt pw py qa re ro rs
    ru rw sa sb sc sd se sg sh si sj sk sl sm sn so so-som sr ss st suhh sv sx sy sz ta tc td tf tg th tj tk tl tm
    tn to tr tt tv tw tz ua ua-cri ua-dpr ua-lpr ug um un us uy uz va vc ve vg vi vn vu wf ws x-so xk ye yt yucs za
    zm zr zw zz
"""
FTM_CODES = frozenset(KEPT_CODES.split())

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
