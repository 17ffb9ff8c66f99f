"""Writes the test vectors of the exchange, `tests/vectors/exchange/*.json`: reach for it when a format page changes.

Keys and salts are derived from fixed words, members and people are invented, so every run gives the same bytes.
`--check` compares and writes nothing. What another implementation should find stands in each file beside what it is
given.
"""

import json
import sys
from pathlib import Path

from exchange_vectors import proofs, statements

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "exchange"
FILES = {
    "canonical": statements.canonical_vectors,
    "markings": statements.marking_vectors,
    "records": statements.record_vectors,
    "registry": statements.registry_vectors,
    "egress": statements.egress_vectors,
    "merkle": proofs.merkle_vectors,
    "tiles": proofs.tile_vectors,
    "checkpoints": proofs.checkpoint_vectors,
    "equivocation": proofs.equivocation_vectors,
    "indexes": proofs.index_vectors,
}


def main(arguments: list[str]) -> int:
    """Writes the files; with `--check` prints those that differ, and 1 if there is one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    different = []
    for name, make in FILES.items():
        path = FOLDER / f"{name}.json"
        text = json.dumps(make(), ensure_ascii=False, indent=1) + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            different.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    print("vectors of the exchange: " + (", ".join(different) + " differ" if different else "as they are made"))
    return 1 if different and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
