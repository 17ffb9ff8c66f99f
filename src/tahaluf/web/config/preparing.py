"""Making a database ready: its tables as this version wants them, whoever else does the same at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from tahaluf.domain import Problem, TahalufError

_LOCK = 7_203_411  # any number, the same in every process


def prepare() -> None:
    """Apply what migrations are missing."""
    with reaching_database(), _one_at_a_time():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def require_prepared() -> None:
    """TahalufError where the database is of an older version than this program."""
    with reaching_database():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise TahalufError(Problem("web.not_prepared", expected="tahaluf serve"), permanent=False)


@contextmanager
def reaching_database() -> Iterator[None]:
    """What the database's driver says of an outage, as a problem for the operator."""
    try:
        yield
    except (OperationalError, InterfaceError) as outage:
        found = str(outage).strip().splitlines() or [type(outage).__name__]
        raise TahalufError(Problem("web.no_database", found=found[0]), permanent=False) from outage


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
