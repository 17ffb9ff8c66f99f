"""The sentences for bookings (PNRGOV)."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {**_first(), **_second()}


def _first() -> dict[str, str]:
    return {
        "messages.pnrgov.no_traveler": _(
            "the booking names no traveler, so that nobody in it is screened. Ask the carrier for the names."
        ),
        "messages.pnrgov.group": _(
            "{found} stands for a group or for travelers not named yet; it was not screened as a person. Ask "
            "the carrier for the names."
        ),
        "messages.pnrgov.name": _(
            "the traveler has no name that can be screened: found {found}. Ask the carrier for it."
        ),
        "messages.pnrgov.past_name": _("the history of the booking holds a name that cannot be screened: {found}."),
        "messages.pnrgov.name_part": _(
            "a part of the name says nothing ({found}); the traveler is screened by the rest. Check the name "
            "on the document."
        ),
        "messages.pnrgov.reference": _(
            "the reference {found} does not point to exactly one traveler of the booking; what it gives was "
            "matched by name."
        ),
        "messages.pnrgov.unlisted": _(
            "{found} checks in but is not listed in the booking; the traveler is screened all the same."
        ),
        "messages.pnrgov.order": _(
            "a segment {found} stands before the beginning of a booking ({expected}); it was read as a "
            "booking of its own."
        ),
        "messages.pnrgov.document": _(
            "the request {expected} cannot be read: {found}. The traveler is screened without it."
        ),
        "messages.pnrgov.document_order": _(
            "the fields of the document are not in their places ({expected}): {found}. They were told apart "
            "by their form; check them."
        ),
        "messages.pnrgov.document_name": _(
            "the document of an infant or of an unknown traveler gives no name ({expected}): {found}. Check "
            "whose it is."
        ),
        "messages.pnrgov.name_differs": _(
            "the document is in the name of {found}, the booking of {expected}; both were screened. Check "
            "whose document it is."
        ),
        "messages.pnrgov.unlinked": _(
            "{found} belongs to no traveler named in the booking; where it names a person, that person is screened."
        ),
    }


def _second() -> dict[str, str]:
    return {
        "messages.pnrgov.birth_date": _(
            "{found} is no birth date before the journey (expected {expected}); the traveler is screened without it."
        ),
        "messages.pnrgov.expiry": _("{found} is no date of expiry (expected {expected}); it was left out."),
        "messages.pnrgov.sex": _("{found} is no sex that documents know ({expected}); it was left out."),
        "messages.pnrgov.country": _("{found} is no country code ({expected}); the traveler is screened without it."),
        "messages.pnrgov.flight_date": _(
            "{found} is no date of a flight (expected {expected}); the flight is shown without it."
        ),
        "messages.pnrgov.too_many": _(
            "the booking holds more of {found} than are read (at most {expected}); the rest was left out. "
            "Look at it by hand."
        ),
        "messages.pnrgov.segment": _("a segment that {expected} does not have was passed over: {found}."),
        "messages.pnrgov.count": _(
            "the message says that it holds {expected} bookings, and {found} were found. Ask the carrier for "
            "the whole message."
        ),
        "messages.pnrgov.doctype": _(
            "the file declares a document type or entities ({found}), which is refused for safety."
        ),
        "messages.pnrgov.depth": _(
            "the elements of the file are nested too deep: at most {expected}, found {found}. The file is refused."
        ),
        "messages.pnrgov.large": _(
            "a booking of the file is larger than is safe: at most {expected} elements, found {found}. The "
            "file is refused."
        ),
        "messages.pnrgov.malformed": _(
            "the {expected} is broken here ({found}); what follows was not read. Fetch the file again."
        ),
    }
