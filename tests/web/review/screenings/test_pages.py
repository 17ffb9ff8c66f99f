"""The pages on which names and files are screened."""

import logging
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client
from django.utils import timezone

import tahaluf
from tahaluf.messages.formats import FORMATS
from tahaluf.messages.table.recognize import Format
from tahaluf.prose.i18n import speaking
from tahaluf.prose.labels import label
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.screenings.mapping import NO_COLUMN
from tahaluf.web.review.screenings.services import open_file
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening

SAMPLES = Path(tahaluf.__file__).parent / "cli" / "samples"
NAME = "Abdelkader Salem Benzeroual"
HTMX = {"HTTP_HX_REQUEST": "true"}
Browse = Callable[[User], Client]


def asked(**values: str) -> dict[str, str]:
    return {"purpose": "border", "name": NAME, "kind": "Person", "document_type": "passport", **values}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("address", ["/screen/", "/screen/file/", "/screenings/"])
def test_the_pages_open_in_every_language(
    address: str, language: str, analyst: User, purpose: Purpose, browse: Browse
) -> None:
    page = browse(analyst).get(address, headers={"accept-language": language})
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text


def test_what_was_screened_is_not_headed_as_the_day(
    screened: Callable[..., Screening], analyst: User, browse: Browse
) -> None:
    screened(f"name\n{NAME}\n")
    for language, heading, other in (("fr", "Filtrage", "Filtré le"), ("ar", "الفحص", "تاريخ الفحص")):
        page = browse(analyst).get("/screenings/", headers={"accept-language": language}).text
        assert f'<th scope="col">{heading}</th>' in page and f">{other}<" not in page


