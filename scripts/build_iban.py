"""Folds resources/iban.yaml into the table that the package carries; `--check` fails if the two differ."""

import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "iban.yaml"
TARGET = ROOT / "src" / "tahaluf" / "messages" / "accounts" / "iban.json"
SHORTEST, LONGEST = 15, 34


def build(source: dict[str, dict[str, int]]) -> dict[str, int]:
    """Country (upper-case alpha-2, as an IBAN begins) → length; a country given twice is an error."""
    table: dict[str, int] = {}
    for lengths in source.values():
        for country, length in lengths.items():
            if not SHORTEST <= length <= LONGEST or table.setdefault(country.upper(), length) != length:
                raise SystemExit(f"{country}: {length} and {table.get(country.upper())}")
    return dict(sorted(table.items()))


def main() -> None:
    text = json.dumps(build(yaml.safe_load(SOURCE.read_text("utf-8"))), indent=0) + "\n"
    if "--check" not in sys.argv:
        TARGET.write_text(text, "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != text:
        raise SystemExit(f"{TARGET.name} does not follow from {SOURCE.name}: run scripts/build_iban.py")


if __name__ == "__main__":
    main()
