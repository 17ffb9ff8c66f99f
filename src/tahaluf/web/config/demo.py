"""A desk to try out: the embedded list, invented people, a file screened, some alerts decided, some subjects watched,
a complaint that waits for its answer.

Reach for `fill`. Everything goes through the services, as if these people had done it.
"""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from tahaluf.domain import Kind, Subject
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.accounts.services import FIRST, create_person
from tahaluf.web.catalogue.models import ListSource, ListVersion
from tahaluf.web.catalogue.services import import_file, rebuild
from tahaluf.web.catalogue.sources import ensure_default
from tahaluf.web.common.jobs import working
from tahaluf.web.monitoring.services import watch
from tahaluf.web.redress.models import Channel, Matter
from tahaluf.web.redress.services import acknowledge, receive
from tahaluf.web.review.alerts.reasons import FALSE_POSITIVE, TRUE_MATCH
from tahaluf.web.review.alerts.services import adjudicate, assign, second
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.screenings.services import open_file, screen_one, start
from tahaluf.web.review.tables.alerts import Alert, AlertState, Disposition
from tahaluf.web.review.tables.purposes import Purpose

LIST, TRAVELERS = "list.ftm.json", "travelers.csv"
PEOPLE = (
    ("aissata.keita", "Aïssata", "Keita", Role.ANALYST, "fr"),
    ("karim.benali", "كريم", "بن علي", Role.REVIEWER, "ar"),
    ("salma.idrissi", "Salma", "Idrissi", Role.SUPERVISOR, "fr"),
    ("omar.haddad", "عمر", "حداد", Role.INFORMATION_OFFICER, "ar"),
    ("claire.fontaine", "Claire", "Fontaine", Role.PROGRAMME_MANAGER, "fr"),
    ("nadia.alami", "نادية", "العلمي", Role.PRESS, "ar"),
    ("joao.pereira", "João", "Pereira", Role.ADMINISTRATOR, "en"),
    ("fatoumata.diallo", "Fatoumata", "Diallo", Role.AUDITOR, "fr"),
)
TITLE = "Sample list · قائمة نموذجية · Liste d’exemple"
NAMES = ("Khaled Mattar Al Osaimi", "نور الدين بوشعيب", "Marta Kowalczyk")

STAFF = (
    ("S-014", "Mariam Touré"), ("S-015", "Jean-Baptiste Moreau"), ("S-016", "خديجة بناني"), ("S-017", "Sekou Camara"),
    ("S-018", "Abdelkader Benzeroual"), ("S-019", "Ingrid Solberg"),
)  # fmt: skip
COMPLAINT = (
    "J’ai été retenu trois heures à l’aéroport. On m’a dit que mon nom figurait sur une liste. Je suis né en 1991 à "
    "Nouakchott et n’ai jamais porté un autre nom."
)


class Filled(NamedTuple):
    """Who is there now, and the password that they all have."""

    people: tuple[str, ...]
    password: str


class Found(NamedTuple):
    """What a desk holds that is not filled."""

    people: int
    lists: int
    alerts: int
    is_demo: bool


def found() -> Found:
    """What is there; `is_demo` where the people of the demo are."""
    names = [person[0] for person in PEOPLE]
    return Found(
        User.objects.count(), ListSource.objects.filter(current__ready=True).count(), Alert.objects.count(),
        User.objects.filter(username__in=names).count() == len(names),
    )  # fmt: skip


def fill(begin: Callable[[], None] = lambda: None) -> Filled | None:
    """Fill an empty desk, once `begin` is told; nothing where a list is there, or anyone but the first administrator
    before the first sign-in."""
    others = User.objects.exclude(username=FIRST, last_login=None)
    if ListVersion.objects.exists() or others.exists():
        return None
    begin()
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    people = {person[3]: _person(*person, password=password) for person in PEOPLE}
    ensure_defaults()
    with ExitStack() as open_files:
        samples = {name: open_files.enter_context(_sample(name)) for name in (LIST, TRAVELERS)}
        import_file(samples[LIST], file_name=LIST, by=people[Role.INFORMATION_OFFICER], slug="demo", title=TITLE)
        rebuild(ensure_default())
        _screen(people[Role.ANALYST], samples[TRAVELERS])
    _decide(people[Role.ANALYST], people[Role.REVIEWER], people[Role.SUPERVISOR])
    _watch(people[Role.ANALYST])
    _complain(people[Role.INFORMATION_OFFICER])
    return Filled(tuple(f"{name} ({role.label})" for name, _first, _last, role, _language in PEOPLE), password)


def _sample(name: str) -> AbstractContextManager[Path]:
    return resources.as_file(resources.files("tahaluf.cli").joinpath("samples", name))


def _person(name: str, first: str, last: str, role: Role, language: str, *, password: str) -> User:
    user = create_person(name, by=None, roles=[role], first_name=first, last_name=last)
    user.set_password(password)
    user.language = language
    user.save(update_fields=["password", "language"])
    return user


def _screen(by: User, travelers: Path) -> None:
    purpose = Purpose.objects.order_by("slug")[0]
    with travelers.open("rb") as file:
        screening = start(open_file(by, purpose, UploadedFile(File(file), TRAVELERS)), by, kind=Kind.PERSON)
    if screening.job is not None:
        working.run(str(screening.job.pk))
    for name in NAMES:
        screen_one(by, purpose, Subject(id=name, names=(name,), kind=Kind.PERSON))


def _decide(analyst: User, reviewer: User, supervisor: User) -> None:
    """Some alerts closed, one waiting for a second pair of eyes, some assigned, the rest open."""
    alerts = list(Alert.objects.filter(state=AlertState.OPEN).order_by("-score", "pk"))
    for alert in alerts[:3]:
        hits = [(hit.dataset, hit.listing_id) for hit in alert.hits.order_by("-score")[:1]]
        adjudicate(alert, analyst, Disposition.TRUE_MATCH, hits=hits, reasons=[next(iter(TRUE_MATCH))])
    for alert in alerts[:2]:
        second(alert, reviewer, agrees=True)
    for alert in alerts[-3:]:
        adjudicate(alert, analyst, Disposition.FALSE_POSITIVE, reasons=[next(iter(FALSE_POSITIVE))], remember_days=90)
    assign(alerts[3:5], analyst, supervisor)


def _watch(analyst: User) -> None:
    purpose = Purpose.objects.get(slug="vetting")
    watch(analyst, "staff", purpose, (Subject(number, (name,), Kind.PERSON) for number, name in STAFF))


def _complain(officer: User) -> None:
    """Of somebody whose alert is not decided yet."""
    alert = Alert.objects.filter(state=AlertState.OPEN).order_by("score", "pk").first()
    complaint = receive(
        officer,
        {
            "received_on": timezone.localdate(), "channel": Channel.LETTER, "language": "fr", "matter": Matter.MISTAKEN,
            "name": alert.caption if alert else STAFF[0][1], "contact": "BP 214, Nouakchott", "text": COMPLAINT,
            "alert": alert,
        },
    )  # fmt: skip
    acknowledge(complaint, officer)
