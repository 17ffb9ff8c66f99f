"""The queue of alerts with 100,000 in the database: how long a page takes, on SQLite and on PostgreSQL.

usage: desk_queue.py [--alerts N] [--pages N] [--write]

A page is asked for as a browser does, signed in, through every middleware, without the network; each kind of page in
turn. PostgreSQL is the database that TAHALUF_BENCH_DATABASE names, else that at 127.0.0.1; where there is none, that
half is left out, and said so. A short form: `--alerts 3000 --pages 5`.
"""

import argparse
import html
import json
import logging
import os
import random
import re
import socket
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from measuring.page import Figure, report, tell_figures, tell_table
from measuring.programs import run_program

POSTGRESQL = "postgresql://postgres@127.0.0.1:5432/postgres"
BATCH = 500
LISTS = ("un_sc", "us_ofac_sdn", "eu_fsf", "rare_list")
NAMES = [
    "samir", "nadaoui", "youssef", "ben", "omar", "zahrani", "aminata", "traore", "idris", "kamara", "leila", "haddad",
    "khaled", "mansour",
]  # fmt: skip
KINDS = {
    "First page, by due time": "",
    "Fifty pages on": "after",
    "By score": "order=score",
    "The newest": "order=newest",
    "Mine": "held=mine",
    "Nobody's, by score": "held=unassigned&order=score",
    "One purpose, overdue": "purpose=bench-2&overdue=on",
    "A list that hardly occurs": "dataset=rare_list",
    "Score at least 0.97": "least=0.97",
    "A name that occurs": "text=zahrani",
    "A name that does not": "text=nobody",
    "Closed, by score": "state=closed&order=score",
}


