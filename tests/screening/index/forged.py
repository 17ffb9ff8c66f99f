"""Indexes that are wrong and yet agree with themselves: every size, checksum and id is made to fit the change."""

import json
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import Alias, DateSpan, Document, Kind, Listing, PartialDate
from tahaluf.screening.index.manifest import MANIFEST, index_id

Array = NDArray[Any]
LISTINGS = (
    Listing("t-1", Kind.PERSON, "test", (Alias("Zoubeir Ould Khatry Tarawely"), Alias("الزبير ولد خطري الطراولي"))),
    Listing("t-2", Kind.VESSEL, "test", (Alias("Noor Al Sahel"), Alias("Kaltouma Star"))),
    Listing("t-3", Kind.COMPANY, "other", (Alias("Société Baraka Transit SARL"),)),
    Listing(
        "t-4", Kind.PERSON, "test", (Alias("Mokhtar Bouderbala"),), birth_dates=(DateSpan(PartialDate(1971)),),
        documents=(Document("N 0482913", "passport", "ml"), Document("AB12345", "identification")),
    ),
)  # fmt: skip


def read_array(folder: Path, name: str) -> Array:
    """A stored array as the manifest says it is."""
    entry = json.loads((folder / MANIFEST).read_text("utf-8"))["arrays"][name]
    return np.frombuffer((folder / f"{name}.bin").read_bytes(), entry["type"]).reshape(entry["shape"]).copy()


def forge_array(folder: Path, name: str, array: Array) -> None:
    """Puts another array in the place of one, and says so in the manifest."""
    raw = np.ascontiguousarray(array).tobytes()
    (folder / f"{name}.bin").write_bytes(raw)
    entry = {
        "type": array.dtype.name,
        "shape": list(array.shape),
        "crc32": zlib.crc32(raw),
        "sha256": sha256(raw).hexdigest(),
    }
    forge_manifest(folder, lambda manifest: manifest["arrays"].update({name: entry}))


def forge_manifest(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Changes the manifest and gives it the id of its new content."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    change(manifest)
    manifest["id"] = index_id(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
