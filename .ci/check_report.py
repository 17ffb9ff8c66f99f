"""Opens an HTML report in Chromium, as a reader would, and refuses what a reader must never get.

`python .ci/check_report.py LANGUAGE REPORT SCREENSHOT`: the page must be in LANGUAGE with its direction, show text, log
no error, ask for nothing outside itself, and not be blank.
"""

import json
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import numpy as np

QUIET = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--hide-scrollbars",
    "--window-size=1280,2000",
    "--virtual-time-budget=5000",
]
RIGHT_TO_LEFT = {"ar"}


def browse(report: Path, folder: str, *arguments: str) -> tuple[str, str]:
    """What Chromium writes and what it logs on opening a page."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("no Chromium found")
    command = [
        program,
        *QUIET,
        f"--user-data-dir={folder}/profile",
        "--enable-logging=stderr",
        *arguments,
        report.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, done.stderr


def requests_outside(net_log: Path) -> list[str]:
    """Addresses that the page asked for beyond its own file; what the browser asks for of itself has no initiator."""
    text = net_log.read_text(encoding="utf-8", errors="replace")
    try:
        log = json.loads(text)
    except json.JSONDecodeError:  # a log that Chromium had no time to close
        log = json.loads(text.rstrip().rstrip(",") + "]}")
    asked = [event["params"] for event in log["events"] if "initiator" in event.get("params", {})]
    addresses = {request["url"] for request in asked if request["initiator"] != "not an origin"}
    return sorted(address for address in addresses if re.match(r"(https?|wss?|ftp)://", address))


def colors_of(image: Path) -> int:
    """How many byte values a picture's pixels take; 1 for a blank page."""
    data, body, position = image.read_bytes(), b"", 8
    while position < len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        if data[position + 4 : position + 8] == b"IDAT":
            body += data[position + 8 : position + 8 + length]
        position += length + 12
    return len(np.unique(np.frombuffer(zlib.decompress(body), dtype=np.uint8)))


def main(language: str, report: Path, screenshot: Path) -> int:
    """Prints what is wrong; 1 when anything is."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        net_log = Path(folder) / "net.json"
        _, log = browse(report, folder, f"--screenshot={screenshot}", f"--log-net-log={net_log}")
        page, _ = browse(report, folder, "--dump-dom")
        found += [line for line in log.splitlines() if "CONSOLE" in line]
        found += [f"asked for {address}" for address in requests_outside(net_log)]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    opening = re.search(r"<html[^>]*>", page)
    if opening is None or f'lang="{language}"' not in opening[0] or f'dir="{direction}"' not in opening[0]:
        found.append(f"expected lang={language} dir={direction}, found {opening[0] if opening else 'no html element'}")
    if len(re.sub(r"<[^>]*>", " ", page).split()) < 50 or "<bdi" not in page:
        found.append("the page shows hardly any text, or a name outside <bdi>")
    if colors_of(screenshot) < 8:
        found.append("the page is blank")
    print(
        "\n".join(found) or f"{report.name}: {language} {direction}, no error, nothing asked for outside, {screenshot}"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()))
