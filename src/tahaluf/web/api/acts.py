"""What programs do, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "api.matched": _("had a program match names"),
    "lists.update_asked": _("had a program ask for lists to be fetched"),
}
