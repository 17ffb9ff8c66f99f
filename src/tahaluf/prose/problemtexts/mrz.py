"""The sentences for machine-readable zones."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {**_first(), **_second()}


def _first() -> dict[str, str]:
    return {
        "messages.mrz.check": _(
            "the check digit is wrong: {expected} was computed, {found} stands there, and nothing that looks "
            "alike explains it. The document was screened as it was read; compare it with the original."
        ),
        "messages.mrz.repaired": _("{found} was read and {expected} was taken. Compare it with the original."),
        "messages.mrz.ambiguous": _(
            "{found} was read; it may stand for {expected}. Nothing was changed; compare it with the original."
        ),
        "messages.mrz.length": _(
            "the lines are {found} characters long instead of {expected}; fillers were added or taken away "
            "at their ends. Compare them with the original."
        ),
        "messages.mrz.incomplete": _(
            "a part of the zone is missing or of another length: expected {expected}, found {found} "
            "characters. What could be read of the name was screened; scan the document again."
        ),
        "messages.mrz.empty": _(
            "the zone holds neither a name nor a document number; nothing was screened. Scan the document again."
        ),
        "messages.mrz.other_lines": _(
            "lines that are no part of a machine-readable zone ({expected}) were passed over ({found})."
        ),
        "messages.mrz.code": _(
            "the document code {found} begins with none of: {expected}. The document was screened all the same."
        ),
        "messages.mrz.state": _("{found} is no code of a State or organization ({expected}); it was left out."),
        "messages.mrz.sex": _("the sex is {found}; expected one of: {expected}. It was left out."),
        "messages.mrz.date": _("{found} is no date ({expected}); it was left out. Compare it with the original."),
        "messages.mrz.expired": _("the document expired on {found} (today is {expected})."),
        "messages.mrz.name_missing": _("the name is missing; the document was screened by its number alone."),
    }


def _second() -> dict[str, str]:
    return {
        "messages.mrz.name_truncated": _(
            "the name goes to the end of its field and may be cut short; it was screened as far as it goes. "
            "Compare it with the printed name."
        ),
        "messages.mrz.name_letters": _(
            "the name holds what is no letter ({found}); it was screened all the same. Compare it with the original."
        ),
        "messages.mrz.order": _(
            "the lines of the zone stand in the order {found} instead of {expected}; they were read in the "
            "order of the standard. Compare the name and the number with the original."
        ),
        "messages.mrz.blanks": _(
            "blanks ({found}) stand where the zone has fillers ({expected}); they were read as fillers. "
            "Compare the document with the original."
        ),
    }
