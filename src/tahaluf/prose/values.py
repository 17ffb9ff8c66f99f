"""Values of attributes and details in words: genders, kinds, types of documents, countries. What is not known stays."""

from collections.abc import Iterable, Mapping
from typing import Any

from tahaluf.names.countries import country_name
from tahaluf.prose.i18n import _, current_language
from tahaluf.prose.labels import label
from tahaluf.screening.export import Words

COUNTRIES = frozenset({"nationality", "nationalities", "residence", "residences", "country"})
SHOWN_DETAILS = (
    "reference", "names", "kind", "birth_dates", "birth_places", "nationalities", "residences", "gender", "documents",
    "designations", "positions", "addresses", "remarks",
)  # fmt: skip
MOST_ITEMS = 12
MOST_LETTERS = 600


def show_value(attribute: str, text: str) -> str:
    """One value of an attribute, or of a detail of that name, in the current language."""
    if attribute in COUNTRIES:
        return _(", ").join(country_name(code, current_language()) for code in text.split())
    return _words().get(text, text) if attribute in ("gender", "kind") else text


def table_words() -> Words:
    """What tables of hits say in the current language. In English the headings are the keys of the specification."""
    if current_language() == "en":
        return Words(lambda key: key.removeprefix("column.") if key.startswith("column.") else label(key), show_value)
    return Words(label, show_value, right_to_left=current_language() == "ar")


def show_details(found: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """What a list says of a listing (`Screener.listing`), as far as it says anything: label → what to show."""
    shown: dict[str, str | list[str]] = {}
    for key in SHOWN_DETAILS:
        value = found.get(key)
        if isinstance(value, str) and value:
            shown[label(f"detail.{key}")] = show_value(key, value)
        elif value:
            shown[label(f"detail.{key}")] = _bounded([_item(key, item) for item in value])
    return shown


def _bounded(items: list[str]) -> list[str]:
    cut = [item if len(item) <= MOST_LETTERS else item[:MOST_LETTERS] + "…" for item in items[:MOST_ITEMS]]
    more = len(items) - len(cut)
    return [*cut, _("… and {count} more").format(count=more)] if more else cut


def _item(key: str, item: Any) -> str:
    if key == "documents":
        kind, number, country = item
        place = f"({show_value('country', country)})" if country else ""
        return _joined((_words().get(kind, kind), number, place))
    if isinstance(item, Mapping):
        listed = item.get("listed_on")
        on = _("listed on {date}").format(date=listed) if listed else ""
        return _joined((item.get("authority"), item.get("regime"), on), " · ")
    return show_value(key, str(item))


def _joined(parts: Iterable[str | None], between: str = " ") -> str:
    return between.join(part for part in parts if part)


def _words() -> dict[str, str]:
    return {
        "male": _("male"),
        "female": _("female"),
        "other": _("another gender"),
        "Person": _("person"),
        "Organization": _("organization"),
        "Company": _("company"),
        "Vessel": _("vessel"),
        "Airplane": _("aircraft"),
        "LegalEntity": _("not stated"),
        "passport": _("passport"),
        "national id": _("national identity card"),
        "identification": _("identity document"),
        "tax id": _("tax number"),
        "registration": _("registration"),
        "registration id": _("registration number"),
        "business registration": _("business registration"),
        "driver's license": _("driving license"),
        "license": _("license"),
    }
