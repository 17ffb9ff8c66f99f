"""Compile resources/common_names.yaml into the table of common names; --check only compares."""

import json
import sys
from pathlib import Path

import yaml

from tahaluf.names.compounds import normalize_compound
from tahaluf.names.fold import fold

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "resources" / "common_names.yaml"
TABLE = ROOT / "src" / "tahaluf" / "names" / "tables" / "common_names.json"


def compile_table(source: dict[str, dict[str, list[object]]]) -> str:
    """Rows [frequency per thousand, gender or "", spellings], each spelling folded and its compounds in the one
    form."""
    rows = []
    for group, names in source.items():
        for arabic, (frequency, *latin) in names.items():
            spellings = [normalize_compound(fold(str(text))) for text in [*arabic.split(), *latin]]
            rows.append([frequency, {"men": "male", "women": "female"}.get(group, ""), sorted(set(spellings))])
    return json.dumps(rows, ensure_ascii=False, indent=None, separators=(",", ":")).replace("],[", "],\n[") + "\n"


def main() -> int:
    text = compile_table(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))
    if "--check" in sys.argv:
        same = TABLE.exists() and TABLE.read_text(encoding="utf-8") == text
        print(
            f"{TABLE.name}: {'as its source' if same else 'differs from its source, run scripts/build_common_names.py'}"
        )
        return 0 if same else 1
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