def test_typing_finds_shows_why_and_stores_nothing(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    client = browse(analyst)
    found = client.post("/screen/try/", asked(), **HTMX)
    assert found.status_code == 200
    assert "<html" not in found.text
    assert "Abdelkader Salem Benzeroual" in found.text
    assert "/lists/demo/listings/demo-001" in found.text
    assert "the same spelling" in found.text
    assert "<meter" in found.text
    for _again in range(3):
        client.post("/screen/try/", asked(name="Amina Dramé"), **HTMX)
    assert not Screening.objects.exists()
    assert not Alert.objects.exists()
    tried = AuditEntry.objects.filter(action="name.tried")
    assert [(entry.actor, entry.target_id, entry.details) for entry in tried] == [(analyst.username, "border", {})]
    client.post("/screen/try/", asked(purpose="payment"), **HTMX)
    assert tried.all().count() == 2


def test_a_name_in_another_script_is_found_as_well(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    found = browse(analyst).post("/screen/try/", asked(name="عبد القادر سالم بن زروال", birth_date="1979"), **HTMX)
    assert "demo-001" in found.text
    assert "Birth date" in found.text


def test_a_particular_that_speaks_against_is_marked_while_one_types(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    client = browse(analyst)
    other, same = (
        client.post("/screen/try/", asked(birth_date=born), **HTMX).text for born in ("1961-02-03", "1979-03-14")
    )
    (reason,) = (one for one in re.findall(r"<li>(.*?)</li>", other) if "contradicts</span>" in one)
    assert "Birth date" in reason and "3 February 1961" in reason and "14 March 1979" in reason
    assert "contradicts</span>" not in same


def test_reasons_are_told_in_words_as_the_names_spell_them(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    found = browse(analyst).post("/screen/try/", asked(name="ABDEL-KADER Sâlem BENZEROUAL"), **HTMX).text
    reasons = re.findall(r"<li>(.*?)</li>", found)
    shown = {word for reason in reasons for word in re.findall(r"<bdi[^>]*>(.*?)</bdi>", reason)}
    assert {"ABDEL-KADER", "Sâlem", "BENZEROUAL", "Abdelkader", "Benzeroual"} <= shown
    assert not {word for word in shown if word.isascii() and word.islower()}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "123"}, "no letters"),
        ({"birth_date": "tomorrow"}, "not understood"),
        ({"nationality": "Atlantis"}, "not known"),
        ({"name": "x" * 501}, "at most 500"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_screened(
    values: dict[str, str], said: str, analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    client = browse(analyst)
    assert said in client.post("/screen/try/", asked(**values), **HTMX).text
    recorded = client.post("/screen/record/", asked(**values))
    assert (recorded.status_code, Screening.objects.count()) == (422, 0)


def test_an_empty_form_says_nothing_wrong(analyst: User, purpose: Purpose, edition: Edition, browse: Browse) -> None:
    text = browse(analyst).post("/screen/try/", asked(name=""), **HTMX).text
    assert "Nothing looked up yet" in text


def test_names_travel_in_no_address_and_in_no_log(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    client = browse(analyst)
    assert client.get("/screen/try/", asked()).status_code == 405
    assert client.get("/screen/record/", asked()).status_code == 405
    with caplog.at_level(logging.DEBUG, logger="tahaluf"):
        client.post("/screen/try/", asked(), **HTMX)
        where = client.post("/screen/record/", asked()).headers["Location"]
    assert "Benzeroual" not in caplog.text
    assert "Benzeroual" not in where


def test_forgery_is_refused(analyst: User, purpose: Purpose, edition: Edition) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/screen/try/", asked()).status_code == 403
    assert client.post("/screen/record/", asked()).status_code == 403


def test_recording_keeps_who_was_screened_for_what_and_raises_an_alert(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    client = browse(analyst)
    page = client.post("/screen/record/", asked(birth_date="14/03/1979", nationality="Algérie"), follow=True)
    screening = Screening.objects.get()
    assert screening.subject == {
        "id": "1", "names": [NAME], "kind": "Person", "birth_dates": ["1979-03-14"], "nationalities": ["dz"],
    }  # fmt: skip
    assert (screening.origin, screening.purpose_id, screening.threshold) == ("form", purpose.pk, purpose.threshold)
    assert (screening.legal_basis, screening.versions) == (purpose.legal_basis, edition.versions)
    assert screening.alerts.get().caption == NAME
    assert sum(screening.scores) == 1
    assert "raised an alert" in page.text
    assert NAME in page.text
    assert AuditEntry.objects.filter(action="screening.seen", target_id=str(screening.pk)).count() == 1


def test_recording_someone_who_is_on_no_list_raises_nothing(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    page = browse(analyst).post("/screen/record/", asked(name="Wilhelmina Oosterhuis"), follow=True)
    assert "raised no alert" in page.text
    assert Screening.objects.get().alerts_made == 0


def test_without_any_list_it_says_what_to_do(analyst: User, purpose: Purpose, browse: Browse) -> None:
    client = browse(analyst)
    assert "Import one" in client.post("/screen/try/", asked(), **HTMX).text
    assert client.post("/screen/record/", asked()).status_code == 503
    assert not Screening.objects.exists()


def test_a_name_with_markup_is_shown_as_text(analyst: User, purpose: Purpose, edition: Edition, browse: Browse) -> None:
    name = "<script>alert(1)</script> Benzeroual \u202e"
    page = browse(analyst).post("/screen/record/", asked(name=name), follow=True)
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


def upload(client: Client, content: bytes, name: str) -> str:
    sent = client.post("/screen/upload/", {"purpose": "border", "file": SimpleUploadedFile(name, content)})
    assert sent.status_code == 302, sent.text
    return str(sent.headers["Location"])


@pytest.mark.parametrize("name", ["travelers.csv", "flight.edi", "passports.txt", "payments.xml"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_file_goes_from_upload_to_results(
    name: str, language: str, analyst: User, purpose: Purpose, edition: Edition, browse: Browse,
    work_off: Callable[[], list[Job]],
) -> None:  # fmt: skip
    client = browse(analyst)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    address = upload(client, (SAMPLES / name).read_bytes(), name)
    draft = client.get(address)
    assert name in draft.text
    assert 'name="start"' in draft.text
    assert client.post(f"{address}confirm/", {"purpose": "border", "start": "1"}).status_code == 302
    running = client.get(address)
    assert f'hx-get="{address}progress/"' in running.text
    # How it stands is told by the part that asks again, and not once more beside it.
    assert 'class="badge' not in running.text.partition("<h1>")[2].partition('id="progress"')[0]
    assert client.get(f"{address}progress/", **HTMX).status_code == 200
    work_off()
    assert client.get(f"{address}progress/", **HTMX).headers["HX-Refresh"] == "true"
    done = client.get(address)
    screening = Screening.objects.get()
    assert screening.state == "done"
    for alert in screening.alerts.all():
        assert alert.caption.split()[0] in done.text
    assert screening.file_digest in done.text
    assert "hits.xlsx" in done.text


def test_a_file_that_was_screened_before_is_begun_again_only_by_who_says_so(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse, work_off: Callable[[], list[Job]]
) -> None:
    client, content = browse(analyst), b"name\nAbdelkader Salem Benzeroual\n"
    first = upload(client, content, "first.csv")
    assert "was screened for this purpose before" not in client.get(first).text
    client.post(f"{first}confirm/", {"purpose": "border", "start": "1"})
    work_off()
    second = upload(client, content, "other name.csv")
    draft = client.get(second).text
    assert "was screened for this purpose before" in draft
    assert f'href="{first}"' in draft
    asked = client.post(f"{second}confirm/", {"purpose": "border", "start": "1"})
    assert (asked.status_code, 'name="again"' in asked.text) == (409, True)
    assert Screening.objects.filter(state="draft").count() == 1
    assert client.post(f"{second}confirm/", {"purpose": "border", "start": "1", "again": "1"}).status_code == 302
    assert Screening.objects.filter(state="draft").count() == 0


def test_for_another_purpose_or_once_it_is_deleted_a_file_is_new(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    client, content = browse(analyst), b"name\nAbdelkader Salem Benzeroual\n"
    client.post(f"{upload(client, content, 'a.csv')}confirm/", {"purpose": "border", "start": "1"})
    other = upload(client, content, "b.csv")
    assert client.post(f"{other}confirm/", {"purpose": "payment", "start": "1"}).status_code == 302
    Screening.objects.update(deleted_at=timezone.now())
    assert "was screened for this purpose before" not in client.get(upload(client, content, "c.csv")).text


def test_every_format_of_a_file_has_words() -> None:
    with speaking("fr"):
        said = {name: label(f"format.{name}") for name in [*Format, *(each.name for each in FORMATS)]}
    assert len(said) == 10
    assert [name for name, words in said.items() if words == name] == []
    assert said["delimited"] == "tableau à séparateurs (CSV, TSV)"


def test_columns_that_are_not_known_can_be_chosen(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse, work_off: Callable[[], list[Job]]
) -> None:
    client = browse(analyst)
    address = upload(client, b"Wer;Geboren\nAbdelkader Salem Benzeroual;1979\n", "wer.csv")
    draft = client.get(address)
    assert "No column is recognized" in draft.text
    assert '<option value="Wer">' in draft.text
    refused = client.post(f"{address}confirm/", {"purpose": "border", "start": "1"})
    assert refused.status_code == 422
    chosen = {"purpose": "payment", "role_name": "Wer", "role_birth_date": "Geboren", "kind": "Person"}
    looked = client.post(f"{address}confirm/", {**chosen, "look": "1"}, follow=True)
    assert "No column is recognized" not in looked.text
    client.post(f"{address}confirm/", {**chosen, "start": "1"})
    work_off()
    screening = Screening.objects.get()
    assert (screening.state, screening.alerts_made, screening.purpose.slug) == ("done", 1, "payment")
    assert screening.alerts.get().subject["birth_dates"] == ["1979"]


def test_a_column_that_was_taken_for_something_can_be_left_out(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse, work_off: Callable[[], list[Job]]
) -> None:
    client = browse(analyst)
    address = upload(client, b"name,date of birth\nAbdelkader Salem Benzeroual,1979\n", "hired.csv")
    chosen = {"purpose": "border", "role_birth_date": NO_COLUMN}
    looked = client.post(f"{address}confirm/", {**chosen, "look": "1"}, follow=True)
    assert f'<option value="{NO_COLUMN}" selected>' in looked.text
    client.post(f"{address}confirm/", {**chosen, "start": "1"})
    work_off()
    assert Screening.objects.get().alerts.get().subject.get("birth_dates", []) == []


def test_a_file_that_is_not_read_is_refused_on_the_page(
    analyst: User, purpose: Purpose, edition: Edition, browse: Browse
) -> None:
    client = browse(analyst)
    sent = client.post(
        "/screen/upload/", {"purpose": "border", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 something")}
    )
    assert sent.status_code == 422
    assert "a.pdf" in sent.text
    nothing = client.post("/screen/upload/", {"purpose": "border"})
    assert nothing.status_code == 422
    assert "no file was given" in nothing.text


def test_what_was_found_can_be_taken_away_in_every_format(
    screened: Callable[..., Screening], analyst: User, browse: Browse
) -> None:
    screening = screened(f"id,name\n=1+1,{NAME}\n2,=2+2\n")
    client, address = browse(analyst), f"/screenings/{screening.pk}/"
    lines = b"".join(client.get(f"{address}hits.jsonl")).splitlines()  # type: ignore[arg-type]
    assert len(lines) == screening.hits
    table = b"".join(client.get(f"{address}hits.csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "'=1+1" in table
    book = ZipFile(BytesIO(b"".join(client.get(f"{address}hits.xlsx"))))  # type: ignore[arg-type]
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    rejects = b"".join(client.get(f"{address}rejects.csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    assert rejects.startswith("line,")
    assert client.get(f"{address}secret-key").status_code == 404
    told = AuditEntry.objects.filter(action="screening.exported").values_list("details__what", flat=True)
    assert sorted(told) == ["hits.csv", "hits.jsonl", "hits.xlsx", "rejects.csv"]


def test_whoever_may_not_export_or_screen_is_refused(
    screened: Callable[..., Screening], auditor: User, administrator: User, browse: Browse
) -> None:
    screening = screened(f"name\n{NAME}\n")
    address = f"/screenings/{screening.pk}/"
    assert browse(administrator).get(address).status_code == 403
    audit = browse(auditor)
    assert audit.get(address).status_code == 200
    assert audit.post(f"{address}cancel/").status_code == 403
    assert audit.get("/screen/").status_code == 403


def test_the_list_is_filtered(screened: Callable[..., Screening], analyst: User, browse: Browse) -> None:
    screened(f"name\n{NAME}\n", "first.csv")
    screened("name\nAmina Dramé\n", "second.csv")
    client = browse(analyst)
    assert "first.csv" in client.get("/screenings/").text
    filtered = client.get("/screenings/", {"q": "second", "state": "done", "purpose": "border"}).text
    assert "second.csv" in filtered
    assert "first.csv" not in filtered
    assert "None is as the filters want it" in client.get("/screenings/", {"state": "failed"}).text


def test_the_results_are_filtered_by_name_and_list(
    screened: Callable[..., Screening], analyst: User, browse: Browse
) -> None:
    screening = screened((SAMPLES / "travelers.csv").read_bytes())
    client, address = browse(analyst), f"/screenings/{screening.pk}/"
    alert = screening.alerts.order_by("row")[0]
    page = client.get(address, {"q": alert.caption, "list": "demo", "state": "open"}).text
    assert f'<bdi dir="auto">{alert.caption}</bdi>' in page
    assert "No flagged subject is as the filters want it" in client.get(address, {"list": "other"}).text


def test_a_draft_is_for_those_who_screen(
    analyst: User, auditor: User, purpose: Purpose, uploaded: Callable[..., UploadedFile], browse: Browse
) -> None:
    screening = open_file(analyst, purpose, uploaded("name\nKarim Sow\n"))
    assert browse(auditor).get(f"/screenings/{screening.pk}/").status_code == 404
