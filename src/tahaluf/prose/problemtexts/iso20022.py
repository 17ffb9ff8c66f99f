"""The sentences for ISO 20022 payments."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {**_first(), **_second()}


def _first() -> dict[str, str]:
    return {
        "messages.iso20022.doctype": _(
            "the file was refused: it declares a document type ({found}), which can be used to attack a "
            "reader. Ask the sender for the message without it."
        ),
        "messages.iso20022.deep": _(
            "elements are nested deeper than {expected} levels (found: {found}); what they hold was not "
            "screened. Ask the sender for a message as the standard has it."
        ),
        "messages.iso20022.malformed": _(
            "this is not well-formed XML: expected {expected}, found {found}. What stands there was not "
            "screened unless rows say so; ask the sender for it again."
        ),
        "messages.iso20022.too_long": _(
            "the element is longer than {expected} characters and was not screened. Examine it by hand."
        ),
        "messages.iso20022.no_party": _("the transaction was rejected: it names no party (expected {expected})."),
        "messages.iso20022.no_name": _(
            "the party has no name (expected element {expected}); it was screened by its numbers alone."
        ),
        "messages.iso20022.iban": _(
            "{found} is no valid IBAN (length or check digits); it was taken for another account number. "
            "Check it with the sender."
        ),
        "messages.iso20022.bic": _(
            "{found} does not have the form of a BIC. It was screened as it stands; check it with the sender."
        ),
        "messages.iso20022.lei": _(
            "the check digits of the LEI {found} do not hold. It was screened as it stands; check it with the sender."
        ),
        "messages.iso20022.birth_date": _(
            "the birth date {found} is not a date (expected {expected}); the party was screened without it."
        ),
        "messages.iso20022.country": _(
            "{found} is no country code (expected {expected}); the party was screened without it."
        ),
        "messages.iso20022.entity": _(
            "a stray sign was read as text: expected {expected}, found {found}. The transaction was screened."
        ),
        "messages.iso20022.long_text": _(
            "the free text has {found} characters; only the first {expected} were screened. Examine the rest by hand."
        ),
    }


def _second() -> dict[str, str]:
    return {
        "messages.iso20022.long_value": _("a value has {found} characters; only the first {expected} were used."),
        "messages.iso20022.count": _(
            "the message says {expected}, but {found} was counted. Parts may be missing: ask the sender."
        ),
        "messages.iso20022.unknown_message": _(
            "this is no message that is known here ({found}; expected: {expected}). The parties in it were "
            "screened as far as they could be told."
        ),
        "messages.iso20022.late": _(
            "parties stand {found}, expected {expected}; they were screened with the last transaction."
        ),
        "messages.iso20022.nested": _(
            "a text looks like a document and was not read ({found}): documents are read at most {expected} "
            "deep. Save it as a file of its own and screen that."
        ),
        "messages.iso20022.junk": _("text that is no XML stands outside the message and was passed over: {found}"),
        "messages.iso20022.encoding": _(
            "the file is not all in {expected} ({found}). Names may be damaged: ask the sender for the file in UTF-8."
        ),
        "messages.iso20022.characters": _("the file holds characters that XML forbids ({found}); they were replaced."),
        "messages.iso20022.names": _(
            "the party may have {found} names; only the first {expected} were screened. Look at the rest by hand."
        ),
        "messages.iso20022.no_transaction": _(
            "the file holds no transaction (expected elements such as {expected}); nothing in it was "
            "screened. If payments should be in it, ask the sender."
        ),
        "messages.iso20022.unread": _(
            "a value of {found} characters around the messages was not read (values of up to {expected} are "
            "passed over there). It may be a packed message: unpack it and screen that."
        ),
    }
