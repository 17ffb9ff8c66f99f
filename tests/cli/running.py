"""Commands in processes of their own, and what a command did."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


def job(*arguments: object, die_at: int = 0) -> dict[str, Any]:
    """A command for a process of its own, which kills itself before its `die_at`-th step on disk."""
    return {"arguments": [str(argument) for argument in arguments], "die_at": die_at}


def run_apart(*jobs: dict[str, Any]) -> list[Outcome]:
    """Runs jobs one after the other, each in its own process."""
    done = subprocess.run(
        [sys.executable, str(HERE / "apart.py")], input=json.dumps(jobs), capture_output=True, text=True, check=True
    )
    return [Outcome(**found) for found in json.loads(done.stdout)]
