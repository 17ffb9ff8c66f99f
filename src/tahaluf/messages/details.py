"""What a message tells of a party beyond what is compared: stable codes for whoever follows a hit up."""

from enum import StrEnum


class Detail(StrEnum):
    """The first half of a pair in `Subject.details`; whoever shows one translates it."""

    # A journey: places are IATA or UN/LOCODE codes, times ISO 8601 as the message gives them (local).
    FLIGHT = "flight"
    DEPARTURE = "departure"
    DEPARTED_AT = "departed_at"
    ARRIVAL = "arrival"
    ARRIVED_AT = "arrived_at"
    EMBARKATION = "embarkation"
    DEBARKATION = "debarkation"
    CLEARANCE_PORT = "clearance_port"
    LOCATOR = "locator"
    PASSENGER_REFERENCE = "passenger_reference"
    SEAT = "seat"
    TICKET = "ticket"
    BAGGAGE = "baggage"
    PASSENGER_TYPE = "passenger_type"
    SPLIT_LOCATOR = "split_locator"
    PAYMENT_CARD = "payment_card"
    # What became of someone whom only a booking's history names: original, added, removed, changed, split.
    HISTORY = "history"
    # A document's dates, ISO 8601; a name as the document writes it.
    EXPIRES_ON = "expires_on"
    ISSUED_ON = "issued_on"
    NAME_RESTORED = "name_restored"
    # ICAO 9303 codes that name no country: who issued a document, what its holder is instead of a national.
    ISSUER = "issuer"
    NATIONALITY_CODE = "nationality_code"
    # A payment.
    TRANSACTION = "transaction"
    AMOUNT = "amount"
    VALUE_DATE = "value_date"
    ACCOUNT = "account"
    PURPOSE = "purpose"
    REMITTANCE = "remittance"
    # A name that fills its field and may have lost its end: how many characters it has.
    TRUNCATED = "truncated"
    # Anyone.
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    OCCUPATION = "occupation"
    TITLE = "title"
    SURNAME = "surname"
    IDENTIFIER = "identifier"
    TEXT = "text"
