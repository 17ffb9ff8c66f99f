"""What is done to alerts and remembered false positives, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "alert.adjudicated": _("decided on the alert"),
    "alert.assigned": _("assigned the alert"),
    "alert.exported": _("took the case file"),
    "alert.hits_restored": _("listings are listed again"),
    "alert.hits_withdrawn": _("listings were withdrawn"),
    "alert.noted": _("wrote a note"),
    "alert.reopened": _("opened the alert again"),
    "alert.seen": _("looked at the alert"),
    "alerts.exported": _("took alerts as a file"),
    "alerts.listed": _("listed alerts"),
    "alerts.raised": _("raised alerts"),
    "exemption.ended": _("ended a remembered false positive"),
    "exemption.made": _("remembered a false positive"),
    "exemptions.listed": _("listed remembered false positives"),
}
THINGS = {"alert": _("alert"), "exemption": _("remembered false positive")}
