"""Pages of 1,000 objects out of short and long TAXII collections, in process.

usage: taxii.py [--sizes N …] [--pages N] [--write]
"""

import argparse
import sys

from measuring.page import Figure, report, tell_figures
from measuring.serving import measure_serving

RESOURCES = (("objects", 10_000.0), ("manifest", None))


def measure(sizes: list[int], pages: int) -> list[Figure]:
    figures = []
    for resource, promise in RESOURCES:
        found = [measure_serving(size, pages, resource) for size in sizes]
        for one in found:
            figures += [
                Figure(f"{resource}, of {one.size:,} objects: given a second", one.per_second, "", promise, least=True),
                Figure("… a page, 95 of 100", one.page_ms, "ms"),
            ]
        figures.append(
            Figure(f"{resource}: times as long in the longest as in the shortest",
                   found[0].per_second / found[-1].per_second, "", 1.2 if promise else None)
        )  # fmt: skip
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    report("taxii", tell_figures(measure(options.sizes, options.pages)), write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
