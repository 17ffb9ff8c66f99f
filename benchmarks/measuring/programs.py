"""Programs run and timed as their users run them: seconds, the most memory they held, what they printed."""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

TAHALUF = str(Path(sys.executable).with_name("tahaluf"))
PROBE = Path(__file__).with_name("probe.py")
PROCESSES = Path("/proc")
OFTEN = 0.2
DONE = (0, 3)


class Run(NamedTuple):
    """A program that ended well: wall-clock seconds, peak memory in bytes (0 where not known), standard output."""

    seconds: float
    peak: int
    output: str

    @property
    def figures(self) -> dict[str, Any]:
        """The JSON object of the last line."""
        found: dict[str, Any] = json.loads(self.output.strip().splitlines()[-1])
        return found


def run_program(command: Sequence[str | Path], surroundings: Mapping[str, str] | None = None) -> Run:
    """Run to the end; RuntimeError with what it complained of where it fails."""
    own = {**os.environ, **(surroundings or {})}
    begin = time.perf_counter()
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=own
    ) as program:
        watch = Watch(program.pid)
        output, complaint = program.communicate()
        seconds = time.perf_counter() - begin
        peak = watch.stop()
    if program.returncode not in DONE:
        raise RuntimeError(f"{Path(command[0]).name} ended with {program.returncode}: {complaint.strip()[-2000:]}")
    return Run(seconds, peak, output)


def probe_index(index: Path, names: Path, *options: str, surroundings: Mapping[str, str] | None = None) -> Run:
    """What a fresh process takes to import, open `index` and answer the names of a file; see `probe.py`."""
    return run_program([sys.executable, PROBE, index, names, *options], surroundings)


class Watch:
    """Looks again and again at what a program and all it started hold in memory (pages shared by two count twice)."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._ended = pid, 0, Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The most bytes seen."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(OFTEN):
            held = [read_memory(pid) for pid in family(self._pid)]
            self._peak = max(self._peak, sum(now for now, _ in held), *(most for _, most in held), 0)


def read_memory(pid: int) -> tuple[int, int]:
    """Bytes that a process holds now and held at most; zeros where that is not told."""
    try:
        lines = (PROCESSES / str(pid) / "status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0, 0
    told = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    now, most = (int(told[key][0]) * 1024 if key in told else 0 for key in ("VmRSS", "VmHWM"))
    return now, most


def family(pid: int) -> list[int]:
    """A process and those it started."""
    started: dict[int, list[int]] = defaultdict(list)
    for entry in PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        started[int(fields[1])].append(int(entry.parent.name))
    found = [pid]
    for own in found:
        found.extend(started[own])
    return found
