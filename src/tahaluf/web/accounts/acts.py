"""What people do to access, in words for the audit log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "person.created": _("added a person"),
    "person.changed": _("changed a person’s data"),
    "person.roles": _("gave or took away roles"),
    "person.deactivated": _("ended a person’s access"),
    "person.reactivated": _("gave a person access again"),
    "person.signed_out": _("signed a person out everywhere"),
    "person.invited": _("made a link for coming in"),
    "person.password_set": _("set a password"),
    "person.second_factor_added": _("added a second factor"),
    "person.second_factor_removed": _("removed a second factor"),
    "person.second_factor_refused": _("gave a wrong code of the second factor"),
    "person.second_factor_reset": _("took away a person’s second factor"),
    "session.began": _("signed in"),
    "session.ended": _("signed out"),
    "session.refused": _("refused somebody who tried to sign in"),
    "office.changed": _("changed the name or address of the office"),
    "token.made": _("made a token"),
    "token.revoked": _("revoked a token"),
}
THINGS = {"office": _("office"), "person": _("person"), "token": _("token")}
