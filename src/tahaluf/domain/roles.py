"""What part a party plays in the message that names it: on a journey, in a payment, as the bearer of a document."""

from enum import StrEnum


class PartyRole(StrEnum):
    """A closed list of stable codes; whoever shows one translates it."""

    PASSENGER = "passenger"
    CREW = "crew"
    TRANSIT_PASSENGER = "transit_passenger"
    TRANSIT_CREW = "transit_crew"
    BOOKING_CONTACT = "booking_contact"
    PAYER = "payer"
    HOLDER = "holder"
    DEBTOR = "debtor"
    ULTIMATE_DEBTOR = "ultimate_debtor"
    CREDITOR = "creditor"
    ULTIMATE_CREDITOR = "ultimate_creditor"
    INITIATING_PARTY = "initiating_party"
    DEBTOR_AGENT = "debtor_agent"
    CREDITOR_AGENT = "creditor_agent"
    INSTRUCTING_AGENT = "instructing_agent"
    INSTRUCTED_AGENT = "instructed_agent"
    PREVIOUS_AGENT = "previous_agent"
    INTERMEDIARY_AGENT = "intermediary_agent"
    REIMBURSEMENT_AGENT = "reimbursement_agent"
    FORWARDING_AGENT = "forwarding_agent"
    ACCOUNT_OWNER = "account_owner"
    ACCOUNT_SERVICER = "account_servicer"
    REMITTANCE_PARTY = "remittance_party"
    MENTIONED = "mentioned"
    TEXT = "text"
