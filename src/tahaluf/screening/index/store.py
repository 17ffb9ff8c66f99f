"""A compiled index on disk: a folder of arrays and texts, and a manifest that says what each must be.

The format is specified in `spec/index-file.md`. `write_index` makes a folder whole or not at all; `read_index` maps the
arrays into memory and refuses what is damaged, foreign, of another version, or would lead compiled code astray
(IndexFileError).
"""

import hashlib
import json
import math
import os
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from mmap import ACCESS_COPY, mmap
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from tahaluf.domain import IndexFileError
from tahaluf.names.likeness.kernel import Codes
from tahaluf.screening.index.arrays import NameIndex, NumberIndex
from tahaluf.screening.index.layout import ARRAYS, TEXTS, known_sizes
from tahaluf.screening.index.manifest import FORMAT, MAGIC, MANIFEST, Entry, Manifest, index_id, read_manifest, refuse
from tahaluf.screening.index.rules import find_fault

__all__ = ["MANIFEST", "StoredIndex", "TextPacker", "Texts", "is_index", "pack_texts", "read_index", "write_index"]


@dataclass(frozen=True, slots=True)
class Texts:
    """N texts end to end in `data` (UTF-8); text k lies at `starts[k]` to `starts[k + 1]`. `file`: where they are."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    file: Path = Path()

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.data[self.starts[number] : self.starts[number + 1]].tobytes()

    def text(self, number: int) -> str:
        """One text; IndexFileError where it is none. Texts are looked at when they are needed, not at opening."""
        try:
            return self[number].decode()
        except UnicodeDecodeError as broken:
            raise self.refusal("UTF-8", number) from broken

    def some(self, numbers: NDArray[np.int64]) -> list[str]:
        """Many texts, as `text` gives one."""
        data = self.data.data
        places = zip(self.starts[numbers].tolist(), self.starts[numbers + 1].tolist(), strict=True)
        try:
            return [str(data[start:stop], "utf-8") for start, stop in places]
        except UnicodeDecodeError:
            return [self.text(number) for number in numbers.tolist()]

    def json(self, number: int) -> Any:
        """What one text says; IndexFileError where it is no JSON."""
        return self.parsed(self[number], number)

    def parsed(self, text: bytes | str, number: int) -> Any:
        """What `text`, the one of this number, says."""
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError as broken:
            raise self.refusal("JSON", number) from broken

    def refusal(self, expected: str, number: int) -> IndexFileError:
        """The error for a text that is not what it must be."""
        return refuse("index.damaged", self.file, expected, f"[{number}]: {ascii(self[number])[2:-1]}")


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """A whole index: names, documents' numbers, and by listing its id, caption, attributes and details (JSON), and by
    name its text."""

    names: NameIndex
    numbers: NumberIndex
    texts: Mapping[str, Texts]
    index_id: str
    engine: str
    datasets: Sequence[Mapping[str, Any]]


class TextPacker:
    """Texts put end to end as they come: an object for each would take many times their room."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._starts = array("q", [0])

    def add(self, text: bytes) -> None:
        """Puts one text after the others."""
        self._data += text
        self._starts.append(len(self._data))

    def pack(self) -> Texts:
        """Texts for storing; nothing can be added any more."""
        return Texts(np.frombuffer(self._data, dtype=np.uint8), np.asarray(self._starts, dtype=np.int64))


def pack_texts(texts: Iterable[bytes]) -> Texts:
    """Texts for storing."""
    packer = TextPacker()
    for text in texts:
        packer.add(text)
    return packer.pack()


def is_index(path: Path) -> bool:
    """Whether a folder is, or was meant to be, a compiled index."""
    return (path / MANIFEST).is_file()


