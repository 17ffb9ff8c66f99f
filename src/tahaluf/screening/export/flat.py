"""A hit as one row of a table: the explanation shortened to three readable columns, scores to four decimals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tahaluf.domain.cells import safe_cell
from tahaluf.screening.export.jsonl import read_hits

Cell = str | int | float | None
COLUMNS = (
    "query_id", "rank", "score", "subject_name", "name", "entity_id", "dataset", "caption", "name_score", "alignment",
    "attributes", "engine", "index", "line", "reference", "terms", "role", "unit", "message", "segment", "field",
    "evidence",
)  # fmt: skip
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Words:
    """What a table says for stable keys (`column.score`, `reason.exact`, `attribute.gender`, `term.thin`) and for the
    values of an attribute, and whether it is read from right to left."""

    translate: Callable[[str], str]
    show: Callable[[str, str], str]
    right_to_left: bool = False


# The keys themselves.
KEYS = Words(lambda key: key.partition(".")[2], lambda _attribute, text: text)


def headings(words: Words) -> list[str]:
    """The first row of a table."""
    return [words.translate(f"column.{column}") for column in COLUMNS]


def safe_rows(source: Path, words: Words) -> Iterator[list[Cell]]:
    """The hits of a JSON lines file as rows that no spreadsheet takes for formulas."""
    for hit in read_hits(source):
        yield [safe_cell(value) if isinstance(value, str) else value for value in flat_hit(hit, words)]


def flat_hit(hit: dict[str, Any], words: Words) -> list[Cell]:
    """Values in the order of `COLUMNS`; None where a hit does not say it."""
    explanation = hit["explanation"]
    return [
        hit["query_id"], hit["rank"], short_score(hit["score"]), hit["subject_name"], hit["name"], hit["entity_id"],
        hit["dataset"], hit["caption"], short_score(explanation["name_score"]),
        alignment_text(explanation["tokens"], words), attributes_text(explanation["attributes"], words),
        explanation["engine"], explanation["index"], hit.get("line"), hit.get("reference"),
        terms_text(explanation.get("terms") or [], words), *source_cells(hit.get("source") or {}, words),
        evidence_text(hit.get("evidence")),
    ]  # fmt: skip


def short_score(score: float) -> float:
    """A score to four decimals; what is under 1 never becomes 1."""
    return round(min(score, 1 - 10**-DECIMALS) if score < 1 else score, DECIMALS)


def alignment_text(tokens: list[dict[str, Any]], words: Words) -> str:
    """`subject=listing (similarity reason)` for each step; what stands alone with `—` and with what it costs."""
    return "; ".join(
        f"{t['subject'] or '—'}={t['listing'] or '—'} ({_number_of(t)}{words.translate('reason.' + t['reason'])})"
        for t in tokens
    )


def _number_of(token: dict[str, Any]) -> str:
    if token["subject"] and token["listing"]:
        return f"{token['similarity']:.2f} "
    return f"{token['weight']:+.1f} " if token["weight"] else ""


def attributes_text(attributes: list[dict[str, Any]], words: Words) -> str:
    """`attribute: subject/listing (effect reason)` for each."""
    return "; ".join(
        f"{words.translate('attribute.' + a['attribute'])}: {words.show(a['attribute'], a['subject'])}/"
        f"{words.show(a['attribute'], a['listing'])} ({a['effect']:+.2f} {words.translate('reason.' + a['reason'])})"
        for a in attributes
    )


def terms_text(terms: list[dict[str, Any]], words: Words) -> str:
    """`term: effect` for each."""
    return "; ".join(f"{words.translate('term.' + t['term'])}: {t['effect']:+.2f}" for t in terms)


def source_cells(source: dict[str, Any], words: Words) -> list[Cell]:
    """Role, unit, message, segment and field of a subject in a message; None for what is not known."""
    role = source.get("role")
    shown = words.translate(f"role.{role}") if role else None
    return [shown, *(source.get(name) for name in ("unit", "message", "segment", "field"))]


def evidence_text(evidence: dict[str, Any] | None) -> str | None:
    """The passage with what was found in it between brackets ⟦ ⟧."""
    if evidence is None:
        return None
    text, start, end = evidence["text"], evidence["start"], evidence["end"]
    return f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
