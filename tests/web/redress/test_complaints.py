from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tahaluf.domain import InputError, Kind, Subject
from tahaluf.web.accounts.letterhead import save_letterhead
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue.models import Edition, ListingState, ListVersion
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.redress import services
from tahaluf.web.redress.holds import is_contested
from tahaluf.web.redress.letters import laid_out
from tahaluf.web.redress.models import Complaint, Matter, Outcome, Route
from tahaluf.web.redress.routing import route_of
from tahaluf.web.review.alerts.casefile import read_case
from tahaluf.web.review.alerts.services import adjudicate
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.reports.case import _blocks
from tahaluf.web.review.screenings.services import screen_one
from tahaluf.web.review.tables.alerts import Alert, AlertState
from tahaluf.web.review.tables.purposes import Purpose
from tests.web.accounts.test_letterhead import FILLED, LINES


@pytest.fixture
def alert(edition: Edition, analyst: User) -> Alert:
    ensure_defaults()
    name = ListingState.objects.filter(kind="Person").order_by("pk")[5].caption
    purpose = Purpose.objects.get(slug="border")
    outcome = screen_one(analyst, purpose, Subject("1", (name,), Kind.PERSON), origin="form")
    assert outcome.alert is not None
    return outcome.alert


def receive(by: User, **changed: Any) -> Complaint:
    fields: dict[str, Any] = {
        "received_on": date(2026, 11, 2), "channel": "letter", "language": "ar", "name": "يوسف بن علي المراكشي",
        "contact": "12 rue des Oliviers, Rabat", "matter": Matter.MISTAKEN, "text": "لستُ الشخص المدرج.",
    }  # fmt: skip
    return services.receive(by, fields | changed)


@pytest.mark.parametrize(
    ("matter", "dataset", "reference", "route"),
    [
        (Matter.LISTING, "un_sc", "QDi.001", Route.OMBUDSPERSON),
        (Matter.LISTING, "un_sc", "QDe.115", Route.OMBUDSPERSON),
        (Matter.LISTING, "un_sc", "TAi.010", Route.FOCAL_POINT),
        (Matter.LISTING, "ofac_sdn", "", Route.OFAC),
        (Matter.LISTING, "ma_national", "", Route.NATIONAL),
        (Matter.MISTAKEN, "un_sc", "QDi.001", Route.OWN),
        (Matter.ERASURE, "", "", Route.OWN),
    ],
)
def test_a_complaint_goes_to_whoever_decides_on_it(matter: Matter, dataset: str, reference: str, route: Route) -> None:
    assert route_of(matter, dataset, reference) == route


def test_complaints_are_numbered_within_their_year_and_due_after_thirty_days(supervisor: User) -> None:
    first, second = receive(supervisor), receive(supervisor)
    other = receive(supervisor, received_on=date(2027, 1, 4))
    assert [first.reference, second.reference, other.reference] == ["C-2026-0001", "C-2026-0002", "C-2027-0001"]
    assert first.due_on == date(2026, 12, 2)


def test_only_who_handles_complaints_may_act(analyst: User, supervisor: User) -> None:
    with pytest.raises(PermissionDenied):
        receive(analyst)
    complaint = receive(supervisor)
    with pytest.raises(PermissionDenied):
        services.answer(complaint, analyst, Outcome.UPHELD, "x")


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "شكواكم"), ("fr", "Votre réclamation"), ("en", "Your complaint")]
)
def test_letters_are_in_the_language_of_the_person(supervisor: User, language: str, words: str) -> None:
    complaint = receive(supervisor, language=language)
    step = services.answer(complaint, supervisor, Outcome.UPHELD, "نصّ الجواب")
    assert step.letter is not None
    assert words in step.letter["heading"]
    assert "نصّ الجواب" in step.letter["paragraphs"]


