"""A desk that was worked in, with the values that break pages: markup, direction marks, very long names."""

from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.services import import_file
from tahaluf.web.monitoring.services import add_webhook, watch
from tahaluf.web.redress.models import Matter
from tahaluf.web.redress.services import acknowledge, receive
from tahaluf.web.review.alerts.reasons import FALSE_POSITIVE
from tahaluf.web.review.alerts.services import adjudicate
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.screenings.services import open_file, screen_one, start
from tahaluf.web.review.tables.alerts import Alert, Disposition
from tahaluf.web.review.tables.purposes import Purpose

EVIL = '"><script>alert(1)</script>'
NAMES = ("Khaled Mattar Al Osaimi", "نور الدين بوشعيب", f"Khaled Mattar Al Osaimi {EVIL}", "خالد\u202eمطر العصيمي")


def furnish(user: User, work_off: Callable[..., Any]) -> None:
    """Names and a file screened, an alert decided, subjects watched, a complaint, a webhook."""
    ensure_defaults()
    purpose = Purpose.objects.order_by("slug")[0]
    for name in NAMES:
        screen_one(user, purpose, Subject(id=name[:20], names=(name,), kind=Kind.PERSON))
    sample = resources.files("tahaluf.cli").joinpath("samples", "travelers.csv").read_bytes()
    start(open_file(user, purpose, SimpleUploadedFile(f"t{EVIL}.csv", sample)), user, kind=Kind.PERSON)
    open_file(user, purpose, SimpleUploadedFile("to-confirm.csv", sample))
    watch(user, "staff", purpose, [Subject(id=EVIL[:12], names=(NAMES[0], EVIL), kind=Kind.PERSON)])
    second_version(user)
    add_webhook(user, "http://127.0.0.1:9/hook", [], EVIL)
    work_off()
    alert = Alert.objects.order_by("-score")[0]
    adjudicate(alert, user, Disposition.FALSE_POSITIVE, reasons=[next(iter(FALSE_POSITIVE))], remember_days=30)
    complaint = receive(user, _complaint(alert))
    acknowledge(complaint, user)


def second_version(user: User) -> None:
    """The sample list without its last listing, and with one that is changed."""
    sample = resources.files("tahaluf.cli").joinpath("samples", "list.ftm.json").read_text("utf-8")
    changed = sample.rstrip("\n").rpartition("\n")[0].replace("1979-03-14", "1979-03-15")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.ftm.json"
        path.write_text(f"{changed}\n", "utf-8")
        import_file(path, file_name=f"l{EVIL}.json", by=user)


def _complaint(alert: Alert) -> dict[str, Any]:
    return {
        "received_on": date(2026, 11, 1), "channel": "letter", "matter": Matter.MISTAKEN, "language": "ar",
        "alert": alert, "name": EVIL, "contact": EVIL, "text": f"{EVIL}\n\u202e…",
    }  # fmt: skip
