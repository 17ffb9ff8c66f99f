"""What a backup says of itself: its last member, `manifest.json`.

The members are `database`, `data/…` (paths below the data folder) and the manifest, which names every other with its
size and digest.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import orjson

from tahaluf.domain import InputError, Problem, Where

FORMAT = 1
MANIFEST, DATABASE, DATA = "manifest.json", "database", "data/"
MOST_BYTES = 64 << 20


class Member(NamedTuple):
    """A file of the backup as it was saved."""

    size: int
    digest: str


@dataclass
class Manifest:
    """`engine` is the database's; `migrations` are those applied, by which a version that is too old is told;
    `audit` is the head of the audit log (sequence:digest)."""

    made_at: str
    version: str
    engine: str
    migrations: list[str]
    audit: str
    members: dict[str, Member] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        told = {"format": FORMAT, **asdict(self)}
        told["members"] = {name: {"bytes": m.size, "sha256": m.digest} for name, m in self.members.items()}
        return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def read_manifest(text: bytes, file: str) -> Manifest:
    """InputError where it is none, of another form, or names what no backup holds."""
    try:
        told = orjson.loads(text)
        if told.pop("format") != FORMAT:
            raise ValueError("format")
        members = {name: Member(int(m["bytes"]), str(m["sha256"])) for name, m in told.pop("members").items()}
        manifest = Manifest(**_texts(told), members=members)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise InputError(Problem("web.backup.format", Where(file), found=MANIFEST)) from wrong
    for name in manifest.members:
        if not is_member(name):
            raise InputError(Problem("web.backup.format", Where(file), found=name[:200]))
    return manifest


def is_member(name: str) -> bool:
    """Whether a backup may hold a file of this name: nothing that leads out of the folder it is put into."""
    if name == DATABASE:
        return True
    path = PurePosixPath(name)
    plain = not any(c in name for c in "\\:\x00") and str(path) == name and not path.is_absolute()
    return plain and name.startswith(DATA) and ".." not in path.parts and len(path.parts) > 1


def _texts(told: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(told["migrations"], list):
        raise TypeError("migrations")
    return {name: value if name == "migrations" else str(value) for name, value in told.items()}