@pytest.mark.parametrize(
    ("language", "day"), [("ar", "3 نونبر 2026"), ("fr", "3 novembre 2026"), ("en", "3 November 2026")]
)
def test_a_letter_has_its_day_and_the_address_it_goes_to_and_says_its_heading_once(
    supervisor: User, language: str, day: str
) -> None:
    step = services.acknowledge(receive(supervisor, language=language), supervisor)
    step.at = datetime(2026, 11, 3, 9, tzinfo=UTC)
    told = laid_out(step)
    assert (told["title"], told["subtitle"]) == ((step.letter or {})["heading"], day)
    written = [paragraph for block in told["blocks"] for paragraph in block["paragraphs"]]
    assert "يوسف بن علي المراكشي" in written[0] and written[1] == "12 rue des Oliviers, Rabat"
    assert told["title"] not in written
    assert not any(block["kind"] == "heading" for block in told["blocks"])


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_letter_keeps_the_letterhead_of_its_day_in_its_language(
    supervisor: User, administrator: User, language: str
) -> None:
    complaint = receive(supervisor, language=language)
    before = services.acknowledge(complaint, supervisor)
    assert laid_out(before)["letterhead"] == []
    save_letterhead(administrator, **FILLED)
    during = services.acknowledge(complaint, supervisor)
    save_letterhead(administrator, name_ar="x", name_fr="x", name_en="x")
    assert laid_out(before)["letterhead"] == []
    assert laid_out(during)["letterhead"] == LINES[language]
    assert services.acknowledge(complaint, supervisor).letter["letterhead"][0] == "x"


def test_the_page_says_that_there_is_no_letterhead_as_long_as_there_is_none(
    supervisor: User, administrator: User, browse: Callable[[User], Client]
) -> None:
    complaint = receive(supervisor)
    page = f"/complaints/{complaint.pk}/"
    assert "Letters have no letterhead yet" in browse(supervisor).get(page).text
    save_letterhead(administrator, **FILLED)
    assert "Letters have no letterhead yet" not in browse(supervisor).get(page).text


def test_a_letter_with_a_letterhead_is_set_in_every_language(
    supervisor: User, administrator: User, browse: Callable[[User], Client]
) -> None:
    save_letterhead(administrator, **{**FILLED, "name_en": "#strong[x] $y$ *z*"})
    for language in ("ar", "en"):
        complaint = receive(supervisor, language=language)
        step = services.acknowledge(complaint, supervisor)
        answer = browse(supervisor).get(f"/complaints/{complaint.pk}/letters/{step.pk}.pdf")
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("language", "office"),
    [
        ("ar", "مكتب أمين المظالم لدى"),
        ("fr", "Bureau du Médiateur auprès"),
        ("en", "Office of the Ombudsperson to the"),
    ],
)
def test_a_referral_to_the_ombudsperson_says_where_to_write(supervisor: User, language: str, office: str) -> None:
    complaint = receive(supervisor, language=language, matter=Matter.LISTING)
    said = services.send(complaint, supervisor, Route.OMBUDSPERSON).letter["paragraphs"]
    assert [part for part in said if office in part]
    assert [part for part in said if "main.un.org/securitycouncil/en/sanctions/delisting" in part]
    national = services.send(complaint, supervisor, Route.NATIONAL).letter["paragraphs"]
    assert not [part for part in national if "main.un.org" in part]


def test_a_complaint_has_the_closed_alerts_of_its_subject_decided_on_again(
    alert: Alert, analyst: User, supervisor: User
) -> None:
    adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    complaint = receive(supervisor, alert=alert)
    step = services.reopen_review(complaint, supervisor)
    assert step.effect == {"kind": "alert_reopened", "alerts": [alert.pk]}
    alert.refresh_from_db()
    assert alert.state == AlertState.OPEN
    assert AuditEntry.objects.filter(action="complaint.effect", target_id=str(complaint.pk)).exists()


def test_nothing_under_an_open_complaint_may_be_deleted(alert: Alert, supervisor: User) -> None:
    assert not is_contested(alert)
    complaint = receive(supervisor, alert=alert)
    assert is_contested(alert)
    services.answer(complaint, supervisor, Outcome.REJECTED, "…")
    services.close(complaint, supervisor)
    assert not is_contested(alert)


def test_whoever_decides_sees_that_there_is_a_complaint_and_the_case_file_names_it(
    alert: Alert, supervisor: User, analyst: User, browse: Callable[[User], Client]
) -> None:
    address = f"/alerts/{alert.pk}/"
    assert "There is a complaint" not in browse(analyst).get(address).text
    complaint = receive(supervisor, alert=alert)
    for person, links in ((analyst, analyst.may(Permission.SEE_COMPLAINTS)), (supervisor, True)):
        page = browse(person).get(address).text
        assert complaint.reference in page
        assert (f'href="/complaints/{complaint.pk}/"' in page) is links
    told = [str(block) for block in _blocks(read_case(alert))]
    assert any(complaint.reference in block for block in told)


