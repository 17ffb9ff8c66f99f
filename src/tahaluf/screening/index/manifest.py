"""The manifest of a compiled index: its id, and every field of it checked before an array is touched."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tahaluf.domain import IndexFileError, Problem, Where

MANIFEST = "index.json"
MAGIC = "tahaluf index"
FORMAT = 3
MOST_MANIFEST = 1 << 20
BODY = ("format", "engine", "datasets", "arrays")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says of one array."""

    type: str
    shape: tuple[int, ...]
    crc32: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that is as specified: `datasets` are {"name", "listings"}, with "incomplete" where a list was."""

    index_id: str
    engine: str
    datasets: Sequence[Mapping[str, Any]]
    arrays: Mapping[str, Entry]


def refuse(code: str, path: Path, expected: str, found: str) -> IndexFileError:
    """The error for a file or a folder."""
    return IndexFileError(Problem(code, Where(str(path)), expected, found[:200]))


def index_id(body: Mapping[str, Any]) -> str:
    """The id that the content of a manifest gives."""
    own = {key: body.get(key) for key in BODY}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()[:32]


def read_manifest(folder: Path, engine: str) -> Manifest:
    """The manifest of an index compiled by `engine`; IndexFileError where it is anything else."""
    path = folder / MANIFEST
    manifest = _parse(path)
    if not isinstance(manifest, dict) or manifest.get("magic") != MAGIC:
        raise refuse("index.foreign", path, f'"magic": "{MAGIC}"', _short(manifest))
    version, own = manifest.get("format"), manifest.get("engine")
    if type(version) is not int or version != FORMAT or own != engine:
        raise refuse("index.version", path, f"{FORMAT} / {engine}", f"{_short(version)} / {_short(own)}")
    if index_id(manifest) != manifest.get("id"):
        raise refuse("index.damaged", path, f'"id": "{index_id(manifest)}"', _short(manifest.get("id")))
    keys = {"magic", "id", *BODY}
    if manifest.keys() != keys:
        raise refuse("index.damaged", path, ", ".join(sorted(keys)), ", ".join(sorted(manifest)))
    return Manifest(manifest["id"], engine, _datasets(path, manifest["datasets"]), _entries(path, manifest["arrays"]))


def _parse(path: Path) -> Any:
    if not path.is_file():
        raise refuse("index.foreign", path.parent, MANIFEST, "")
    try:
        with path.open("rb") as file:
            return json.loads(file.read(MOST_MANIFEST))
    except (ValueError, OSError, RecursionError) as broken:
        raise refuse("index.damaged", path, "JSON", str(broken)) from broken


def _datasets(path: Path, found: Any) -> Sequence[Mapping[str, Any]]:
    whole = isinstance(found, list) and all(map(_is_dataset, found))
    if not whole or [entry["name"] for entry in found] != sorted({entry["name"] for entry in found}):
        expected = '"datasets": [{"name", "listings"[, "incomplete": true]}, …]'
        raise refuse("index.damaged", path, expected, _short(found))
    return list(found)


def _is_dataset(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() - {"incomplete"} == {"name", "listings"}
        and entry.get("incomplete", True) is True
        and isinstance(entry["name"], str)
        and not any("\ud800" <= char <= "\udfff" for char in entry["name"])
        and _is_size(entry["listings"])
    )


def _entries(path: Path, found: Any) -> Mapping[str, Entry]:
    if not isinstance(found, dict):
        raise refuse("index.damaged", path, '"arrays": {…}', _short(found))
    for name, entry in found.items():
        if not _is_entry(entry):
            expected = f'"{name[:40]}": {{"type", "shape", "crc32", "sha256"}}'
            raise refuse("index.damaged", path, expected, _short(entry))
    return {name: Entry(entry["type"], tuple(entry["shape"]), entry["crc32"]) for name, entry in found.items()}


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == {"type", "shape", "crc32", "sha256"}
        and isinstance(entry["type"], str)
        and isinstance(entry["shape"], list)
        and all(map(_is_size, entry["shape"]))
        and _is_size(entry["crc32"])
        and isinstance(entry["sha256"], str)
        and _DIGEST.fullmatch(entry["sha256"]) is not None
    )


def _is_size(value: Any) -> bool:
    return type(value) is int and value >= 0


def _short(value: Any) -> str:
    return (value if isinstance(value, str) else json.dumps(value))[:80]
