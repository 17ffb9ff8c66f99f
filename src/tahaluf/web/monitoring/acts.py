"""What is done to watched subjects, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "subject.seen": _("looked at a watched subject"),
    "subject.unwatched": _("ended the watch over a subject"),
    "subjects.deleted": _("deleted watched subjects whose time had come"),
    "subjects.listed": _("had a program read watched subjects"),
    "subjects.rejects_taken": _("took the rejects of a register"),
    "subjects.seen": _("looked at watched subjects"),
    "subjects.uploaded": _("uploaded a file of subjects"),
    "subjects.watched": _("put subjects under watch"),
    "webhook.added": _("added a webhook"),
    "webhook.removed": _("removed a webhook"),
    "webhook.set": _("switched a webhook on or off"),
}
THINGS = {"register": _("register"), "watched": _("watched subject"), "webhook": _("webhook")}
