"""The desk's settings for tests: a data folder of their own; PostgreSQL where TAHALUF_TEST_DATABASE names one."""

import os
import tempfile

os.environ["TAHALUF_DATA"] = tempfile.mkdtemp(prefix="tahaluf-tests-")
if os.environ.get("TAHALUF_TEST_DATABASE"):
    os.environ["TAHALUF_DATABASE"] = os.environ["TAHALUF_TEST_DATABASE"]

from tahaluf.web.config.settings import *  # noqa: F403
from tahaluf.web.config.settings import DATABASES

DATABASES["default"]["TEST"] = {"NAME": f"tahaluf_tests_{os.getpid()}"} if "TAHALUF_TEST_DATABASE" in os.environ else {}
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
