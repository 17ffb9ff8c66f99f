"""What is done to screenings, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "name.tried": _("tried a name, without keeping it"),
    "screening.begun": _("began to screen"),
    "screening.cancel_asked": _("asked for a screening to be stopped"),
    "screening.cancelled": _("stopped a screening"),
    "screening.discarded": _("discarded the draft of a screening"),
    "screening.done": _("finished a screening"),
    "screening.exported": _("took a file of a screening"),
    "screening.failed": _("could not finish a screening"),
    "screening.hits_read": _("had a program read hits"),
    "screening.made": _("screened by program"),
    "screening.recorded": _("screened one name and kept it"),
    "screening.rejects_read": _("had a program read rejects"),
    "screening.repeated": _("repeated a screening"),
    "screening.seen": _("looked at a screening"),
    "screening.started": _("started a screening"),
    "screening.uploaded": _("uploaded a file to be screened"),
}
THINGS = {"screening": _("screening")}
