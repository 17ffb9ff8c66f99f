"""What one fresh process takes, as JSON: run by the benchmarks, never imported by them.

usage: probe.py INDEX NAMES [--batch N]
NAMES holds a name a line. Milliseconds to import, open, answer the first name, and each name after it; with `--batch`
also microseconds a name when the names are screened N at a time, nothing kept from before.
"""

import argparse
import json
import time
from pathlib import Path


def milliseconds(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("index", type=Path)
    parser.add_argument("names", type=Path)
    parser.add_argument("--batch", type=int)
    options = parser.parse_args()
    names = options.names.read_text(encoding="utf-8").splitlines()
    begin = time.perf_counter()
    from tahaluf.domain import Subject  # noqa: PLC0415 (the import is what is timed)
    from tahaluf.screening import Screener  # noqa: PLC0415

    imported = milliseconds(begin)
    begin = time.perf_counter()
    screener = Screener.open(options.index)
    found: dict[str, object] = {"import_ms": imported, "open_ms": milliseconds(begin)}
    took = []
    for number, name in enumerate(names):
        begin = time.perf_counter()
        screener.match(Subject(str(number), (name,)))
        took.append(milliseconds(begin))
    found |= {"first_ms": took[0], "single_ms": took[1:]}
    if options.batch:
        import pyarrow as pa  # noqa: PLC0415

        table = pa.table({"id": list(map(str, range(len(names)))), "name": names})
        screener = Screener.open(options.index)
        begin = time.perf_counter()
        for start in range(0, len(names), options.batch):
            screener.screen(table.slice(start, options.batch))
        found["batch_us"] = milliseconds(begin) * 1000 / len(names)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