def write_index(
    out: Path,
    names: NameIndex,
    numbers: NumberIndex,
    texts: Mapping[str, Texts],
    *,
    engine: str,
    datasets: Sequence[object],
) -> str:
    """Write a new index folder `out` (which must not exist) and return its id, the hash of its content."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".index-", dir=out.parent) as folder:
        made = Path(folder) / "index"
        made.mkdir()
        whole = _arrays(names, numbers, texts)
        arrays = {name: _write_array(made / f"{name}.bin", array) for name, array in whole.items()}
        body = {"format": FORMAT, "engine": engine, "datasets": list(datasets), "arrays": arrays}
        own_id = index_id(body)
        text = json.dumps({"magic": MAGIC, "id": own_id, **body}, ensure_ascii=False, indent=1)
        _write(made / MANIFEST, text.encode())
        _sync_folder(made)
        made.rename(out)
        _sync_folder(out.parent)
    return own_id


def _arrays(names: NameIndex, numbers: NumberIndex, texts: Mapping[str, Texts]) -> dict[str, NDArray[Any]]:
    own = {f.name: getattr(names, f.name) for f in fields(names) if f.name != "codes"}
    own |= {f.name: getattr(numbers, f.name) for f in fields(numbers)}
    codes = {f"codes_{name}": array for name, array in names.codes._asdict().items()}
    data = {f"text_{name}": text.data for name, text in texts.items()}
    starts = {f"text_{name}_starts": text.starts for name, text in texts.items()}
    return own | codes | data | starts


def _write_array(path: Path, array: NDArray[Any]) -> dict[str, object]:
    raw = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).reshape(-1).view(np.uint8).data
    _write(path, raw)
    digest = hashlib.sha256(raw).hexdigest()
    return {"type": array.dtype.name, "shape": list(array.shape), "crc32": zlib.crc32(raw), "sha256": digest}


def _write(path: Path, raw: bytes | memoryview) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Sees that the names in a folder are on the disk, where the system lets a folder be synced."""
    if os.name == "posix":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_index(path: Path, engine: str) -> StoredIndex:
    """Map an index into memory, every array checked against the manifest and against the format."""
    manifest = read_manifest(path, engine)
    if manifest.arrays.keys() != ARRAYS.keys():
        missing, more = ARRAYS.keys() - manifest.arrays.keys(), manifest.arrays.keys() - ARRAYS.keys()
        raise refuse("index.damaged", path / MANIFEST, ", ".join(sorted(missing)), ", ".join(sorted(more)))
    arrays = {name: _read_array(path, name, manifest.arrays[name]) for name in ARRAYS}
    _check_content(path, manifest, arrays)
    _check_counts(path, manifest, len(arrays["listing_kind"]))
    codes = Codes(*(arrays[f"codes_{name}"] for name in Codes._fields))
    names = NameIndex(codes=codes, **{f.name: arrays[f.name] for f in fields(NameIndex) if f.name != "codes"})
    numbers = NumberIndex(**{f.name: arrays[f.name] for f in fields(NumberIndex)})
    texts = {
        stem: Texts(arrays[f"text_{stem}"], arrays[f"text_{stem}_starts"], path / f"text_{stem}.bin") for stem in TEXTS
    }
    return StoredIndex(names, numbers, texts, manifest.index_id, engine, manifest.datasets)


def _check_content(path: Path, manifest: Manifest, arrays: Mapping[str, NDArray[Any]]) -> None:
    # Checksums are taken beside the checks of values: both are long loops that need no interpreter.
    with ThreadPoolExecutor(1) as beside:
        summed = beside.submit(lambda: {name: zlib.crc32(array.data) for name, array in arrays.items() if array.size})
        broken = find_fault(ARRAYS, arrays, known_sizes())
        found = summed.result()
    for name, entry in manifest.arrays.items():
        if (checksum := found.get(name, 0)) != entry.crc32:
            file = path / f"{name}.bin"
            raise refuse("index.damaged", file, f"CRC-32 {entry.crc32:08x}", f"CRC-32 {checksum:08x}")
    if broken is not None:
        name, fault = broken
        raise refuse("index.damaged", path / f"{name}.bin", fault.expected, fault.found)


def _check_counts(path: Path, manifest: Manifest, listings: int) -> None:
    count = sum(entry["listings"] for entry in manifest.datasets)
    if count != listings:
        raise refuse("index.damaged", path / MANIFEST, f'"listings": Σ = {listings}', str(count))


def _read_array(path: Path, name: str, entry: Entry) -> NDArray[Any]:
    file, rule = path / f"{name}.bin", ARRAYS[name]
    if entry.type != rule.type or len(entry.shape) != len(rule.shape):
        expected = f"{rule.type} {list(rule.shape)}"
        raise refuse("index.damaged", path / MANIFEST, expected, f"{name}: {entry.type} {list(entry.shape)}")
    dtype = np.dtype(rule.type).newbyteorder("<")
    size = math.prod(entry.shape) * dtype.itemsize
    try:
        found = file.stat().st_size
        if found != size:
            raise refuse("index.damaged", file, f"{size} bytes", f"{found} bytes")
        array = np.frombuffer(_map_file(file, size), dtype=dtype) if size else np.zeros(0, dtype=dtype)
        # Compiled code takes the machine's own order only; where that is little-endian this is no copy.
        return array.reshape(entry.shape).astype(np.dtype(rule.type), copy=False)
    except (OSError, ValueError, OverflowError) as broken:
        raise refuse("index.damaged", file, f"{size} bytes", str(broken)) from broken


def _map_file(file: Path, size: int) -> mmap:
    """The file as memory; what is written there stays in this process."""
    with file.open("rb", buffering=0) as opened:
        return mmap(opened.fileno(), size, access=ACCESS_COPY)
