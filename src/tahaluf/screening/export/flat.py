"""A hit as one row of a table: the explanation shortened to two readable columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tahaluf.domain.cells import safe_cell
from tahaluf.screening.export.jsonl import read_hits

COLUMNS = (
    "query_id", "rank", "score", "subject_name", "name", "entity_id", "dataset", "caption", "name_score", "alignment",
    "attributes", "engine", "index",
)  # fmt: skip


def safe_rows(source: Path) -> Iterator[list[str | int | float]]:
    """The hits of a JSON lines file as rows that no spreadsheet takes for formulas."""
    for hit in read_hits(source):
        yield [safe_cell(value) if isinstance(value, str) else value for value in flat_hit(hit)]


def flat_hit(hit: dict[str, Any]) -> list[str | int | float]:
    """Values in the order of `COLUMNS`."""
    explanation = hit["explanation"]
    return [
        hit["query_id"], hit["rank"], hit["score"], hit["subject_name"], hit["name"], hit["entity_id"], hit["dataset"],
        hit["caption"], explanation["name_score"], alignment_text(explanation["tokens"]),
        attributes_text(explanation["attributes"]), explanation["engine"], explanation["index"],
    ]  # fmt: skip


def alignment_text(tokens: list[dict[str, Any]]) -> str:
    """`subject=listing (similarity reason)` for each step; a side that stands alone is empty."""
    return "; ".join(f"{t['subject']}={t['listing']} ({t['similarity']:.2f} {t['reason']})" for t in tokens)


def attributes_text(attributes: list[dict[str, Any]]) -> str:
    """`attribute: subject/listing (effect reason)` for each."""
    return "; ".join(
        f"{a['attribute']}: {a['subject']}/{a['listing']} ({a['effect']:+.2f} {a['reason']})" for a in attributes
    )
