"""The sentences for registers of documents."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {
        "messages.register.format": _("this is {found}; a register is read from: {expected}. Save it as one of these."),
        "messages.register.no_number": _(
            "no column can be taken for the number of a document among: {found}. Give one the heading “number”."
        ),
        "messages.register.number": _(
            "no document number is there (expected {expected}, found {found}); the row was not imported. Complete it."
        ),
        "messages.register.range": _(
            "{found} is no range of numbers ({expected}); its two ends were imported. Check it."
        ),
        "messages.register.country": _(
            "the country {found} is not known ({expected}); the document was imported without it."
        ),
        "messages.register.status": _("the status {found} is none of: {expected}; it was imported as it is written."),
        "messages.register.date": _("the date {found} is not understood or may be several ({expected}). Check it."),
        "messages.register.duplicate": _("the document {found} is there already ({expected}); this row was left out."),
        "messages.register.several": _(
            "{found} was read as {expected} document numbers, all of which were imported. Check it, and give "
            "each number a row or a column of its own."
        ),
        "messages.register.part": _(
            "{found} beside other numbers is no document number ({expected}); the others of the row were "
            "imported. Check it."
        ),
        "messages.register.unused": _(
            "the column {field} holds what looks like document numbers ({found}) and was not used. If they "
            "are, give it a heading such as “passport number” or “id number”."
        ),
        "messages.register.type": _(
            "the type {found} is not known ({expected}); the number is looked for whatever the type of document."
        ),
    }
