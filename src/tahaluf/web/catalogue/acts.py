"""What is done to lists, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "list.described": _("changed the description of a list"),
    "list.imported": _("imported a version of a list"),
    "list.import_asked": _("asked for a list to be imported"),
    "list.update_asked": _("asked for a list to be fetched"),
    "list.update_failed": _("could not fetch a list"),
    "collection.compiled": _("compiled an index"),
    "collection.compile_asked": _("asked for an index to be compiled"),
    "collection.saved": _("changed a collection of lists"),
}
THINGS = {"list": _("list"), "collection": _("collection of lists"), "job": _("job")}
