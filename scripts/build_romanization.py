"""Compile resources/romanization.yaml into the table that `tahaluf.names.letters` reads; --check only compares."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "resources" / "romanization.yaml"
TABLE = ROOT / "src" / "tahaluf" / "names" / "tables" / "romanization.json"


def compile_table(source: dict[str, Any]) -> str:
    """The table's text: letters as the reader indexes them, groups longest first."""
    skeleton = source["skeleton"]
    longest_first = sorted(source["latin_units"], key=lambda unit: (-len(unit), unit))
    table = {
        "cyrillic": source["cyrillic"],
        "respelled": dict(sorted(source["respelled"].items(), key=lambda item: (-len(item[0]), item[0]))),
        "arabic_letters": "".join(source["arabic"]),
        "arabic_units": [*sorted(fold_free(source["arabic_units"])), *source["arabic"]],
        "latin_units": [*longest_first, *"abcdefghijklmnopqrstuvwxyz"],
        "arabic_skeleton": {letter: symbol for symbol, letters in skeleton["arabic"].items() for letter in letters},
        "latin_skeleton": dict(sorted(skeleton["latin"].items(), key=lambda item: (-len(item[0]), item[0]))),
    }
    return json.dumps(table, ensure_ascii=False, indent=0) + "\n"


def fold_free(units: list[str]) -> list[str]:
    """Pairs of base letters only: the reader folds before it cuts."""
    return [unit for unit in units if "ء" not in unit]


def main() -> int:
    text = compile_table(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))
    if "--check" in sys.argv:
        same = TABLE.exists() and TABLE.read_text(encoding="utf-8") == text
        print(
            f"{TABLE.name}: {'as its source' if same else 'differs from its source, run scripts/build_romanization.py'}"
        )
        return 0 if same else 1
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
