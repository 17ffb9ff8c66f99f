"""The desk's settings for tests: a data folder of their own; PostgreSQL where TAHALUF_TEST_DATABASE names one."""

import atexit
import os
import shutil
import tempfile

# Whatever desk this machine runs, tests know nothing of it.
OURS = ("TAHALUF_TEST_DATABASE", "TAHALUF_LONG")
for variable in [each for each in os.environ if each.startswith("TAHALUF_") and each not in OURS]:
    del os.environ[variable]
os.environ["TAHALUF_DATA"] = tempfile.mkdtemp(prefix="tahaluf-tests-")
atexit.register(shutil.rmtree, os.environ["TAHALUF_DATA"], ignore_errors=True)
if os.environ.get("TAHALUF_TEST_DATABASE"):
    os.environ["TAHALUF_DATABASE"] = os.environ["TAHALUF_TEST_DATABASE"]

from tahaluf.web.config.settings import *  # noqa: E402, F403
from tahaluf.web.config.settings import DATABASES  # noqa: E402

# SQLite in a file, as the desk has it: in memory, threads lock each other out instead of waiting.
NAME = "tahaluf_tests_{}" if "TAHALUF_TEST_DATABASE" in os.environ else f"{os.environ['TAHALUF_DATA']}/{{}}.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": NAME.format(os.getpid())}
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
