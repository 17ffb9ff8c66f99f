"""What is done to the desk as a whole, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {"desk.restored": _("restored the desk from a backup"), "desk.saved": _("made a backup")}
