"""JSON lines as blocks: the keys of the objects are the headings, arrays are several values."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from tahaluf.domain import Problem, Where
from tahaluf.messages.rejects import RejectSink
from tahaluf.messages.table.blocks import BLOCK_ROWS, MAX_COLUMNS, SEPARATOR, Block
from tahaluf.messages.table.headings import role_of
from tahaluf.messages.table.textlines import BadLine, iter_lines

MAX_DEPTH = 64
Objects = Iterator[list[tuple[int, str, dict[str, Any]]]]


def objects(blocks: Iterable[bytes], encoding: str, bad: list[BadLine]) -> Objects:
    """The objects with their lines and texts, `BLOCK_ROWS` at a time; lines that hold none go to `bad`."""
    found: list[tuple[int, str, dict[str, Any]]] = []
    for numbers, texts in iter_lines(blocks, encoding, bad):
        for number, text in zip(numbers, texts, strict=True):
            if not text or text.isspace():
                continue
            value, problem = _parse(text)
            if value is None:
                bad.append(BadLine(number, "messages.table.json", "JSON object", problem, text))
                continue
            found.append((number, text, value))
            if len(found) == BLOCK_ROWS:
                yield found
                found = []
    yield found


def read_json_lines(lines: Objects, file: str, rejects: RejectSink) -> Iterator[Block]:
    """Objects as rows, under all keys that occur in their block."""
    for found in lines:
        keys = dict.fromkeys(key for _, _, value in found for key in value)
        header = tuple(keys)[:MAX_COLUMNS]
        rows = [[cell_text(value.get(key)) for key in header] for _, _, value in found]
        _report_nested(found, header, file, rejects)
        yield Block(rows, [number for number, _, _ in found], [text for _, text, _ in found], header)


def cell_text(value: object) -> str:
    """A JSON or Arrow value as the text of a cell; what is nested further is left out."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(filter(None, map(cell_text, value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_nested(value: object) -> bool:
    """Whether a cell holds structure that no role knows."""
    return isinstance(value, dict) or (isinstance(value, list) and any(map(is_nested, value)))


def _report_nested(
    found: list[tuple[int, str, dict[str, Any]]], header: tuple[str, ...], file: str, rejects: RejectSink
) -> None:
    known = [key for key in header if role_of(key)]
    for number, text, value in found:
        for key in known:
            if is_nested(value.get(key)):
                nested = orjson.dumps(value[key]).decode()[:200]
                problem = Problem("messages.table.nested", Where(file, number, key), "text", nested)
                rejects.note(problem, text)


def _parse(text: str) -> tuple[dict[str, Any] | None, str]:
    try:
        value = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as malformed:
        return None, str(malformed)
    if text.count("[") + text.count("{") > MAX_DEPTH and _is_deep(value):
        return None, f"> {MAX_DEPTH} [ {{"
    return (value, "") if isinstance(value, dict) else (None, type(value).__name__)


def _is_deep(value: object) -> bool:
    """Whether structures stand in one another beyond what is walked safely."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        held = (item.values() if isinstance(item, dict) else item for item in level if isinstance(item, (dict, list)))
        level = [inner for values in held for inner in values]
    return bool(level)
