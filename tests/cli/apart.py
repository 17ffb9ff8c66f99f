"""Runs command lines with the stand-in engine, each in a forked process that may kill itself before a step on disk.

Reads jobs from standard input, one in a line as JSON, `{"arguments": [...], "surroundings": {}, "die_at": 0}`; answers
each with a line that says what it did. Forking spares the imports, not the kill: a job that dies does so by SIGKILL, in
a process of its own.
"""

import contextlib
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fake_engine

from tahaluf.cli.main import run as run_command


class Steps:
    """Counts what changes the disk; at the one that is `die_at` the process dies before it."""

    taken = 0
    die_at = 0


def counted(original: Callable[..., Any]) -> Callable[..., Any]:
    def step(*arguments: Any, **options: Any) -> Any:
        Steps.taken += 1
        if Steps.taken == Steps.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*arguments, **options)

    return step


def in_child(job: dict[str, Any], out: int, err: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.environ.update(job["surroundings"])
    Steps.die_at = job["die_at"]
    code = 99
    try:
        code = run_command(job["arguments"])
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.write(f"steps {Steps.taken}\n")
    sys.stderr.flush()
    os._exit(code)


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            in_child(job, out.fileno(), err.fileno())
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
        return {"code": code, "out": texts[0], "err": texts[1]}


def warm_up() -> None:
    """Whatever is loaded at first use is loaded here, once for all forks."""
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(io.StringIO()):
        folder = Path(name)
        (folder / "list").write_text('{"id":"L","schema":"Person","properties":{"name":["Nadia Bakkar"]}}\n', "utf-8")
        (folder / "subjects").write_text("id,name\n1,Nadia Bakkar\n", "utf-8")
        for suffix in ("jsonl", "csv"):
            out = str(folder / f"hits.{suffix}")
            run_command(["screen", str(folder / "subjects"), str(folder / "list"), "--out", out, "--no-cache"])


if __name__ == "__main__":
    fake_engine.install()
    warm_up()
    os.fsync = counted(os.fsync)
    for name in ("replace", "unlink", "rename"):
        setattr(Path, name, counted(getattr(Path, name)))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run_job(json.loads(line))) + "\n")
        sys.stdout.flush()
