"""Why people decide as they do: closed lists of stable codes, each with a label in the language of whoever reads.

Reach for `reasons_for` to offer them, `reason_label` to show one that was given.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tahaluf.web.review.tables.alerts import Disposition

Labels = Mapping[str, Promise | str]
# Whoever gives this one says in words what it is.
OTHER = "other"

TRUE_MATCH: Labels = {
    "same_document": _("the same document number"),
    "same_birth": _("name and birth date agree"),
    "several_agree": _("several particulars agree, none contradicts"),
    "confirmed_by_authority": _("confirmed by the competent authority"),
    "confirmed_by_subject": _("confirmed by papers that the subject showed"),
    OTHER: _("another reason (say which)"),
}
FALSE_POSITIVE: Labels = {
    "other_birth_date": _("another birth date"),
    "other_nationality": _("another nationality or country"),
    "other_gender": _("another gender"),
    "other_document": _("another document of the same kind"),
    "other_parent": _("another father’s or family name"),
    "other_place": _("another place of birth"),
    "other_kind": _("not the same kind of party"),
    "name_only": _("only a common name agrees"),
    "cleared_before": _("cleared before, and nothing has changed"),
    "delisted": _("no longer listed"),
    OTHER: _("another reason (say which)"),
}
INCONCLUSIVE: Labels = {
    "too_little_known": _("too little is known of the subject"),
    "too_little_listed": _("the listing says too little"),
    "not_obtainable": _("what is missing cannot be obtained"),
    "contradictory": _("the particulars contradict each other"),
    OTHER: _("another reason (say which)"),
}
DISAGREEING: Labels = {
    "not_enough": _("the evidence is not enough"),
    "speaks_against": _("a particular speaks against it"),
    "wrong_listing": _("another listing is meant"),
    "more_needed": _("more must be asked first"),
    OTHER: _("another reason (say which)"),
}
REOPENING: Labels = {
    "new_information": _("new information"),
    "listing_changed": _("the listing has changed"),
    "subject_changed": _("the subject’s particulars have changed"),
    "delisted": _("no longer listed"),
    "complaint": _("a complaint"),
    "mistake": _("a mistake in the decision"),
    OTHER: _("another reason (say which)"),
}
_BY_DISPOSITION: Mapping[str, Labels] = {
    Disposition.TRUE_MATCH: TRUE_MATCH,
    Disposition.FALSE_POSITIVE: FALSE_POSITIVE,
    Disposition.INCONCLUSIVE: INCONCLUSIVE,
}


def reasons_for(disposition: str) -> Labels:
    """The reasons that may be given for a disposition."""
    return _BY_DISPOSITION[disposition]


def reason_label(code: str) -> Promise | str:
    """What a code says; the code itself where a later version has dropped it."""
    for labels in (*_BY_DISPOSITION.values(), DISAGREEING, REOPENING):
        if code in labels:
            return labels[code]
    return code
