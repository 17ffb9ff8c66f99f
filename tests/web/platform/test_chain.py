"""Several processes append to the audit log at once, and it stays one chain."""

import subprocess
import sys

from tests.web.platform.conftest import SETUP, Desk

APPEND = (
    SETUP
    + """
import sys
from django.db import transaction
from tahaluf.web.common.audit.services import Act, record, record_all
for n in range(40):
    record(None, "test.appended", ("process", sys.argv[1]), number=n)
    if n % 10 == 0:
        try:
            with transaction.atomic():
                record(None, "test.undone")
                raise ZeroDivisionError
        except ZeroDivisionError:
            record_all(None, [Act("test.many")] * 3)
"""
)
VERDICT = """
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.audit.verifying import verify
verdict = verify()
sys_told = (verdict.entries, verdict.fault, AuditEntry.objects.filter(action="test.undone").count())
print(sys_told)
"""


def test_appends_of_four_processes_make_one_chain(desk: Desk) -> None:
    command = [sys.executable, "-c", APPEND]
    running = [subprocess.Popen([*command, str(n)], env=desk.environment) for n in range(4)]
    assert [each.wait(timeout=120) for each in running] == [0, 0, 0, 0]
    assert desk.python(VERDICT).strip() == f"({4 * (40 + 4 * 3)}, None, 0)"
    assert "all as written" in desk.tahaluf("audit", "verify")


def test_the_command_finds_what_was_altered(desk: Desk) -> None:
    desk.python("from tahaluf.web.common.audit.services import record\nfor _ in range(5): record(None, 'x')")
    noted = desk.tahaluf("audit", "verify").split()[-1]
    assert "all as written" in desk.tahaluf("audit", "verify", "--noted", noted)
    other = ("0" if noted[-1] != "0" else "1").join([noted[:-1], ""])
    assert "entry 5" in desk.tahaluf("audit", "verify", "--noted", other, code=1)
    assert "NUMBER:DIGEST" in desk.tahaluf("audit", "verify", "--noted", "five", code=2)
    desk.python(
        "from django.db import connection; from tahaluf.web.common.audit import guarding\n"
        "from tahaluf.web.common.audit.models import AuditEntry\n"
        "with guarding.lifted(connection): AuditEntry.objects.filter(pk=3).update(actor='somebody')"
    )
    assert "entry 3 is not as it was written" in desk.tahaluf("audit", "verify", code=1)
