"""Folds resources/headings.yaml into the table that the package carries; `--check` fails if the two differ."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from tahaluf.messages.table.fold import fold_heading

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "headings.yaml"
TARGET = ROOT / "src" / "tahaluf" / "messages" / "table" / "headings.json"


def build(source: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Folded word → what it means, for each section; a word that means two things is an error."""
    headings: dict[str, list[str]] = {
        role: [word for words in by_language.values() for word in words]
        for role, by_language in source.pop("headings").items()
    }
    tables = {"headings": _folded("headings", headings)}
    # As they are written, beside them as they are compared: the reader looks at the first letters before it folds.
    tables["no_names"] = {fold_heading(word): word.casefold() for word in source.pop("no_names")}
    for section, meanings in source.items():
        tables[section] = _folded(section, {str(meaning): words for meaning, words in meanings.items()})
    return tables


def _folded(section: str, meanings: dict[str, list[str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for meaning, words in meanings.items():
        for word in (meaning, *words):
            folded = fold_heading(str(word))
            if not folded or table.setdefault(folded, meaning) != meaning:
                raise SystemExit(f"{section}: {word!r} stands for {table.get(folded)!r} and for {meaning!r}")
    return dict(sorted(table.items()))


def main() -> None:
    text = json.dumps(build(yaml.safe_load(SOURCE.read_text("utf-8"))), ensure_ascii=False, indent=0) + "\n"
    if "--check" not in sys.argv:
        TARGET.write_text(text, "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != text:
        raise SystemExit(f"{TARGET.name} does not follow from {SOURCE.name}: run scripts/build_headings.py")


if __name__ == "__main__":
    main()
