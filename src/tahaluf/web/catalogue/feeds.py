"""Changes of lists as Atom and as JSON Feed 1.1, the newest version first; one entry for each listing that came, went
or says something else, and one for the first version of a list."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tahaluf.web.catalogue.changes import Line, detail, difference
from tahaluf.web.catalogue.models import ListSource, ListVersion
from tahaluf.web.catalogue.showing import field_label

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200
MOST_VERSIONS = 40


class Item(NamedTuple):
    """An entry. `what` is `added`, `removed`, `amended` or `imported`."""

    key: str
    what: str
    title: str
    text: str
    address: str
    at: datetime
    told: dict[str, Any]


def items(source: ListSource | None) -> list[Item]:
    """The newest changes of a list, or of all that are active."""
    versions = ListVersion.objects.filter(ready=True).select_related("source")
    versions = versions.filter(source=source) if source else versions.filter(source__active=True)
    found: list[Item] = []
    for version in versions.order_by("-imported_at", "-pk")[:MOST_VERSIONS]:
        found.extend(_items_of(version, MOST - len(found)))
        if len(found) >= MOST:
            break
    return found


def _items_of(version: ListVersion, most: int) -> Iterator[Item]:
    source = version.source
    told = {"list": source.slug, "version": version.number}
    if version.number == 1:
        text = ngettext("%(count)s listing", "%(count)s listings", version.listings) % {"count": version.listings}
        title = _("%(list)s: first version") % {"list": source.title}
        address = reverse("catalogue:version", args=[source.slug, 1])
        yield Item(f"{source.slug}:1", "imported", title, text, address, version.imported_at, told)
        return
    words = {"added": _("added"), "removed": _("removed"), "amended": _("amended")}
    for each in detail(difference(source, version.number - 1, version.number)[:most]):
        line, fields = each.line, [change.field for change in each.changes]
        yield Item(
            key=f"{source.slug}:{version.number}:{line.listing_id}",
            what=line.what,
            title=f"{source.title} · {words[line.what]}: {line.caption}",
            text=_(", ").join(field_label(name) for name in fields) or line.reference,
            address=reverse("catalogue:listing", args=[source.slug, line.listing_id]),
            at=version.imported_at,
            told={**told, **_of_line(line), "fields": fields},
        )


def _of_line(line: Line) -> dict[str, Any]:
    return {"listing": line.listing_id, "reference": line.reference, "caption": line.caption, "change": line.what}


def title_of(source: ListSource | None) -> str:
    return _("Changes of %(list)s") % {"list": source.title} if source else _("Changes of all lists")


def json_feed(request: HttpRequest, source: ListSource | None, found: Iterable[Item]) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(source),
        "home_page_url": request.build_absolute_uri(_page(source)),
        "feed_url": request.build_absolute_uri(),
        "items": [
            {
                "id": item.key,
                "url": request.build_absolute_uri(item.address),
                "title": item.title,
                "content_text": item.text or item.title,
                "date_published": item.at.isoformat(),
                "_change": item.told,
            }
            for item in found
        ],
    }


def atom_feed(request: HttpRequest, source: ListSource | None, found: list[Item]) -> bytes:
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": getattr(request, "LANGUAGE_CODE", "en")})
    _add(root, "id", request.build_absolute_uri(request.path))
    _add(root, "title", title_of(source))
    _add(root, "updated", (found[0].at.isoformat() if found else "1970-01-01T00:00:00+00:00"))
    ET.SubElement(root, "link", {"rel": "self", "href": request.build_absolute_uri(request.path)})
    ET.SubElement(root, "link", {"rel": "alternate", "href": request.build_absolute_uri(_page(source))})
    _add(ET.SubElement(root, "author"), "name", "Tahaluf")
    for item in found:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", f"urn:tahaluf:change:{item.key}")
        _add(entry, "title", item.title)
        _add(entry, "updated", item.at.isoformat())
        ET.SubElement(entry, "link", {"rel": "alternate", "href": request.build_absolute_uri(item.address)})
        ET.SubElement(entry, "category", {"term": item.what})
        _add(entry, "summary", item.text or item.title)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _page(source: ListSource | None) -> str:
    return reverse("catalogue:list", args=[source.slug]) if source else reverse("catalogue:lists")


def _add(parent: ET.Element, name: str, text: str) -> None:
    # XML has no control characters, however they are written.
    ET.SubElement(parent, name).text = "".join(char for char in text if char >= " " and char not in "\ufffe\uffff")
