"""Deleted rows made unreadable in the database's own files.

SQLite overwrites what is deleted with zeros where it is asked to; what lies in its log is brought into the file and the
log cut off; pages that an earlier version left behind go with a rebuilding of the file. PostgreSQL frees the space of
deleted rows and writes over it in time: who needs more encrypts its disk (docs/how-to/screen-in-the-desk.md).
"""

from django.db import connection

REBUILT_UP_TO = 4 << 30


def overwrite_deleted() -> None:
    """From here on this connection overwrites what it deletes."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def scrub() -> None:
    """Leaves nothing of what was deleted in the database's files, as far as it can; not within a transaction."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute("PRAGMA page_size")
            if pages * cursor.fetchone()[0] <= REBUILT_UP_TO:
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql":
            cursor.execute("VACUUM")
