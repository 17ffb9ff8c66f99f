"""A small stand-in for the engine, so that the command line's own promises are tested without it.

An index is a folder with one JSON file; the score is the share of words in common.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from tahaluf.domain import (
    Explanation,
    Hit,
    IndexFileError,
    Listing,
    PartyRole,
    Problem,
    Source,
    Subject,
    TokenMatch,
    Where,
)
from tahaluf.screening.export import Lines, render_rows

VERSION = "fake-1"


class FakeScreener:
    """Reads and scores as the real one does, by its interface."""

    engine_version = VERSION
    default_threshold = 0.7

    def __init__(self, path: Path) -> None:
        file = path / "fake.json"
        if not file.exists():
            raise IndexFileError(Problem("screening.index.foreign", Where(str(path))))
        text = file.read_bytes()
        held = json.loads(text)
        self.entries: list[dict[str, Any]] = held["entries"]
        self.index_id = hashlib.sha256(text).hexdigest()[:12]
        self.datasets = [{"name": "fake", "listings": len(self.entries)}]
        self.datasets += [{"name": name, "listings": 0, "incomplete": True} for name in held["incomplete"]]

    @classmethod
    def open(cls, path: Path) -> "FakeScreener":
        return cls(Path(path))

    @classmethod
    def compile(cls, listings: Iterable[Listing], out: Path, incomplete: Collection[str] = ()) -> "FakeScreener":
        entries = [
            {"id": x.id, "dataset": x.dataset, "caption": x.caption, "names": [name.text for name in x.names]}
            for x in listings
        ]
        out.mkdir(parents=True)
        (out / "fake.json").write_text(json.dumps({"entries": entries, "incomplete": sorted(incomplete)}), "utf-8")
        return cls(out)

    def screen_batch(self, batch: pa.RecordBatch, *, top: int, threshold: float) -> list[list[Hit]]:
        return [
            [
                replace(hit, line=row["line"], source=_source_of(row))
                for hit in self._best(row["id"], row["names"], top, threshold)
            ]
            for row in batch.to_pylist()
        ]

    def prepare(self) -> None:
        """Nothing is to be loaded."""

    def screen_lines(self, batch: pa.RecordBatch, *, top: int, threshold: float) -> Lines:
        return render_rows(self.screen_batch(batch, top=top, threshold=threshold))

    def match(self, subject: Subject, *, top: int = 5, threshold: float | None = None) -> list[Hit]:
        return self._best(subject.id, subject.names, top, self.default_threshold if threshold is None else threshold)

    def listing(self, listing_id: str) -> dict[str, Any]:
        return {entry["id"]: entry for entry in self.entries}[listing_id]

    def _best(self, subject: str, names: Iterable[str], top: int, threshold: float) -> list[Hit]:
        scored = []
        for entry in self.entries if names else []:
            score, mine, theirs = max((_likeness(a, b), a, b) for a in names for b in entry["names"])
            if score >= threshold and (score > 0 or threshold == 0):
                scored.append((-score, entry["id"], entry, mine, theirs))
        return [self._hit(subject, rank, *found) for rank, found in enumerate(sorted(scored)[:top], start=1)]

    def _hit(self, subject: str, rank: int, score: float, listing: str, entry: Any, mine: str, theirs: str) -> Hit:
        tokens = (TokenMatch(mine, theirs, -score, 1.0, "same"),)
        why = Explanation(mine, theirs, -score, tokens, (), VERSION, self.index_id)
        return Hit(subject, listing, entry["dataset"], -score, rank, entry["caption"], why)


def _source_of(row: dict[str, Any]) -> Source | None:
    if row["unit"] is None:
        return None
    return Source(PartyRole(row["role"]), *(row[name] for name in ("unit", "message", "segment", "field")))


def _likeness(one: str, other: str) -> float:
    left, right = set(one.casefold().split()), set(other.casefold().split())
    return round(len(left & right) / len(left | right), 4)


def replacements() -> dict[str, Any]:
    """What stands in for the names of `tahaluf.cli.engine`."""
    return {
        "is_index": is_index,
        "engine_version": lambda: VERSION,
        "open_index": FakeScreener.open,
        "compile_index": FakeScreener.compile,
        "kernels_are_ready": lambda: True,
    }


def install() -> None:
    """Puts the stand-in where the command line looks for the engine, in a process of its own."""
    from tahaluf.cli import engine

    vars(engine).update(replacements())


def is_index(path: Path) -> bool:
    return (Path(path) / "fake.json").exists()
