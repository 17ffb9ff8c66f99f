"""Hits as Parquet, with the explanation as a structure, a group of rows at a time."""

import itertools
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tahaluf.screening.export.jsonl import read_hits

GROUP_ROWS = 16_384
_TEXT, _REAL, _WHOLE = pa.string(), pa.float64(), pa.int64()
_TOKEN = {"subject": _TEXT, "listing": _TEXT, "similarity": _REAL, "weight": _REAL, "reason": _TEXT}
_ATTRIBUTE = {"attribute": _TEXT, "reason": _TEXT, "effect": _REAL, "subject": _TEXT, "listing": _TEXT}
_EXPLANATION = {
    "name_score": _REAL,
    "tokens": pa.list_(pa.struct(_TOKEN)),
    "attributes": pa.list_(pa.struct(_ATTRIBUTE)),
    "engine": _TEXT,
    "index": _TEXT,
    "terms": pa.list_(pa.struct({"term": _TEXT, "effect": _REAL})),
}
HIT_SCHEMA = pa.schema(
    {
        "query_id": _TEXT,
        "entity_id": _TEXT,
        "score": _REAL,
        "name": _TEXT,
        "dataset": _TEXT,
        "caption": _TEXT,
        "rank": _WHOLE,
        "subject_name": _TEXT,
        "explanation": pa.struct(_EXPLANATION),
        "line": _WHOLE,
        "reference": _TEXT,
        "source": pa.struct({"role": _TEXT, "unit": _WHOLE, "message": _TEXT, "segment": _WHOLE, "field": _TEXT}),
        "evidence": pa.struct({"text": _TEXT, "start": _WHOLE, "end": _WHOLE}),
    }
)


def write_parquet(source: Path, target: Path) -> None:
    """The hits of `source` (JSON lines) as rows under `HIT_SCHEMA`."""
    hits = read_hits(source)
    with pq.ParquetWriter(target, HIT_SCHEMA) as writer:
        while some := list(itertools.islice(hits, GROUP_ROWS)):
            writer.write_table(pa.Table.from_pylist(some, schema=HIT_SCHEMA))
