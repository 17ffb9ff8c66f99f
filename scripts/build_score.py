"""Compile resources/score.yaml, the weights of the name score, for the engine; --check only compares."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from tahaluf.screening.kernel.measure import FEATURES

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "resources" / "score.yaml"
TABLE = ROOT / "src" / "tahaluf" / "screening" / "score.json"


def compile_score(source: dict[str, Any]) -> str:
    """The same content, weights in the order of the engine's features; a weight too many or too few stops the build."""
    weights = source["weights"]
    if set(weights) != set(FEATURES):
        raise SystemExit(f"{SOURCE.name}: weights for {sorted(set(weights) ^ set(FEATURES))} are missing or unknown")
    ordered = {feature: weights[feature] for feature in FEATURES}
    return json.dumps({**source, "weights": ordered}, indent=1) + "\n"


def main() -> int:
    text = compile_score(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))
    if "--check" in sys.argv:
        same = TABLE.exists() and TABLE.read_text(encoding="utf-8") == text
        print(f"{TABLE.name}: {'as its source' if same else 'differs from its source, run scripts/build_score.py'}")
        return 0 if same else 1
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
