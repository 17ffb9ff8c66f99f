"""A desk of its own for measurements: a data folder with a list compiled and a token, served as `tahaluf serve` does.

python benchmarks/measuring/desk.py DATA LIST      # prepares it and prints the token's secret
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TAHALUF = str(Path(sys.executable).with_name("tahaluf"))
PATIENCE = 120.0


def prepare(data: Path, source: Path) -> str:
    """Imports a list into a new desk; the secret of a token that may everything an analyst may."""
    os.environ["TAHALUF_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tahaluf.web.config.settings"
    import django  # noqa: PLC0415 (the environment comes first)

    django.setup()
    from tahaluf.web.accounts.services import create_person, make_token  # noqa: PLC0415
    from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild  # noqa: PLC0415
    from tahaluf.web.config.preparing import prepare as prepare_database  # noqa: PLC0415
    from tahaluf.web.review.purposes.services import ensure_defaults  # noqa: PLC0415

    prepare_database()
    ensure_defaults()
    import_file(source, file_name=source.name, by=None)
    rebuild(ensure_default())
    owner = create_person("measuring", by=None, roles=["analyst"])
    return make_token(owner, "measuring", ["match", "read", "write"], 1, purpose="payment")[1]


@contextmanager
def served(data: Path, processes: int) -> Iterator[tuple[subprocess.Popen[bytes], tuple[str, int]]]:
    """The desk running, and its address; RuntimeError where it does not come up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = ("127.0.0.1", int(probe.getsockname()[1]))
    command = [TAHALUF, "serve", "--port", str(address[1]), "--workers", str(processes)]
    surroundings = {**os.environ, "TAHALUF_DATA": str(data)}
    with (data / "serve.log").open("wb") as log:
        program = subprocess.Popen(command, env=surroundings, stdout=log, stderr=log)
    try:
        _await(program, address, data / "serve.log")
        yield program, address
    finally:
        program.terminate()
        program.wait()


def _await(program: "subprocess.Popen[bytes]", address: tuple[str, int], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and program.poll() is None:
        try:
            socket.create_connection(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the desk did not come up: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


if __name__ == "__main__":
    print(prepare(Path(sys.argv[1]).resolve(), Path(sys.argv[2])))
