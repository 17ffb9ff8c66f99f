"""The tables of what every app needs; each is explained where it is used."""

from tahaluf.web.common.audit.models import AuditEntry, AuditHead
from tahaluf.web.common.jobs.models import Job, Worker

__all__ = ["AuditEntry", "AuditHead", "Job", "Worker"]
