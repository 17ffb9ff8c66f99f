"""Collections compiled into indexes: folders named by content, made whole or not at all, switched to in one step."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from tahaluf.domain import IndexFileError, Listing
from tahaluf.screening import Screener, engine_version
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue import ports
from tahaluf.web.catalogue.files import INDEXES, data_path
from tahaluf.web.catalogue.models import Collection, Edition, ListingState, ListSource
from tahaluf.web.catalogue.pruning import prune
from tahaluf.web.catalogue.stored import from_plain
from tahaluf.web.common.audit import services as audit

TRIES = 5
PIECE = 500


class Pin(NamedTuple):
    """A list in a collection, at one version."""

    source: int
    slug: str
    number: int
    complete: bool


def rebuild(collection: Collection, by: User | None = None) -> Edition:
    """The collection compiled as its lists now stand, and made current; what is current already stays."""
    for _ in range(TRIES):
        pins = pinned(collection)
        current = Edition.objects.filter(pk=collection.current_id).first() if collection.current_id else None
        if current and is_of(current, pins) and is_sound(current):
            return current
        made = compile_pins(pins)
        if edition := _switch(collection, pins, made, by):
            prune(collection)
            return edition
        collection.refresh_from_db()
    raise RuntimeError("lists change faster than they can be compiled")


def pinned(collection: Collection) -> list[Pin]:
    """The active lists of a collection, each at its current version; `default` holds every active list."""
    sources = ListSource.objects.filter(active=True, current__ready=True)
    if collection.slug != "default":
        sources = sources.filter(collections=collection)
    rows = sources.order_by("slug").values_list("pk", "slug", "current__number", "current__complete")
    return [Pin(*row) for row in rows]


def versions_of(pins: list[Pin]) -> dict[str, int]:
    return {pin.slug: pin.number for pin in pins}


def is_of(edition: Edition, pins: list[Pin]) -> bool:
    """Whether the edition is of these versions and of this engine."""
    return edition.versions == versions_of(pins) and edition.engine == engine_version()


def is_sound(edition: Edition) -> bool:
    try:
        Screener.open(data_path(edition.folder))
    except (IndexFileError, OSError):
        return False
    return True


def compile_pins(pins: list[Pin]) -> Screener:
    """An index of these versions, in its place."""
    indexes = data_path(INDEXES)
    indexes.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = indexes / f".new-{uuid.uuid4().hex}"
    try:
        screener = Screener.compile(_listings(pins), aside, {pin.slug for pin in pins if not pin.complete})
        _settle(aside, indexes / screener.index_id)
        return screener
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _settle(aside: Path, place: Path) -> None:
    """Moves a finished index to its place; a sound one of the same content that is there already stays."""
    if place.exists():
        try:
            Screener.open(place)
        except (IndexFileError, OSError):
            place.rename(place.with_name(f".old-{uuid.uuid4().hex}"))
        else:
            return
    aside.rename(place)


def _listings(pins: list[Pin]) -> Iterator[Listing]:
    """By list and id, so that one content makes one index, however it came about."""
    for pin in pins:
        states = ListingState.objects.at(pin.source, pin.number)
        keys = [pk for _id, pk in sorted(states.values_list("listing_id", "pk").iterator())]
        for start in range(0, len(keys), PIECE):
            content = dict(ListingState.objects.filter(pk__in=keys[start : start + PIECE]).values_list("pk", "content"))
            yield from (from_plain(content[pk]) for pk in keys[start : start + PIECE])


def _switch(collection: Collection, pins: list[Pin], made: Screener, by: User | None) -> Edition | None:
    """The new edition, current; None where the lists have changed meanwhile."""
    with transaction.atomic():
        locked = Collection.objects.select_for_update().get(pk=collection.pk)
        if pinned(locked) != pins:
            return None
        before = locked.current
        edition = Edition.objects.create(
            collection=locked,
            index_id=made.index_id,
            engine=made.engine_version,
            folder=f"{INDEXES}/{made.index_id}",
            versions=versions_of(pins),
            listings=sum(dataset["listings"] for dataset in made.datasets),
            incomplete=[pin.slug for pin in pins if not pin.complete],
        )
        locked.current = edition
        locked.save(update_fields=["current"])
        audit.record(
            by, "collection.compiled", ("collection", locked.slug), edition=str(edition.pk), index=edition.index_id,
            versions=edition.versions, listings=edition.listings,
        )  # fmt: skip
        for listener in ports.LISTENERS:
            listener(before, edition)
    collection.current = edition
    return edition
