"""Where figures were taken: date, commit, processor, cores, memory, how busy the machine was."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
BENCH = SHARED / "bench" / "names-dev"
MEASURED = ("src", "benchmarks")


def describe_machine() -> str:
    """One sentence for a reader of the figures."""
    busy = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    return (
        f"{datetime.now(UTC).date()}, {describe_commit()}; {count_cores()} cores, {describe_memory()} of memory, "
        f"{describe_processor()}, Python {platform.python_version()}, {platform.system()}; load at the end {busy}"
    )


def describe_commit() -> str:
    """The commit, and whether the code differed from it."""
    commit = _ask_git("rev-parse", "--short", "HEAD")
    if not commit:
        return "commit not known"
    changed = _ask_git("status", "--porcelain", "--", *MEASURED)
    return f"commit {commit}" + (" with changes not committed" if changed else "")


def count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def describe_memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return "an unknown amount"
    return f"{size / 1e9:.0f} GB"


def describe_processor() -> str:
    """The model as the kernel names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine()


def _ask_git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()
