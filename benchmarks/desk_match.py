"""How fast the desk answers `/match`: one name for each request over 16 connections, and batches of a hundred.

usage: desk_match.py [--list LIST] [--requests N] [--batches N] [--connections N] [--processes N] [--write]

The desk runs as `tahaluf serve` runs it, on SQLite, with the load client on the same machine. Names: by turns a real
one in Latin letters, a real one in Arabic letters, a made traveler; as many again are asked before anything is
measured. Memory is what each process holds for itself and its share of what it shares with others. A short form:
`--list LIST --requests 60 --batches 2 --processes 1`.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from measuring.desk import prepare, served
from measuring.load import request_of, run_load
from measuring.machine import BENCH
from measuring.names import mix_queries
from measuring.page import Figure, report, tell_figures
from measuring.programs import family

BATCH = 100
PROCESSES = Path("/proc")


def queries_of(names: Sequence[str], secret: str) -> bytes:
    """One request that asks for these names."""
    queries = {f"q{number}": {"schema": "Person", "properties": {"name": [name]}} for number, name in enumerate(names)}
    return request_of("/match/default", secret, orjson.dumps({"queries": queries}))


def measure(address: tuple[str, int], secret: str, options: argparse.Namespace) -> Iterable[Figure]:
    """Warm up, then single names, then batches one after another."""
    count, connections = options.requests, options.connections
    names = mix_queries(BENCH, 2 * count)
    singles = [queries_of([name], secret) for name in names]
    run_load(address, singles[:count], connections)
    one = run_load(address, singles[count:], connections)
    if one.refused:
        raise RuntimeError(f"{one.refused} of {count} requests were refused")
    told = f"{count:,} requests, {connections} connections, {options.processes} processes"
    yield Figure(f"One name for each request, answered a second ({told})", count / one.seconds, "", 300, least=True)
    yield Figure("… half are answered within", one.at_share(0.5), "ms")
    yield Figure("… 95 of 100 are answered within", one.at_share(0.95), "ms", 60)
    yield Figure("… 99 of 100 are answered within", one.at_share(0.99), "ms")
    mixed = mix_queries(BENCH, BATCH * (options.batches + 2), seed=17)
    batches = [queries_of(mixed[start : start + BATCH], secret) for start in range(0, len(mixed), BATCH)]
    run_load(address, batches[:2], 1)
    many = run_load(address, batches[2:], 1)
    yield Figure(
        f"A batch of {BATCH} names, half are answered within ({options.batches} batches)", many.at_share(0.5), "ms", 60
    )
    yield Figure("… 95 of 100 are answered within", many.at_share(0.95), "ms")


def held_by_servers(program: "subprocess.Popen[bytes]") -> int:
    """The most bytes that a web process holds: its own, and its share of what others hold too."""
    held = [0]
    for pid in family(program.pid):
        try:
            command = (PROCESSES / str(pid) / "cmdline").read_bytes()
            lines = (PROCESSES / str(pid) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        if b"granian" in command:
            held += [int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")]
    return max(held)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, default=BENCH / "list_alias.ftm.json.gz")
    parser.add_argument("--requests", type=int, default=3_000)
    parser.add_argument("--batches", type=int, default=60)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not (BENCH.is_dir() and options.list.exists()):
        print("the names of ../shared/bench/names-dev are absent: nothing is measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "desk"
        secret = prepare(data, options.list)
        with served(data, options.processes) as (program, address):
            figures = [*measure(address, secret, options)]
            if memory := held_by_servers(program):
                figures.append(Figure("Most memory of a web process", memory / 1e6, "MB", 300))
    report("desk_match", f"List: `{options.list.name}`.\n\n{tell_figures(figures)}", write=options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