def test_what_is_closed_is_never_touched_again(supervisor: User) -> None:
    complaint = receive(supervisor)
    with pytest.raises(InputError):
        services.close(complaint, supervisor)
    services.send(complaint, supervisor, Route.NATIONAL)
    services.close(complaint, supervisor)
    for act in (services.acknowledge, services.close):
        with pytest.raises(InputError):
            act(complaint, supervisor)


def test_the_pages_walk_a_complaint_from_its_receipt_to_the_letter(
    alert: Alert, supervisor: User, browse: Callable[[User], Client]
) -> None:
    client = browse(supervisor)
    sent = {
        "received_on": "2026-11-02", "channel": "letter", "language": "ar", "name": "<b>يوسف</b>", "matter": "mistaken",
        "text": "لستُ الشخص المدرج.", "alert_number": str(alert.pk),
    }  # fmt: skip
    page = client.post("/complaints/new/", sent)
    assert page.status_code == 302, page.content.decode()
    complaint = Complaint.objects.get()
    where = f"/complaints/{complaint.pk}/"
    assert "<b>يوسف</b>" not in client.get(where).content.decode()
    assert client.post(where + "acknowledge/").status_code == 302
    assert client.post(where + "answer/", {"outcome": "upheld", "text": ""}).status_code == 422
    assert client.post(where + "answer/", {"outcome": "upheld", "text": "نعتذر."}).status_code == 302
    assert client.post(where + "shred/").status_code == 404
    step = complaint.steps.get(kind="answered")
    letter = client.get(f"{where}letters/{step.pk}.pdf")
    assert letter.content.startswith(b"%PDF") and letter.headers["Content-Type"] == "application/pdf"


FORM = {
    "received_on": "", "channel": "letter", "language": "fr", "name": "Yacoub Sidibé", "matter": "listing",
    "text": "Je ne figure plus sur cette liste.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"received_on": "9999-12-31"}, "received_on"),
        ({"received_on": "1901-01-01"}, "received_on"),
        ({"listing_id": "demo-001"}, "dataset"),
        ({"listing_id": "demo-999", "dataset": "demo"}, "listing_id"),
        ({"dataset": "nothing"}, "dataset"),
    ],
)
def test_a_complaint_that_cannot_be_is_refused_with_its_field(
    wrong: dict[str, str], field: str, edition: Edition, supervisor: User, browse: Callable[[User], Client]
) -> None:
    today = timezone.localdate().isoformat()
    answer = browse(supervisor).post("/complaints/new/", {**FORM, "received_on": today, **wrong})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert not Complaint.objects.exists()


def test_a_name_that_was_taken_off_the_list_is_still_the_ombudsperson_s(
    edition: Edition, supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tahaluf.web.redress.services.route_of", lambda _matter, _list, reference: reference)
    state = ListingState.objects.order_by("pk")[0]
    ListingState.objects.filter(pk=state.pk).update(reference="QDi.999")
    asked = {"matter": Matter.LISTING, "dataset": state.source.slug, "listing_id": state.listing_id}
    standing = receive(supervisor, **asked).route
    gone = ListVersion.objects.create(source=state.source, number=99, ready=True, digest="x" * 64)
    ListingState.objects.filter(pk=state.pk).update(until=gone)
    assert receive(supervisor, **asked).route == standing == "QDi.999"


def test_what_this_office_decides_is_not_closed_without_an_answer(supervisor: User) -> None:
    own, elsewhere = receive(supervisor), receive(supervisor)
    services.send(own, supervisor, Route.OWN)
    services.send(elsewhere, supervisor, Route.NATIONAL)
    with pytest.raises(InputError):
        services.close(own, supervisor)
    services.close(elsewhere, supervisor)
    services.answer(own, supervisor, Outcome.UPHELD, "Vous n’êtes pas la personne inscrite.")
    services.close(own, supervisor)


def test_what_cannot_be_done_is_said_in_its_own_words(supervisor: User, browse: Callable[[User], Client]) -> None:
    complaint = receive(supervisor)
    page = browse(supervisor).post(f"/complaints/{complaint.pk}/close/", follow=True).text
    assert "this cannot be done: received" in page
