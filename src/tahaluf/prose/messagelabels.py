"""The words for what messages tell: roles of parties, details, columns of hits in messages, outcomes."""

from tahaluf.prose.i18n import _


def message_labels() -> dict[str, str]:
    """Keys such as `role.debtor`, `message.flight`, `history.added` → words in the current language."""
    return {**_roles(), **_journeys(), **_payments(), **_histories(), **_columns(), **_outcomes()}


def _roles() -> dict[str, str]:
    return {
        "role.passenger": _("passenger"),
        "role.crew": _("crew"),
        "role.transit_passenger": _("passenger in transit"),
        "role.transit_crew": _("crew in transit"),
        "role.booking_contact": _("contact of the booking"),
        "role.payer": _("payer"),
        "role.holder": _("holder of the document"),
        "role.debtor": _("debtor"),
        "role.ultimate_debtor": _("ultimate debtor"),
        "role.creditor": _("creditor"),
        "role.ultimate_creditor": _("ultimate creditor"),
        "role.initiating_party": _("initiating party"),
        "role.debtor_agent": _("debtor's bank"),
        "role.creditor_agent": _("creditor's bank"),
        "role.instructing_agent": _("instructing bank"),
        "role.instructed_agent": _("instructed bank"),
        "role.previous_agent": _("previous bank"),
        "role.intermediary_agent": _("intermediary bank"),
        "role.reimbursement_agent": _("reimbursing bank"),
        "role.forwarding_agent": _("forwarding bank"),
        "role.account_owner": _("account owner"),
        "role.account_servicer": _("account servicer"),
        "role.remittance_party": _("party named in the remittance"),
        "role.mentioned": _("mentioned"),
        "role.text": _("free text"),
    }


def _journeys() -> dict[str, str]:
    return {
        "message.flight": _("flight"),
        "message.departure": _("place of departure"),
        "message.departed_at": _("departure"),
        "message.arrival": _("place of arrival"),
        "message.arrived_at": _("arrival time"),
        "message.embarkation": _("boarded at"),
        "message.debarkation": _("leaves at"),
        "message.clearance_port": _("port of clearance"),
        "message.locator": _("booking locator"),
        "message.passenger_reference": _("passenger's reference"),
        "message.seat": _("seat"),
        "message.ticket": _("ticket"),
        "message.baggage": _("baggage"),
        "message.expires_on": _("expires on"),
        "message.issued_on": _("issued on"),
        "message.name_restored": _("Name got back in Arabic script (from ICAO 9303 transliteration)"),
        "message.issuer": _("Issuing organization (ICAO code)"),
        "message.nationality_code": _("Status in place of a nationality (ICAO code)"),
        "message.truncated": _("may be cut (characters)"),
        "message.surname": _("surname"),
        "message.passenger_type": _("type of passenger"),
        "message.split_locator": _("locator of the split booking"),
        "message.payment_card": _("payment card"),
        "message.history": _("in the history of the booking"),
    }


def _payments() -> dict[str, str]:
    return {
        "message.transaction": _("transaction"),
        "message.amount": _("amount"),
        "message.value_date": _("value date"),
        "message.account": _("account"),
        "message.purpose": _("purpose"),
        "message.remittance": _("remittance information"),
        "message.address": _("address"),
        "message.phone": _("telephone"),
        "message.email": _("e-mail"),
        "message.occupation": _("occupation"),
        "message.title": _("title"),
        "message.identifier": _("identifier"),
        "message.text": _("free text"),
    }


def _histories() -> dict[str, str]:
    return {
        "history.original": _("named when booked"),
        "history.added": _("added"),
        "history.removed": _("removed"),
        "history.changed": _("changed"),
        "history.split": _("split off into another booking"),
    }


def _columns() -> dict[str, str]:
    return {
        "column.role": _("Role"),
        "column.unit": _("Number in the file"),
        "column.message": _("Message"),
        "column.segment": _("Segment"),
        "column.field": _("Field"),
        "column.evidence": _("Where in the text"),
    }


def _outcomes() -> dict[str, str]:
    return {
        "outcome.clear": _("clear"),
        "outcome.hits": _("hits to review"),
        "outcome.unread": _("not read: see the rejects"),
    }
