"""What is asked when somebody asks how the desk does. Layers above add their own questions (AppConfig.ready).

A check returns "ok" or one word for what is not, and raises nothing that it can foresee.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection

from tahaluf.web.common.jobs.process import is_worker_alive

Check = Callable[[], str]
LOG = logging.getLogger("tahaluf.health")
OK = "ok"


def check_database() -> str:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def check_worker() -> str:
    """Whether any worker has lately said that it lives."""
    return OK if is_worker_alive() else "silent"


CHECKS: dict[str, Check] = {"database": check_database, "worker": check_worker}


def examine() -> dict[str, str]:
    """What each check says; without a database the others are not asked."""
    told: dict[str, str] = {}
    for name, check in CHECKS.items():
        told[name] = _ask(name, check)
        if name == "database" and told[name] != OK:
            break
    return told


def _ask(name: str, check: Check) -> str:
    try:
        return check()
    except (DatabaseError, InterfaceError) as outage:
        LOG.error("check failed", extra={"check": name, "problem": type(outage).__name__})
        return "down"
    except Exception as fault:  # a health page answers whatever happens
        LOG.error("check failed", exc_info=fault, extra={"check": name})
        return "fault"
