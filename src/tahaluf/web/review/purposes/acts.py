"""What is done to purposes, and what is deleted in time, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "purpose.changed": _("changed a purpose"),
    "purpose.made": _("added a purpose"),
    "retention.asked": _("asked for what is due to be deleted"),
    "retention.deleted": _("deleted what was due"),
}
THINGS = {"deletion": _("deletion"), "purpose": _("purpose")}
