"""The database's own refusal to change or remove what is in the audit log, whoever asks.

The migration installs it. It stops mistakes and careless hands; whoever owns the database can take it away, and then
the chain of digests shows what was done (`verifying.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRIES, HEAD = "common_auditentry", "common_audithead"
REFUSAL = "the audit log is appended to only"

_SQLITE = [
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {ENTRIES} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {ENTRIES} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_head_forward BEFORE UPDATE ON {HEAD} WHEN NEW.sequence < OLD.sequence "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_head_kept BEFORE DELETE ON {HEAD} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
)
_EACH, _WHOLE = "FOR EACH ROW EXECUTE FUNCTION audit_refuse()", "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
_POSTGRESQL = [
    _FUNCTION,
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE OR DELETE ON {ENTRIES} {_EACH}",
    f"CREATE TRIGGER audit_no_delete BEFORE TRUNCATE ON {ENTRIES} {_WHOLE}",
    f"CREATE TRIGGER audit_head_forward BEFORE UPDATE ON {HEAD} FOR EACH ROW "
    "WHEN (NEW.sequence < OLD.sequence) EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER audit_head_kept BEFORE DELETE ON {HEAD} {_EACH}",
    f"CREATE TRIGGER audit_head_whole BEFORE TRUNCATE ON {HEAD} {_WHOLE}",
]
_NAMES = {
    "audit_no_update": ENTRIES, "audit_no_delete": ENTRIES,
    "audit_head_forward": HEAD, "audit_head_kept": HEAD, "audit_head_whole": HEAD,
}  # fmt: skip


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse changes from here on."""
    remove(connection)
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Refuse nothing any more."""
    on = " ON {}" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on.format(table)}" for name, table in _NAMES.items()])


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the refusal for a while: for tests, which empty tables and try out forgeries."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
