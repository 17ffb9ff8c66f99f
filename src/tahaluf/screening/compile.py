"""Compile listings into an index folder: names and numbers for the kernels, and what a hit must be able to say."""

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import orjson

from tahaluf.domain import Designation, Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.attributes import ListingAttributes
from tahaluf.screening.index.build import NameCollector
from tahaluf.screening.index.numbers import NumberCollector
from tahaluf.screening.index.store import TextPacker, write_index
from tahaluf.screening.lines.entries import write_words
from tahaluf.screening.unswept import unswept
from tahaluf.screening.version import engine_version


def compile_index(listings: Iterable[Listing], out: Path, incomplete: Collection[str] = ()) -> str:
    """Write the index of `listings` to the new folder `out`; returns its id. One pass; listings are not kept.

    `incomplete` names the lists that hold less than was published; it is looked at once all listings have come.
    """
    with unswept():
        return _compile(listings, out, incomplete)


def _compile(listings: Iterable[Listing], out: Path, incomplete: Collection[str]) -> str:
    collector, numbers = NameCollector(likeness()), NumberCollector()
    texts = {stem: TextPacker() for stem in ("id", "caption", "attributes", "details", "name", "words")}
    counts: Counter[str] = Counter()
    for listing in listings:
        for name in collector.add(listing):
            texts["name"].add(name.encode())
            texts["words"].add(write_words(name))
        numbers.add(listing)
        texts["id"].add(listing.id.encode())
        texts["caption"].add(orjson.dumps([listing.dataset, listing.caption, listing.reference or None]))
        texts["attributes"].add(ListingAttributes.from_listing(listing).to_json())
        texts["details"].add(orjson.dumps(describe(listing)))
        counts[listing.dataset] += 1
    packed = {stem: packer.pack() for stem, packer in texts.items()}
    counts.update(dict.fromkeys(incomplete, 0))
    datasets = [
        {"name": name, "listings": count} | ({"incomplete": True} if name in incomplete else {})
        for name, count in sorted(counts.items())
    ]
    return write_index(out, collector.build(), numbers.build(), packed, engine=engine_version(), datasets=datasets)


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