class Asked(NamedTuple):
    """What one kind of page took: milliseconds each time, and its queries."""

    kind: str
    times: list[float]
    queries: int

    @property
    def p95(self) -> float:
        return sorted(self.times)[min(int(0.95 * len(self.times)), len(self.times) - 1)]

    def row(self) -> tuple[str, ...]:
        median = sorted(self.times)[len(self.times) // 2]
        return self.kind, f"{median:.1f} ms", f"{self.p95:.1f} ms", f"{max(self.times):.1f} ms", str(self.queries)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.within:
        print(json.dumps(measure(options.alerts, options.pages)))
        return 0
    parts = []
    for name, surroundings in databases():
        with tempfile.TemporaryDirectory() as folder:
            own = {"TAHALUF_DATA": folder, **surroundings}
            command = [sys.executable, __file__, "--within", f"--alerts={options.alerts}", f"--pages={options.pages}"]
            found = run_program(command, own).figures
        parts.append(tell(name, options.alerts, [Asked(*each) for each in found["asked"]], found))
    report("desk_queue", "\n".join(parts), write=options.write)
    return 0


def tell(name: str, alerts: int, asked: list[Asked], found: dict[str, Any]) -> str:
    """The section of one database."""
    every = sorted(each for kind in asked for each in kind.times)
    p95 = every[min(int(0.95 * len(every)), len(every) - 1)]
    figures = [
        Figure(f"{name}, {alerts:,} alerts: a page of the queue, 95 of 100", p95, "ms", 150),
        Figure("… the slowest kind of page, 95 of 100", max(kind.p95 for kind in asked), "ms"),
        Figure("… most queries for a page", max(kind.queries for kind in asked), ""),
        Figure("… alerts raised, each with its hits and audited", found["raised"], "a second"),
    ]
    heads = (f"{name}: page", "Median", "95 of 100", "Slowest", "Queries")
    return f"{tell_figures(figures)}\n{tell_table(heads, (kind.row() for kind in asked))}"


def databases() -> Iterator[tuple[str, dict[str, str]]]:
    """The databases there are, each with the settings that lead to an empty one."""
    yield "SQLite", {}
    given = urlsplit(os.environ.get("TAHALUF_BENCH_DATABASE", POSTGRESQL))
    try:
        socket.create_connection((given.hostname or "127.0.0.1", given.port or 5432), timeout=2).close()
    except OSError:
        print("PostgreSQL is not there: that half is left out", file=sys.stderr)
        return
    import psycopg  # noqa: PLC0415 (only where there is a server)

    name = f"tahaluf_bench_{os.getpid()}"
    with psycopg.connect(urlunsplit(given), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield "PostgreSQL", {"TAHALUF_DATABASE": urlunsplit(given._replace(path=f"/{name}"))}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure(alerts: int, pages: int) -> dict[str, Any]:
    """Within a process of its own, whose environment names the database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tahaluf.web.config.settings"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    raised = fill(alerts)
    client = sign_in()
    return {"asked": list(ask(client, pages)), "raised": raised}


def fill(alerts: int) -> float:
    """Raise the alerts by the service that screenings use, then decide on some; how many it raised in a second."""
    from tahaluf.web.review.alerts.services import raise_alerts  # noqa: PLC0415
    from tahaluf.web.review.tables.purposes import Purpose  # noqa: PLC0415
    from tahaluf.web.review.tables.screenings import Screening  # noqa: PLC0415

    purposes = [
        Purpose.objects.create(slug=f"bench-{n}", title_en=f"Purpose {n}", title_fr="x", title_ar="x",
                               legal_basis_en="An invented law", threshold=0.7, due_hours=4 * n)
        for n in range(1, 4)
    ]  # fmt: skip
    screenings = [
        Screening.objects.create(origin="file", purpose=purpose, legal_basis={"en": "A law"}, title="bench.csv",
                                 threshold=0.7, state="done")
        for purpose in purposes
    ]  # fmt: skip
    chance, took = random.Random(7), 0.0
    for start in range(0, alerts, BATCH):
        rows = list(make_rows(chance, range(start, min(start + BATCH, alerts))))
        begin = time.perf_counter()
        raise_alerts(screenings[start // BATCH % 3], rows)
        took += time.perf_counter() - begin
    decide(chance)
    return alerts / took


def make_rows(chance: random.Random, numbers: Iterable[int]) -> Iterator[Any]:
    """Subjects with one to three hits."""
    from tahaluf.domain import AttributeEffect, Explanation, Hit, Kind, PartialDate, Subject, TokenMatch  # noqa: PLC0415
    from tahaluf.web.review.alerts.services import Row  # noqa: PLC0415

    for number in numbers:
        name = " ".join(chance.sample(NAMES, 3)).title()
        born = PartialDate(chance.randint(1950, 2005), chance.randint(1, 12), chance.randint(1, 28))
        subject = Subject(f"row-{number}", (name,), Kind.PERSON, (born,), ("ma",))
        tokens = tuple(TokenMatch(word, word, 0.97, 4.1, "romanized") for word in name.casefold().split())
        effects = (AttributeEffect("birth_date", "same_year", 0.7, str(born), str(born)),)
        explanation = Explanation(name, name, 0.9, tokens, effects, "1", "0123456789ab")
        hits = [
            Hit(subject.id, f"L-{chance.randrange(20_000)}", LISTS[3 if chance.random() < 0.0005 else rank % 3],
                chance.uniform(0.7, 0.9999), rank, name, explanation, line=number + 1)
            for rank in range(1, chance.choice((2, 2, 3, 4)))
        ]  # fmt: skip
        yield Row(number, subject, hits, {"file": "bench.csv", "line": number + 1})


def decide(chance: random.Random) -> None:
    """Put alerts into the states and hands that a desk of some months has: set as they are, since only reading is
    measured."""
    from django.db import connection  # noqa: PLC0415
    from django.db.models import F  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from tahaluf.web.accounts.models import RoleGrant, User  # noqa: PLC0415
    from tahaluf.web.review.tables.alerts import Alert  # noqa: PLC0415

    people = [User.objects.create_user(f"bench.{n}", password=None) for n in range(5)]
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role="supervisor") for user in people)
    keys = list(Alert.objects.values_list("pk", flat=True))
    chance.shuffle(keys)
    parts = [keys[n::10] for n in range(10)]
    for part in (*parts[:3], parts[3][: len(parts[3]) // 10]):
        for start in range(0, len(part), BATCH):
            one = Alert.objects.filter(pk__in=part[start : start + BATCH])
            closed = part in parts[:2]
            state, said = ("closed", "false_positive") if closed else ("proposed", "true_match")
            if part is parts[2]:
                one.update(assigned_to=people[start // BATCH % 5])
            else:
                one.update(state=state, disposition=said, first_by=people[0])
    for hours, part in enumerate(parts):
        for start in range(0, len(part), BATCH):
            moved = F("due_at") - timedelta(hours=hours, minutes=start // BATCH)
            Alert.objects.filter(pk__in=part[start : start + BATCH]).update(due_at=moved)
    Alert.objects.filter(state="closed").update(decided_at=timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE review_alert")  # as its own daemon does within minutes


def sign_in() -> Any:
    from django.test import Client  # noqa: PLC0415

    from tahaluf.web.accounts.models import User  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.force_login(
        User.objects.get(username="bench.1"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def ask(client: Any, pages: int) -> Iterator[Asked]:
    """Every kind of page, asked for again and again; the first time, which reads templates, is not counted."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for kind, query in KINDS.items():
        address = f"/alerts/?{query}"
        if query == "after":
            address = far_on(client)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
            queries = len(caught)  # the next request empties the log
        times = []
        for _ in range(pages):
            begin = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - begin) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} was answered with {answer.status_code}")
        yield Asked(kind, times, queries)


def far_on(client: Any, steps: int = 50) -> str:
    """The address of a page that many further on, as far as there are pages."""
    address = "/alerts/"
    for _ in range(steps):
        after = re.search(r'rel="next" href="([^"]+)"', client.get(address).content.decode())
        if after is None:
            break
        address = f"/alerts/{html.unescape(after[1])}"
    return address


if __name__ == "__main__":
    sys.exit(main())
