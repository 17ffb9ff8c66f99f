"""Workers are killed, or held up for longer than their lease, at random points; every row is there, once.

`TAHALUF_LONG=1` kills for some minutes.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

NURSERY = Path(__file__).with_name("nursery.py")
LONG = bool(os.environ.get("TAHALUF_LONG"))
TOTAL, STRIKES = (40_000, 150) if LONG else (3_000, 5)
READ = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT number FROM kill_rows ORDER BY number")
    print(*(row[0] for row in cursor.fetchall()))
"""


def test_workers_that_are_killed_or_held_up_lose_no_row_and_store_none_twice(desk) -> None:  # type: ignore[no-untyped-def]
    seed = random.randrange(1_000_000)
    command = [sys.executable, str(NURSERY), str(TOTAL), str(STRIKES), str(seed)]
    ended = subprocess.run(
        command, env=desk.environment, capture_output=True, text=True, timeout=300, check=False
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    struck, state = ended.stdout.split()
    rows = [int(word) for word in desk.python(READ).split()]
    assert (state, len(rows), rows) == ("done", TOTAL, list(range(TOTAL))), (seed, ended.stderr)
    assert int(struck) == STRIKES
