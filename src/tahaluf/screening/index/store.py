"""A compiled index on disk: a folder of arrays and texts, and a manifest that says what each must be.

The format is specified in `spec/index-file.md`. `write_index` makes a folder whole or not at all; `read_index` maps the
arrays into memory and refuses what is damaged, foreign or of another version (IndexFileError).
"""

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import IndexFileError, Problem, Where
from tahaluf.names.likeness.kernel import Codes
from tahaluf.screening.index.arrays import NameIndex

MANIFEST = "index.json"
MAGIC = "tahaluf index"
FORMAT = 1
MOST_MANIFEST = 1 << 20
DTYPES = frozenset({"bool", "int8", "int16", "int32", "int64", "uint8", "uint32", "uint64", "float32"})


@dataclass(frozen=True, slots=True)
class Texts:
    """N texts end to end in `data` (UTF-8); text k lies at `starts[k]` to `starts[k + 1]`."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.data[self.starts[number] : self.starts[number + 1]].tobytes()


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """A whole index: names, and by listing its id, caption, attributes and details (JSON), and by name its text."""

    names: NameIndex
    texts: Mapping[str, Texts]
    index_id: str
    engine: str
    datasets: Sequence[Mapping[str, Any]]


def pack_texts(texts: Sequence[bytes]) -> Texts:
    """Texts for storing."""
    starts = np.concatenate([[0], np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))]).astype(np.int64)
    return Texts(np.frombuffer(b"".join(texts), dtype=np.uint8), starts)


def is_index(path: Path) -> bool:
    """Whether a folder is, or was meant to be, a compiled index."""
    return (path / MANIFEST).is_file()


def write_index(
    out: Path, names: NameIndex, texts: Mapping[str, Texts], engine: str, datasets: Sequence[object]
) -> str:
    """Write a new index folder `out` (which must not exist) and return its id, the hash of its content."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".index-", dir=out.parent) as folder:
        made = Path(folder) / "index"
        made.mkdir()
        arrays = {name: _write(made / f"{name}.bin", array) for name, array in _arrays(names, texts).items()}
        body = {"format": FORMAT, "engine": engine, "datasets": list(datasets), "arrays": arrays}
        index_id = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
        text = json.dumps({"magic": MAGIC, "id": index_id, **body}, ensure_ascii=False, indent=1)
        (made / MANIFEST).write_text(text, encoding="utf-8")
        made.rename(out)
    return index_id


def _arrays(names: NameIndex, texts: Mapping[str, Texts]) -> dict[str, NDArray[Any]]:
    own = {f.name: getattr(names, f.name) for f in fields(names) if f.name != "codes"}
    codes = {f"codes_{name}": array for name, array in names.codes._asdict().items()}
    data = {f"text_{name}": text.data for name, text in texts.items()}
    starts = {f"text_{name}_starts": text.starts for name, text in texts.items()}
    return own | codes | data | starts


def _write(path: Path, array: NDArray[Any]) -> dict[str, object]:
    data = np.ascontiguousarray(array)
    raw = data.tobytes()
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    digest = hashlib.sha256(raw).hexdigest()
    return {"type": data.dtype.name, "shape": list(data.shape), "crc32": zlib.crc32(raw), "sha256": digest}


def read_index(path: Path, engine: str) -> StoredIndex:
    """Map an index into memory, every array checked against the manifest."""
    manifest = _manifest(path, engine)
    try:
        return _read_all(path, manifest)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as broken:
        raise _refuse("index.damaged", path / MANIFEST, "entries of the format", repr(broken)[:80]) from broken


def _read_all(path: Path, manifest: dict[str, Any]) -> StoredIndex:
    arrays = {name: _read(path, name, entry) for name, entry in manifest["arrays"].items()}
    codes = Codes(*(arrays[f"codes_{name}"] for name in Codes._fields))
    own = {f.name: arrays[f.name] for f in fields(NameIndex) if f.name != "codes"}
    stems = [name[5:-7] for name in arrays if name.startswith("text_") and name.endswith("_starts")]
    texts = {stem: Texts(arrays[f"text_{stem}"], arrays[f"text_{stem}_starts"]) for stem in stems}
    return StoredIndex(NameIndex(codes=codes, **own), texts, manifest["id"], manifest["engine"], manifest["datasets"])


def _manifest(path: Path, engine: str) -> dict[str, Any]:
    try:
        with (path / MANIFEST).open("rb") as file:
            manifest = json.loads(file.read(MOST_MANIFEST))
    except FileNotFoundError as missing:
        raise _refuse("index.foreign", path, MANIFEST, "no such file") from missing
    except (ValueError, OSError, RecursionError) as broken:
        raise _refuse("index.damaged", path / MANIFEST, "JSON", str(broken)) from broken
    if not isinstance(manifest, dict) or manifest.get("magic") != MAGIC:
        raise _refuse("index.foreign", path / MANIFEST, f'"magic": "{MAGIC}"', str(manifest)[:60])
    if manifest.get("format") != FORMAT or manifest.get("engine") != engine:
        found = f"{manifest.get('format')} / {manifest.get('engine')}"
        raise _refuse("index.version", path / MANIFEST, f"{FORMAT} / {engine}", found)
    body = {key: manifest.get(key) for key in ("format", "engine", "datasets", "arrays")}
    if hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32] != manifest.get("id"):
        raise _refuse("index.damaged", path / MANIFEST, "the id that its content gives", str(manifest.get("id")))
    return manifest


def _read(path: Path, name: str, entry: Mapping[str, Any]) -> NDArray[Any]:
    file = path / f"{name}.bin"
    if entry["type"] not in DTYPES or not name.isidentifier():
        raise _refuse("index.damaged", path / MANIFEST, "a known type", str(entry["type"]))
    shape = tuple(int(size) for size in entry["shape"])
    dtype = np.dtype(entry["type"])
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    try:
        found = file.stat().st_size
        if found != size:
            raise _refuse("index.damaged", file, f"{size} bytes", f"{found}")
        array = np.memmap(file, dtype=dtype, mode="c", shape=shape) if size else np.zeros(shape, dtype=dtype)
    except OSError as broken:
        raise _refuse("index.damaged", file, f"{size} bytes", str(broken)) from broken
    if zlib.crc32(array.data if size else b"") != entry["crc32"]:
        raise _refuse("index.damaged", file, "the checksum of the manifest", "another")
    return array.view(np.ndarray)


def _refuse(code: str, path: Path, expected: str, found: str) -> IndexFileError:
    return IndexFileError(Problem(code, Where(str(path)), expected, found))
