"""Compile listings into an index folder: names for the kernels, and what a hit must be able to say of a listing."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

from tahaluf.domain import Designation, Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.attributes import ListingAttributes
from tahaluf.screening.index.build import NameCollector
from tahaluf.screening.index.store import pack_texts, write_index
from tahaluf.screening.version import engine_version


def compile_index(listings: Iterable[Listing], out: Path) -> str:
    """Write the index of `listings` to the new folder `out`; returns its id. One pass; listings are not kept."""
    collector = NameCollector(likeness())
    ids: list[bytes] = []
    captions: list[bytes] = []
    attributes: list[bytes] = []
    details: list[bytes] = []
    names: list[bytes] = []
    counts: Counter[str] = Counter()
    for listing in listings:
        names.extend(alias.encode() for alias in collector.add(listing))
        ids.append(listing.id.encode())
        captions.append(orjson.dumps([listing.dataset, listing.caption]))
        attributes.append(ListingAttributes.from_listing(listing).to_json())
        details.append(orjson.dumps(describe(listing)))
        counts[listing.dataset] += 1
    texts = {"id": ids, "caption": captions, "attributes": attributes, "details": details, "name": names}
    packed = {name: pack_texts(rows) for name, rows in texts.items()}
    datasets = [{"name": name, "listings": count} for name, count in sorted(counts.items())]
    return write_index(out, collector.build(), packed, engine_version(), datasets)


def describe(listing: Listing) -> dict[str, Any]:
    """What is kept of a listing to show it: plain JSON values; empty fields are left out."""
    shown = {
        "id": listing.id,
        "kind": listing.kind.value,
        "dataset": listing.dataset,
        "caption": listing.caption,
        "reference": listing.reference,
        "names": [alias.text for alias in listing.names],
        "aliases": [[alias.text, alias.kind.value, alias.quality.value] for alias in listing.names],
        "designations": [_describe_designation(act) for act in listing.designations],
        "birth_dates": ["/".join(d.isoformat() for d in (span.start, span.end) if d) for span in listing.birth_dates],
        "birth_places": [place.text for place in listing.birth_places],
        "nationalities": listing.nationalities,
        "residences": listing.residences,
        "gender": listing.gender,
        "positions": listing.positions,
        "documents": [[document.type, document.number, document.country] for document in listing.documents],
        "addresses": [address.text for address in listing.addresses],
        "remarks": listing.remarks,
        "links": [[link.text, link.target, link.relation] for link in listing.links],
    }
    return {key: value for key, value in shown.items() if value}


def _describe_designation(act: Designation) -> dict[str, str]:
    listed = act.listed_on.isoformat() if act.listed_on else None
    shown = {"authority": act.authority, "regime": act.regime, "listed_on": listed, "reference": act.reference}
    return {key: value for key, value in shown.items() if value}
