"""The sentences for passenger and crew lists (PAXLST)."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {**_first(), **_second()}


def _first() -> dict[str, str]:
    return {
        "messages.paxlst.no_name": _(
            "the traveler was rejected: no name can be read (found: {found}). Expected {expected}. Ask the carrier."
        ),
        "messages.paxlst.single_name": _("the traveler has one name only ({found}); compare with the document."),
        "messages.paxlst.placeholder_name": _(
            "{found} stands for a name that is not known; it was left out of the comparison."
        ),
        "messages.paxlst.title": _("titles such as {found} stand in names; they were taken out before comparing."),
        "messages.paxlst.role": _(
            "the code {found} does not say whether this is a passenger or crew; expected: {expected}. The "
            "person was screened."
        ),
        "messages.paxlst.birth_date": _(
            "the birth date {found} was left out: expected {expected}, not after the flight."
        ),
        "messages.paxlst.no_birth_date": _(
            "the traveler has no birth date ({expected}); hits by name alone need care."
        ),
        "messages.paxlst.gender": _("the sex {found} is not known and was left out: expected {expected}."),
        "messages.paxlst.country": _("the country code {found} is not known and was left out: expected {expected}."),
        "messages.paxlst.empty": _("{field} is empty: expected {expected}."),
        "messages.paxlst.document_type": _(
            "the type of document {found} is not known; its number was compared all the same. Expected: {expected}"
        ),
        "messages.paxlst.document_date": _("the date {found} of the document was left out: expected {expected}."),
        "messages.paxlst.expired": _("the document expired on {found}, before the journey ({expected})."),
    }


def _second() -> dict[str, str]:
    return {
        "messages.paxlst.no_document": _("an issuing State ({found}) stands without a document ({expected})."),
        "messages.paxlst.long_value": _("the value is longer than {expected} characters and was cut: {found}"),
        "messages.paxlst.order": _(
            "segments are not in the order of the standard (from {found} on); they were read all the same."
        ),
        "messages.paxlst.segment": _("the segment {found} is not one of a passenger list and was passed over."),
        "messages.paxlst.qualifier": _("the code {found} is not read; its value was passed over."),
        "messages.paxlst.count": _(
            "the list states {expected} travelers; {found} were found. Ask the carrier whether some are missing."
        ),
        "messages.paxlst.no_travelers": _("the list names no traveler ({expected})."),
        "messages.paxlst.no_flight": _("the list names no flight ({expected})."),
        "messages.paxlst.no_ports": _("the list does not say from where to where the flight goes ({expected})."),
        "messages.paxlst.many_legs": _("the flight has more than {expected} legs; {found} was left out."),
        "messages.paxlst.time": _("the time {found} was left out: expected {expected}."),
        "messages.paxlst.arrival_first": _(
            "the flight arrives at {found}, before it leaves ({expected}). Check the times, unless it "
            "crosses the date line."
        ),
        "messages.paxlst.no_list": _("no passenger list ({expected}) stands in the file: there is nothing to answer."),
    }
