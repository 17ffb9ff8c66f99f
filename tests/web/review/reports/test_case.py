from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tahaluf.web.accounts.letterhead import save_letterhead
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts.casefile import read_alert, read_case
from tahaluf.web.review.alerts.services import adjudicate, second, write_note
from tahaluf.web.review.reports import case
from tahaluf.web.review.reports.case import _blocks
from tahaluf.web.review.tables.alerts import Alert
from tests.web.accounts.test_letterhead import FILLED, LINES
from tests.web.review.alerts.conftest import LIST, make_listing, make_subject

Browse = Callable[[User], Client]


def said(alert: Alert) -> str:
    return str(list(_blocks(read_case(read_alert(alert.pk)))))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_case_is_a_pdf_in_every_language(language: str, alert: Alert, browse: Browse, analyst: User) -> None:
    answer = browse(analyst).get(f"/alerts/{alert.pk}/case.pdf?language={language}")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF") and len(answer.content) > 10_000
    assert f"/Lang ({language})".encode() in answer.content or f"/Lang({language})".encode() in answer.content
    entry = AuditEntry.objects.get(action="alert.exported")
    assert (entry.actor, entry.target_id) == (analyst.username, str(alert.pk))


def test_it_holds_the_complete_record(alert: Alert, analyst: User, reviewer: User) -> None:
    adjudicate(
        alert, analyst, "true_match", hits=[(LIST, "L-1")], reasons=["same_birth"], text="The passport was seen."
    )
    second(alert, reviewer, agrees=True, text="I agree with it.")
    write_note(alert, analyst, "Told the officer.")
    make_listing("L-1", remarks=["Amended later."])
    told = said(alert)
    alert.refresh_from_db()
    hit = alert.hits.get(rank=1)
    for part in (
        "Samir Nadaoui", "travelers.csv", alert.subject_digest[:32], "Samir al-Nadawi", "QDx.1",
        hit.listing_digest[:32],
        "the same name in another spelling", "the same year", "0123456789ab", "An invented law",
        "aissata.keita", "analyst", "karim.benali", "reviewer", "name and birth date agree", "The passport was seen.",
        "I agree with it.", "Told the officer.", "Amended later.", "confirmed", "true match", f"{1:032}",
    ):  # fmt: skip
        assert part in told, part


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_it_bears_the_letterhead_where_there_is_one(
    language: str, alert: Alert, browse: Browse, analyst: User, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up: list[list[str]] = []

    def render(_name: str, data: dict[str, Any], *_given: Any, **_more: Any) -> bytes:
        set_up.append(data["letterhead"])
        return b"%PDF"

    monkeypatch.setattr(case, "render_pdf", render)
    address = f"/alerts/{alert.pk}/case.pdf?language={language}"
    browse(analyst).get(address)
    save_letterhead(administrator, **FILLED)
    browse(analyst).get(address)
    assert set_up == [[], LINES[language]]


def test_names_are_text_in_it_and_never_markup(new_alert: Callable[..., Any], browse: Browse, analyst: User) -> None:
    alert = new_alert(subject=make_subject("#strong[x] *b* $x$ \\ </text> الزَّهراني (ABC) " + "y" * 3_000))
    answer = browse(analyst).get(f"/alerts/{alert.pk}/case.pdf?language=ar")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_who_may_not_export_gets_no_file(alert: Alert, browse: Browse, administrator: User) -> None:
    client = browse(administrator)
    assert client.get(f"/alerts/{alert.pk}/case.pdf").status_code == 403
    assert client.get("/alerts/queue.xlsx").status_code == 403
