"""What is done about complaints, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "complaint.acknowledged": _("acknowledged the receipt of a complaint"),
    "complaint.answered": _("answered a complaint"),
    "complaint.closed": _("closed a complaint"),
    "complaint.effect": _("had decisions made again for a complaint"),
    "complaint.letter_seen": _("looked at a letter about a complaint"),
    "complaint.noted": _("wrote a note on a complaint"),
    "complaint.received": _("recorded a complaint"),
    "complaint.routed": _("sent a complaint to whoever decides"),
    "complaint.seen": _("looked at a complaint"),
    "complaints.deleted": _("deleted complaints whose time had come"),
    "complaints.seen": _("listed complaints"),
}
THINGS = {"complaint": _("complaint"), "complaints": _("complaints by their state")}
