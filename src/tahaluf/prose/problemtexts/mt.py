"""The sentences for SWIFT MT payments."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {**_first(), **_second()}


def _first() -> dict[str, str]:
    return {
        "messages.mt.block": _(
            "the blocks of the message are broken: expected {expected}, found: {found}. What could be read "
            "was screened; ask the sender for the message again."
        ),
        "messages.mt.end": _(
            "the text of the message has no end: expected {expected}, found: {found}. It was screened up to "
            "here; it may be cut short."
        ),
        "messages.mt.outside": _("this text belongs to no message (expected {expected}) and was not screened: {found}"),
        "messages.mt.type": _(
            "the type of the message is not known: expected {expected} or the like, found {found}. Its "
            "parties and its text were screened by the tags of their fields."
        ),
        "messages.mt.missing": _(
            "the field {expected} is missing, which this type of message must have. The rest was screened."
        ),
        "messages.mt.nothing": _(
            "nothing is there to screen: expected a party or a text ({expected}), found only {found}."
        ),
        "messages.mt.format": _(
            "the value {found} is not of the form {expected}; it was used as far as it is understood."
        ),
        "messages.mt.bic": _(
            "a BIC is expected ({expected}), found: {found}. What stands there was screened; check the bank."
        ),
        "messages.mt.iban": _(
            "the check digits or the length of the IBAN {found} are wrong ({expected}); it was screened as "
            "an account number. Check it."
        ),
        "messages.mt.country": _("a country is expected ({expected}), found: {found}. The country was left out."),
        "messages.mt.birth_date": _("the birth date {found} was left out: expected {expected}."),
        "messages.mt.option": _(
            "the option of the field {found} is not known: expected {expected}. It was read as a name and an address."
        ),
        "messages.mt.numbering": _(
            "a line that begins with a number is expected ({expected}), found: {found}. It was read as part "
            "of the name or address."
        ),
    }


def _second() -> dict[str, str]:
    return {
        "messages.mt.name": _("the field has no line with a name (expected {expected}). The rest of it was screened."),
        "messages.mt.empty": _("the field is empty: expected {expected}."),
        "messages.mt.lines": _(
            "the field has {found} lines, at most {expected} are allowed. All were screened; another field "
            "may have run into it."
        ),
        "messages.mt.line_length": _(
            "the line has {found} characters, at most {expected} are allowed. It was screened whole."
        ),
        "messages.mt.length": _(
            "the text has {found} characters; only the first {expected} were screened. Look at the rest by hand."
        ),
        "messages.mt.characters": _(
            "characters outside the set {expected} of SWIFT: {found}. They were screened as they are; "
            "letters may have been garbled on the way."
        ),
        "messages.mt.duplicate": _(
            "the field {found} stands again where one is allowed (at most {expected}). Both were screened."
        ),
        "messages.mt.tag": _(
            "this looks like a field that does not begin its line as it must (expected {expected}, found: "
            "{found}). It was screened as part of the field before it, if there is one; look at the message."
        ),
        "messages.mt.unknown_field": _("{expected} has no field {found}; it was screened as free text."),
        "messages.mt.fields": _(
            "the message has {found} fields for all of its transactions; only the first {expected} were "
            "screened. Look at the rest by hand."
        ),
        "messages.mt.too_large": _(
            "the message has {found} bytes, at most {expected} are read; what is behind was not screened. "
            "Split the file or ask for it again."
        ),
        "messages.mt.names": _(
            "the field may hold {found} names; only the first {expected} were screened. Look at the rest by hand."
        ),
        "messages.mt.no_transaction": _(
            "the file holds no transaction (expected a text with field {expected}); nothing in it was "
            "screened. If payments should be in it, ask the sender."
        ),
    }
