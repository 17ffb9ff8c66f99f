"""The sentences for UN/EDIFACT envelopes and segments."""

from tahaluf.prose.i18n import _


def texts() -> dict[str, str]:
    """Code → sentence in the current language."""
    return {**_first(), **_second()}


def _first() -> dict[str, str]:
    return {
        "messages.edifact.una": _(
            "the service string advice {found} cannot be meant as it stands; the separators were taken from "
            "the message ({expected}). Ask the sender to correct it."
        ),
        "messages.edifact.charset": _(
            "the message says that it is written in {expected}; letters were read as {found}. Check names "
            "with accents or Arabic letters."
        ),
        "messages.edifact.small_letters": _(
            "small letters stand where {expected} allows capitals only; they were read as they are."
        ),
        "messages.edifact.foreign_text": _(
            "text that belongs to no message was passed over: {found}. See that no traveler stands in it."
        ),
        "messages.edifact.unterminated": _(
            "a segment has no terminator {expected}: {found}. It was ended where the next begins."
        ),
        "messages.edifact.wrapped": _(
            "lines are broken within segments ({found}); they were joined. Check values that may have lost a space."
        ),
        "messages.edifact.long_segment": _(
            "a segment is longer than {expected} characters and was not read further: {found}. Ask for the "
            "message again."
        ),
        "messages.edifact.malformed": _("this is no segment: expected {expected}, found {found}. It was passed over."),
        "messages.edifact.header": _("the header of the message is incomplete: {found}."),
        "messages.edifact.stray": _(
            "a segment stands outside its envelope ({expected} is missing): {found}. It was read as far as possible."
        ),
        "messages.edifact.count_segments": _(
            "the message states {expected} segments; {found} were found. Something may have been lost on the way."
        ),
        "messages.edifact.count_messages": _(
            "{expected} messages are stated; {found} were found. Something may have been lost on the way."
        ),
        "messages.edifact.count_groups": _(
            "{expected} groups are stated; {found} were found. Something may have been lost on the way."
        ),
    }


def _second() -> dict[str, str]:
    return {
        "messages.edifact.reference": _(
            "the reference at the end differs: expected {expected}, found {found}. Parts of two messages may be mixed."
        ),
        "messages.edifact.no_message_end": _(
            "the message has no end ({expected}); it may be cut short. Ask for it again."
        ),
        "messages.edifact.no_group_end": _("the group of messages has no end ({expected})."),
        "messages.edifact.no_interchange_end": _(
            "the file of messages has no end ({expected}); it may be cut short. Ask for it again."
        ),
        "messages.edifact.part_missing": _(
            "parts of the transfer are missing: expected {expected}, found {found}. Ask the sender for them."
        ),
        "messages.edifact.part_repeated": _(
            "part {found} of the transfer came before already; travelers may be there twice."
        ),
        "messages.edifact.part_order": _("part {found} of the transfer came out of order: expected {expected}."),
        "messages.edifact.type_repaired": _("the message type {found} is not known; it was read as {expected}."),
        "messages.edifact.type_guessed": _(
            "the header tells no message type ({found}); by its segments the message was read as {expected}."
        ),
        "messages.edifact.type_unknown": _(
            "messages of the type {found} are not read; expected: {expected}. Nobody in it was screened."
        ),
        "messages.edifact.type_without_parties": _(
            "a message of the type {found} names nobody to screen and was passed over."
        ),
        "messages.edifact.more": _(
            "there are more than {expected} problems of the kind {found}; further ones are not listed."
        ),
    }
