"""Seeded lives of four nodes (tests/exchange/node/simulation.py): lost, leaked, come back, not confirmed.

usage: exchange_lives.py [--seeds N] [--first N] [--write]

Clock, lines and disks are the simulation's own; a seed decides everything. `make gates` runs the long form.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from typing import NamedTuple

from measuring.machine import ROOT, count_cores
from measuring.page import Figure, report, tell_figures

sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

KINDS = {"lost": "lost", "leaked": "leaked", "heard": "leaked", "came back": "resurrected"}


class Told(NamedTuple):
    """One life: what it went through, and how it failed, if it did."""

    records: int
    withdrawn: int
    crashes: int
    cuts: int
    fault: str


def live_once(seed: int) -> Told:
    from tests.exchange.node.simulation import live  # noqa: PLC0415 (each process imports its own)

    try:
        life = live(seed)
    except AssertionError as fault:
        text = str(fault)
        return Told(0, 0, 0, 0, next((kind for words, kind in KINDS.items() if words in text), "not withdrawn"))
    said = [one for one in life.said if one.id]
    return Told(len(said), sum(one.withdrawn for one in said), life.crashes, life.cuts, "")


def tell(lives: list[Told], seconds: float) -> str:
    faults = Counter(life.fault for life in lives if life.fault)
    figures = [
        Figure(f"{len(lives):,} lives of four nodes in {seconds:,.0f} s: records lost", faults["lost"], "", 0),
        Figure("… leaked", faults["leaked"], "", 0),
        Figure("… come back after their withdrawal", faults["resurrected"], "", 0),
        Figure("… withdrawn and not gone, or not confirmed", faults["not withdrawn"], "", 0),
        Figure("… records said", sum(life.records for life in lives), ""),
        Figure("… of them withdrawn", sum(life.withdrawn for life in lives), ""),
        Figure("… machines stopped in the middle of a write", sum(life.crashes for life in lives), ""),
        Figure("… requests cut", sum(life.cuts for life in lives), ""),
    ]
    return tell_figures(figures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    with multiprocessing.Pool(count_cores()) as pool:
        lives = pool.map(live_once, range(options.first, options.first + options.seeds), chunksize=5)
    report("exchange_lives", tell(lives, time.perf_counter() - began), write=options.write)
    return 1 if any(life.fault for life in lives) else 0


if __name__ == "__main__":
    sys.exit(main())
