"""What the files of a bundle are, told by their names, and how long each may be. No name becomes a path of a disk."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tahaluf.exchange.bundle.tar import is_name
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.ids import is_member_id, split_index_origin, split_origin
from tahaluf.exchange.merkle.hashing import HASH
from tahaluf.exchange.merkle.tiles import ENTRY, WIDTH, number_path

AGAIN = "again/"
NOTE = 4_194_304
SHORT = 65_536
PAYLOADS = 67_108_864
NUMBER = r"(?P<number>(?:x[0-9]{3}/){0,5}[0-9]{3}(?:\.p/[0-9]{1,3})?)"
ORIGIN = r"(?P<origin>[^/]+/log/1/[^/]+)"
PART = r"(?P<part>[^/]+)"


class Kind(StrEnum):
    """What a file is."""

    MANIFEST = "manifest"
    PAD = "pad"
    REGISTRY = "registry"
    INDEX = "index"
    CHECKPOINT = "checkpoint"
    AUDIENCE = "audience"
    COSIGNED = "cosigned"
    HASHES = "hashes"
    ENTRIES = "entries"
    PAYLOAD = "payload"


FORMS = tuple(
    (kind, re.compile(form))
    for kind, form in (
        (Kind.HASHES, rf"{ORIGIN}/tile/(?P<level>[0-6])/{NUMBER}"),
        (Kind.ENTRIES, rf"{ORIGIN}/tile/entries/{NUMBER}"),
        (Kind.PAYLOAD, rf"{ORIGIN}/payload/{NUMBER}"),
        (Kind.CHECKPOINT, rf"{ORIGIN}/checkpoint"),
        (Kind.AUDIENCE, rf"{ORIGIN}/audience"),
        (Kind.COSIGNED, rf"{ORIGIN}/cosigned/{PART}"),
        (Kind.INDEX, r"(?P<origin>[^/]+/index/1/[^/]+)"),
        (Kind.REGISTRY, rf"registry/{PART}"),
        (Kind.MANIFEST, r"bundle\.json"),
        (Kind.PAD, "pad"),
    )
)
BOUNDS = {
    Kind.MANIFEST: NOTE,
    Kind.PAD: SHORT,
    Kind.REGISTRY: NOTE,
    Kind.INDEX: NOTE,
    Kind.CHECKPOINT: SHORT,
    Kind.AUDIENCE: SHORT,
    Kind.COSIGNED: SHORT,
    Kind.PAYLOAD: PAYLOADS,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A file: its kind; the origin of its log or index note; `part`, a registry file's or cosigner's name; its tile."""

    name: str
    kind: Kind
    origin: str = ""
    part: str = ""
    level: int = 0
    number: int = 0
    width: int = WIDTH
    again: bool = False

    @property
    def is_head(self) -> bool:
        """Whether it stands, twice, before the tiles: all but payloads, entries and the full tiles of leaf hashes."""
        leaves = self.kind is Kind.HASHES and self.level == 0 and self.width == WIDTH
        return self.kind not in (Kind.ENTRIES, Kind.PAYLOAD, Kind.PAD) and not leaves

    def fits(self, size: int) -> bool:
        """Whether a file of this kind may have that many bytes."""
        if self.kind is Kind.HASHES:
            return size == self.width * HASH
        return size == self.width * ENTRY if self.kind is Kind.ENTRIES else size <= BOUNDS[self.kind]


def parse_place(name: str) -> Place | None:
    """What the file of a name is; None for a name that no bundle has."""
    if not is_name(name):
        return None
    plain = name.removeprefix(AGAIN)
    for kind, form in FORMS:
        found = form.fullmatch(plain)
        if found:
            place = _place(plain, kind, found.groupdict(), again=plain != name)
            return place if place and (place.is_head or not place.again) else None
    return None


def _place(name: str, kind: Kind, parts: dict[str, str], *, again: bool) -> Place | None:
    origin, part, tile = parts.get("origin", ""), parts.get("part", ""), parts.get("number", "")
    try:
        if kind is Kind.INDEX:
            split_index_origin(origin)
        elif origin:
            split_origin(origin)
    except ExchangeError:
        return None
    if kind is Kind.COSIGNED and not is_member_id(part):
        return None
    if not tile:
        return Place(name, kind, origin, part, again=again)
    path, _, wide = tile.partition(".p/")
    number, width = int(path.replace("x", "").replace("/", "")), int(wide or WIDTH)
    if not 1 <= width <= WIDTH or number_path(number, width) != tile:
        return None
    return Place(name, kind, origin, "", int(parts.get("level", 0)), number, width, again)
