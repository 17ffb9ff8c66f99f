"""Changes of lists as Atom and as JSON Feed 1.1, the newest version first; one entry for each listing that came, went
or says something else, and one for the first version of a list. Who is no longer listed stands first in a version, and
what does not fit on a page is on the next one."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tahaluf.web.catalogue.changes import Detailed, Line, detail, made_by
from tahaluf.web.catalogue.models import ListSource, ListVersion
from tahaluf.web.catalogue.showing import field_label

ATOM = "http://www.w3.org/2005/Atom"
MOST = 200
MOST_VERSIONS = 40
CURSOR = re.compile(r"(\d{1,18})\.(\d{1,9})", re.ASCII)


class Item(NamedTuple):
    """An entry. `what` is `added`, `removed`, `amended` or `imported`."""

    key: str
    what: str
    title: str
    text: str
    address: str
    at: datetime
    told: dict[str, Any]


class Page(NamedTuple):
    """Some of the entries, the newest first; `next` is the cursor of those after them, empty where that is all."""

    items: list[Item]
    next: str


def page_of(source: ListSource | None, cursor: str = "") -> Page:
    """The changes of a list, or of all that are active, from a cursor on. ValueError for what is no cursor.

    A cursor names a version and a place in it, and so stays where it is when newer versions come."""
    versions, skipped = _from_cursor(_versions(source), cursor)
    lines: list[tuple[ListVersion, Line | None]] = []
    for number, version in enumerate(versions[: MOST_VERSIONS + 1]):
        start = 0 if number else skipped
        if number == MOST_VERSIONS or len(lines) == MOST:
            return Page(_items(lines), f"{version.pk}.{start}")
        room = MOST - len(lines)
        # The first version of a list is one entry.
        new = [None] if version.number == 1 else made_by(version)
        lines += [(version, line) for line in new[start : start + room]]
        if start + room < len(new):
            return Page(_items(lines), f"{version.pk}.{start + room}")
    return Page(_items(lines), "")


def newest_of(source: ListSource | None) -> tuple[str, datetime | None]:
    """What tells whether the feed has changed: a digest of which versions are current, and when the newest came."""
    sources = ListSource.objects.filter(pk=source.pk) if source else ListSource.objects.filter(active=True)
    rows = list(sources.order_by("pk").values_list("slug", "title", "current", "current__imported_at"))
    digest = hashlib.sha256(repr([row[:3] for row in rows]).encode()).hexdigest()
    return digest, max((row[3] for row in rows if row[3]), default=None)


def _versions(source: ListSource | None) -> QuerySet[ListVersion]:
    """Those that changed something, the newest first."""
    changed = Q(number=1) | Q(added__gt=0) | Q(amended__gt=0) | Q(removed__gt=0)
    versions = ListVersion.objects.filter(changed, ready=True).select_related("source")
    versions = versions.filter(source=source) if source else versions.filter(source__active=True)
    return versions.order_by("-imported_at", "-pk")


def _from_cursor(versions: QuerySet[ListVersion], cursor: str) -> tuple[QuerySet[ListVersion], int]:
    if not cursor:
        return versions, 0
    if not (told := CURSOR.fullmatch(cursor)):
        raise ValueError(cursor)
    at = ListVersion.objects.filter(pk=int(told[1]), ready=True).first()
    if at is None:
        raise ValueError(cursor)
    older = Q(imported_at__lt=at.imported_at) | Q(imported_at=at.imported_at, pk__lte=at.pk)
    return versions.filter(older), int(told[2])


def _items(lines: Sequence[tuple[ListVersion, Line | None]]) -> list[Item]:
    details = iter(detail(line for _version, line in lines if line))
    return [_item(version, next(details)) if line else _first(version) for version, line in lines]


def _first(version: ListVersion) -> Item:
    source = version.source
    text = ngettext("%(count)s listing", "%(count)s listings", version.listings) % {"count": version.listings}
    return Item(
        key=f"{source.slug}:1",
        what="imported",
        title=_("%(list)s: first version") % {"list": source.title},
        text=text,
        address=reverse("catalogue:version", args=[source.slug, 1]),
        at=version.imported_at,
        told={"list": source.slug, "version": 1},
    )


def _item(version: ListVersion, each: Detailed) -> Item:
    source, line, fields = version.source, each.line, [change.field for change in each.changes]
    words = {"added": _("added"), "removed": _("removed"), "amended": _("amended")}
    return Item(
        key=f"{source.slug}:{version.number}:{line.listing_id}",
        what=line.what,
        title=f"{source.title} · {words[line.what]}: {line.caption}",
        text=_(", ").join(field_label(name) for name in fields) or line.reference,
        address=reverse("catalogue:listing", args=[source.slug, line.listing_id]),
        at=version.imported_at,
        told={"list": source.slug, "version": version.number, **_of_line(line), "fields": fields},
    )


def _of_line(line: Line) -> dict[str, Any]:
    return {"listing": line.listing_id, "reference": line.reference, "caption": line.caption, "change": line.what}


def title_of(source: ListSource | None) -> str:
    return _("Changes of %(list)s") % {"list": source.title} if source else _("Changes of all lists")


def json_feed(request: HttpRequest, source: ListSource | None, page: Page) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(source),
        "home_page_url": request.build_absolute_uri(_page(source)),
        "feed_url": request.build_absolute_uri(),
        **({"next_url": _next_address(request, page)} if page.next else {}),
        "items": [
            {
                "id": item.key,
                "url": request.build_absolute_uri(item.address),
                "title": item.title,
                "content_text": item.text or item.title,
                "date_published": item.at.isoformat(),
                "_change": item.told,
            }
            for item in page.items
        ],
    }


def atom_feed(request: HttpRequest, source: ListSource | None, page: Page) -> bytes:
    """With links to the next page and back to the first (RFC 5005, paged feeds)."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": getattr(request, "LANGUAGE_CODE", "en")})
    _add(root, "id", request.build_absolute_uri(request.path))
    _add(root, "title", title_of(source))
    _add(root, "updated", page.items[0].at.isoformat() if page.items else "1970-01-01T00:00:00+00:00")
    ET.SubElement(root, "link", {"rel": "self", "href": request.build_absolute_uri()})
    ET.SubElement(root, "link", {"rel": "first", "href": request.build_absolute_uri(request.path)})
    if page.next:
        ET.SubElement(root, "link", {"rel": "next", "href": _next_address(request, page)})
    ET.SubElement(root, "link", {"rel": "alternate", "href": request.build_absolute_uri(_page(source))})
    _add(ET.SubElement(root, "author"), "name", "Tahaluf")
    for item in page.items:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", f"urn:tahaluf:change:{item.key}")
        _add(entry, "title", item.title)
        _add(entry, "updated", item.at.isoformat())
        ET.SubElement(entry, "link", {"rel": "alternate", "href": request.build_absolute_uri(item.address)})
        ET.SubElement(entry, "category", {"term": item.what})
        _add(entry, "summary", item.text or item.title)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _next_address(request: HttpRequest, page: Page) -> str:
    return request.build_absolute_uri(f"{request.path}?{urlencode({'from': page.next})}")


def _page(source: ListSource | None) -> str:
    return reverse("catalogue:list", args=[source.slug]) if source else reverse("catalogue:lists")


def _add(parent: ET.Element, name: str, text: str) -> None:
    # XML has no control characters, however they are written.
    ET.SubElement(parent, name).text = "".join(char for char in text if char >= " " and char not in "\ufffe\uffff")
