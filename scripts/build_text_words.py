"""Compiles resources/text_words.yaml into names/tables/text_words.json.

Run it after editing the YAML; `--check` writes nothing and fails when the committed table differs.
"""

import json
import sys
from pathlib import Path

import yaml

from tahaluf.names.tokenize import split_words

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "text_words.yaml"
TARGET = ROOT / "src" / "tahaluf" / "names" / "tables" / "text_words.json"


def main() -> int:
    lists = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    words = sorted({word for text in lists.values() for word in split_words(" ".join(text.split()))})
    text = json.dumps(words, ensure_ascii=False, indent=0) + "\n"
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
        print(f"{TARGET.relative_to(ROOT)} is not what {SOURCE.relative_to(ROOT)} makes: run {Path(__file__).name}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
