"""The values of a listing as a page shows them: text with its form (name, code, date …), and notes beside it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tahaluf.domain import (
    Address,
    Alias,
    AliasKind,
    DateSpan,
    Designation,
    Document,
    Link,
    NameParts,
    PartialDate,
    Place,
    Quality,
)
from tahaluf.names.countries import country_name
from tahaluf.prose.i18n import speaking
from tahaluf.prose.values import show_value
from tahaluf.web.common.preferences import current
from tahaluf.web.ui.formatting import long_date

FIELDS: dict[str, Promise | str] = {
    "names": gettext_lazy("Names"),
    "kind": gettext_lazy("Kind"),
    "reference": gettext_lazy("Reference"),
    "designations": gettext_lazy("Designations"),
    "birth_dates": gettext_lazy("Born"),
    "birth_places": gettext_lazy("Place of birth"),
    "death_dates": gettext_lazy("Died"),
    "nationalities": gettext_lazy("Nationalities"),
    "residences": gettext_lazy("Countries of residence"),
    "gender": gettext_lazy("Gender"),
    "titles": gettext_lazy("Titles"),
    "positions": gettext_lazy("Positions"),
    "documents": gettext_lazy("Documents"),
    "addresses": gettext_lazy("Addresses"),
    "remarks": gettext_lazy("Remarks"),
    "links": gettext_lazy("Links to other listings"),
    "delisted_on": gettext_lazy("Removed on"),
    "extra": gettext_lazy("Also published"),
}
ALIAS_KINDS: dict[AliasKind, Promise | str] = {
    AliasKind.PRIMARY: gettext_lazy("primary name"),
    AliasKind.ALIAS: gettext_lazy("also known as"),
    AliasKind.FORMERLY: gettext_lazy("formerly known as"),
    AliasKind.WEAK: gettext_lazy("weak alias"),
}
DOCUMENT_TYPES: dict[str, Promise | str] = {
    "passport": gettext_lazy("passport"),
    "national id": gettext_lazy("national identity card"),
    "identification": gettext_lazy("identity document"),
    "tax id": gettext_lazy("tax number"),
    "registration": gettext_lazy("registration"),
    "registration id": gettext_lazy("registration number"),
    "imo": gettext_lazy("IMO number"),
    "driver's license": gettext_lazy("driving license"),
}
COUNTRIES = ("nationalities", "residences")


class Shown(NamedTuple):
    """One value. `form` is `name`, `code`, `text` or `link`; `about` is what it is told of, where it has a label;
    `address` leads to it."""

    text: str
    form: str = "text"
    notes: tuple[str, ...] = ()
    about: str = ""
    address: str = ""


def field_label(field: str) -> str:
    return str(FIELDS.get(field, field))


def show(field: str, value: Any) -> Shown:  # noqa: PLR0911 (one form for each kind of value)
    """A value of a field."""
    match value:
        case Alias():
            return show_alias(value)
        case Designation():
            return _designation(value)
        case Document():
            kind = str(DOCUMENT_TYPES.get(value.type.lower(), value.type))
            dates = (_dated(_("issued"), value.issued_on), _dated(_("expires"), value.expires_on))
            return Shown(value.number, "code", _notes(kind, _country(value.country), *dates, value.note))
        case Address() | Place():
            parts = (value.note,) if isinstance(value, Address) else ()
            return Shown(value.text, "name", _notes(_country(value.country), *parts))
        case Link():
            return Shown(value.text, "name", _notes(value.relation))
        case DateSpan():
            return Shown(_span(value))
        case PartialDate():
            return Shown(_date(value))
        case (str(label), str(text)):
            return Shown(text, "name", about=label)
    return Shown(_word(field, str(value)), "code" if field == "reference" else "name")


def show_all(field: str, values: Iterable[Any]) -> list[Shown]:
    return [show(field, value) for value in values]


def show_alias(alias: Alias) -> Shown:
    """A name with its kind, its quality where that is low, its parts and note."""
    low = _("low quality") if alias.quality is Quality.LOW else None
    return Shown(alias.text, "name", _notes(str(ALIAS_KINDS[alias.kind]), low, _parts(alias.parts), alias.note))


def _designation(act: Designation) -> Shown:
    amended = _(", ").join(map(_date, act.amended_on[-3:]))
    notes = (
        act.regime, act.basis, _dated(_("listed on"), act.listed_on), amended and f"{_('amended on')} {amended}",
        act.reference,
    )  # fmt: skip
    return Shown(act.authority, "name", _notes(*notes), address=web_address(act.url))


def web_address(url: str | None) -> str:
    """The address where it is one of the web; nothing else becomes a link."""
    return url if url and url.lower().startswith(("https://", "http://")) else ""


def _parts(parts: NameParts | None) -> str | None:
    if parts is None:
        return None
    told = (
        (_("given name"), parts.given), (_("father"), parts.father), (_("grandfather"), parts.grandfather),
        (_("family name"), parts.family), (_("title"), parts.title),
    )  # fmt: skip
    return " · ".join(f"{label}: \u2068{text}\u2069" for label, text in told if text)


def _notes(*notes: str | None) -> tuple[str, ...]:
    return tuple(note for note in notes if note)


def _dated(label: str, date: PartialDate | None) -> str | None:
    return f"{label} {_date(date)}" if date else None


def _date(date: PartialDate) -> str:
    shown = f"\u2068{long_date(date.isoformat())}\u2069"
    return _("about %(date)s") % {"date": shown} if date.circa else shown


def _span(span: DateSpan) -> str:
    if span.end is None:
        return _date(span.start)
    return _("%(start)s to %(end)s") % {"start": _date(span.start), "end": _date(span.end)}


def _country(code: str | None) -> str | None:
    return country_name(code, current().language) if code else None


def _word(field: str, text: str) -> str:
    if field in COUNTRIES:
        return country_name(text, current().language)
    with speaking(current().language):
        return show_value(field, text)
