"""Commands in processes of their own, and what a command did."""

import atexit
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
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


@cache
def start_apart() -> "subprocess.Popen[str]":
    """The process that all jobs fork from: it imports everything once."""
    running = subprocess.Popen(
        [sys.executable, str(HERE / "apart.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(running.communicate)
    return running


def run_apart(*jobs: dict[str, Any]) -> list[Outcome]:
    """Runs jobs one after the other, each in its own process, with the surroundings of this test."""
    return [ask_apart(one | {"surroundings": dict(os.environ)}) for one in jobs]


def ask_apart(one: dict[str, Any]) -> Outcome:
    running = start_apart()
    assert running.stdin and running.stdout
    running.stdin.write(json.dumps(one) + "\n")
    running.stdin.flush()
    return Outcome(**json.loads(running.stdout.readline()))
