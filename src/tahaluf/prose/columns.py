"""What the columns of a file were taken for, in one line, so that a heading that is not known does not pass unseen."""

from collections.abc import Sequence

from tahaluf.messages import ColumnsRead
from tahaluf.prose.i18n import _
from tahaluf.prose.text import printable

SHOWN = 20


def describe_columns(columns: ColumnsRead) -> str:
    """`columns: name = Full Name; birth date = DOB; not used: Ctry`."""
    labels = role_labels()
    several, one = _("{role} = {headings} (each is read as a name)"), _("{role} = {headings}")
    parts = [
        (several if role == "name" and len(headings) > 1 else one).format(
            role=labels.get(role, role), headings=_join(headings)
        )
        for role, headings in columns.roles.items()
    ]
    if columns.unused:
        parts.append(_("not used: {headings}").format(headings=_join(columns.unused)))
    return _("columns: {columns}").format(columns=_("; ").join(parts))


def _join(headings: Sequence[str]) -> str:
    shown = [printable(" ".join(heading.split())) for heading in headings[:SHOWN]]
    return _(", ").join([*shown, "…"] if len(headings) > SHOWN else shown)


def role_labels() -> dict[str, str]:
    """Role → what it is called, in the current language."""
    return {
        "id": _("identifier"),
        "name": _("name"),
        "given_name": _("given name"),
        "father_name": _("father’s name"),
        "grandfather_name": _("grandfather’s name"),
        "family_name": _("family name"),
        "alias": _("other name"),
        "kind": _("kind"),
        "birth_date": _("birth date"),
        "birth_place": _("birth place"),
        "nationality": _("nationality"),
        "residence": _("country of residence"),
        "gender": _("gender"),
        "document_number": _("document number"),
        "passport_number": _("passport number"),
        "national_id": _("national identity number"),
        "document_type": _("document type"),
        "document_country": _("issuing country"),
    }
