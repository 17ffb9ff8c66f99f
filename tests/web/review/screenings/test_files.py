"""A file from its upload to its end."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

import tahaluf
from tahaluf.domain import InputError, Kind
from tahaluf.messages import RejectSink, read_batches
from tahaluf.screening import Screener
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import Edition
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job
from tahaluf.web.review.screenings import reading, recognizing, running, storing
from tahaluf.web.review.screenings.services import again, cancel, discard, open_file, start
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening, ScreeningState

SAMPLES = Path(tahaluf.__file__).parent / "cli" / "samples"
Screened = Callable[..., Screening]


def lines(relative: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (settings.DATA / relative).read_text().splitlines()]


@pytest.mark.parametrize("name", ["travelers.csv", "flight.edi", "passports.txt", "payments.xml"])
def test_every_format_is_screened_as_the_engine_screens_it(name: str, screened: Screened, edition: Edition) -> None:
    path = SAMPLES / name
    screening = screened(path.read_bytes(), name)
    assert (screening.state, screening.problem) == ("done", None)
    screener = Screener.open(settings.DATA / edition.folder)
    expected = [hits for batch in read_batches(path) for hits in screener.screen_batch(batch)]
    assert screening.flagged == sum(map(bool, expected)) > 0
    assert screening.hits == sum(map(len, expected))
    told = [(hit["query_id"], hit["entity_id"], hit["score"], hit["rank"]) for hit in lines(screening.hits_file)]
    assert told == [(hit.subject_id, hit.listing_id, hit.score, hit.rank) for hits in expected for hit in hits]
    assert screening.alerts_made == Alert.objects.filter(screening=screening).count() == screening.flagged
    assert screening.done_rows == screening.total_rows == len(expected)
    assert [alert.row for alert in screening.alerts.order_by("row")] == [
        number for number, hits in enumerate(expected, start=1) if hits
    ]
    assert (screening.engine, screening.index_id) == (screener.engine_version, screener.index_id)


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("flight.edi", {"passenger", "crew"}),
        ("passports.txt", {"holder"}),
        ("payments.xml", {"creditor", "debtor", "ultimate_creditor", "ultimate_debtor", "text"}),
    ],
)
def test_an_alert_tells_the_role_and_the_place_in_the_message(name: str, roles: set[str], screened: Screened) -> None:
    screening = screened((SAMPLES / name).read_bytes(), name)
    for alert in screening.alerts.all():
        assert alert.place["role"] in roles
        assert alert.place["unit"] >= 1
        assert alert.place["line"] >= 1
        assert alert.subject["role"] == alert.place["role"]


def test_an_alert_of_a_table_tells_its_line(screened: Screened) -> None:
    screening = screened("id,name\n1,Amina Dramé\n2,Abdelkader Salem Benzeroual\n")
    (alert,) = screening.alerts.all()
    assert alert.place == {"line": 3, "id": "2"}
    assert (alert.row, alert.caption) == (2, "Abdelkader Salem Benzeroual")
    assert alert.subject["names"] == ["Abdelkader Salem Benzeroual"]


def test_what_could_not_be_read_stands_in_the_rejects_without_formulas(screened: Screened) -> None:
    screening = screened("name,birth date\nAmina Dramé,soon\n=1+1,\nKarim Sow,1980\n")
    rejects = (settings.DATA / screening.rejects_file).read_bytes()
    assert rejects.startswith(b"\xef\xbb\xbfline,column,")
    assert (screening.rejected, screening.noted) == (1, 1)
    assert b"'=1+1" in rejects
    assert screening.rejects_bytes == len(rejects)


def test_a_first_look_at_rows_that_cannot_be_read_does_not_go_through_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = RejectSink()
    monkeypatch.setattr(recognizing, "RejectSink", lambda: sink)
    path = tmp_path / "nameless.csv"
    path.write_text("name,note\n" + ",x\n" * 100_000)
    seen = recognizing.look(path, "nameless.csv")
    assert not seen.subjects and seen.problem is None and len(seen.rejections) == recognizing.ASIDE
    assert 0 < sink.rejected < 50_000
    path.write_text("name,note\n" + ",x\n" * 10_000 + "Amina Dramé,x\n")
    assert [subject.names for subject in recognizing.look(path, "nameless.csv").subjects] == [("Amina Dramé",)]


def test_a_file_that_is_nothing_is_refused_and_not_kept(
    analyst: User, purpose: Purpose, uploaded: Callable[..., UploadedFile]
) -> None:
    before = set((settings.DATA).rglob("content*"))
    with pytest.raises(InputError, match=r"messages\.table\.format") as refused:
        open_file(analyst, purpose, uploaded(b"%PDF-1.7 nothing", "list.pdf"))
    assert refused.value.problem.where.file == "list.pdf"
    assert set((settings.DATA).rglob("content*")) == before
    assert not Screening.objects.exists()


def test_a_file_with_more_rows_than_are_taken_fails_and_raises_nothing(
    screened: Screened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, upload_rows=2))
    screening = screened("name\nAbdelkader Salem Benzeroual\nAmina Dramé\nKarim Sow\n")
    assert screening.state == ScreeningState.FAILED
    assert screening.problem is not None
    assert screening.problem["code"] == "web.upload.rows"
    assert not screening.alerts.exists()


def test_a_reader_that_drips_is_ended_in_time_and_says_how_far_it_came(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[[], list[Job]], drip: Callable[..., None],
) -> None:  # fmt: skip
    screening = start(open_file(analyst, purpose, uploaded("name\n" + "Abdelkader Salem Benzeroual\n" * 10)), analyst)
    # Ten seconds for each row: the third one is too late, before anybody is screened.
    drip(reading, seconds=10, most=25, batch_size=1)
    work_off()
    screening.refresh_from_db()
    assert screening.state == ScreeningState.FAILED
    assert screening.problem is not None
    told = [screening.problem[name] for name in ("code", "expected", "found")]
    assert told == ["web.upload.time", "25", "2"]
    assert not screening.alerts.exists()


def test_one_that_drips_later_keeps_what_it_found_as_one_that_was_stopped(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[[], list[Job]], drip: Callable[..., None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    screening = start(open_file(analyst, purpose, uploaded("name\n" + "Abdelkader Salem Benzeroual\n" * 10)), analyst)
    # It was counted in time, on another day.
    Screening.objects.filter(pk=screening.pk).update(total_rows=10)
    monkeypatch.setattr(running, "_ahead", one_by_one)
    drip(reading, seconds=10, most=45, batch_size=1)
    work_off()
    screening.refresh_from_db()
    assert screening.state == ScreeningState.FAILED
    assert screening.problem is not None
    assert (screening.problem["code"], screening.problem["found"]) == ("web.upload.time", "4")
    assert screening.alerts.count() == screening.alerts_made == screening.done_rows == 4
    assert len(lines(screening.hits_file)) == screening.hits


def one_by_one(pieces: Any, screener: Any, floor: float) -> Any:
    """Each piece screened before the next is read, as where there is one thread."""
    for piece in pieces:
        yield piece, screener.screen_batch(piece.batch, top=5, threshold=floor)


def test_a_failure_is_told_by_the_name_of_the_file_and_not_by_its_place(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[[], list[Job]],
) -> None:  # fmt: skip
    screening = start(open_file(analyst, purpose, uploaded("name\nKarim Sow\n", "a.csv")), analyst)
    (settings.DATA / screening.file).write_bytes(b"%PDF")
    work_off()
    screening.refresh_from_db()
    assert screening.state == ScreeningState.FAILED
    assert screening.problem is not None
    assert screening.problem["where"]["file"] == "a.csv"
    assert str(settings.DATA) not in json.dumps(screening.problem)


def test_columns_can_be_given_and_what_is_not_there_is_refused(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[[], list[Job]],
) -> None:  # fmt: skip
    screening = open_file(analyst, purpose, uploaded("Wer,X\nAbdelkader Salem Benzeroual,1\n"))
    with pytest.raises(InputError, match="no_name_column"):
        start(screening, analyst)
    with pytest.raises(InputError, match="no_such_column"):
        start(screening, analyst, {"name": "Who"})
    start(screening, analyst, {"name": "Wer"}, Kind.PERSON)
    work_off()
    screening.refresh_from_db()
    assert (screening.state, screening.alerts_made, screening.kind) == ("done", 1, "Person")
    assert screening.alerts.get().subject["kind"] == "Person"


def test_what_is_begun_is_not_begun_twice(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile]
) -> None:
    screening = open_file(analyst, purpose, uploaded("name\nKarim Sow\n"))
    start(screening, analyst)
    start(screening, analyst, {"name": "1"})
    screening.refresh_from_db()
    assert screening.mapping == {}
    assert Job.objects.filter(kind="review.screening").count() == 1


def test_the_threshold_is_that_of_the_purpose_when_it_was_begun(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile]
) -> None:
    screening = open_file(analyst, purpose, uploaded("name\nKarim Sow\n"))
    Purpose.objects.filter(pk=purpose.pk).update(threshold=0.61, legal_basis_ar="القانون 1")
    started = start(screening, analyst, purpose=Purpose.objects.get(pk=purpose.pk))
    Purpose.objects.filter(pk=purpose.pk).update(threshold=0.9)
    started.refresh_from_db()
    assert (started.threshold, started.legal_basis["ar"]) == (0.61, "القانون 1")


def test_one_that_waits_is_cancelled_at_once_and_can_be_begun_anew(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[[], list[Job]],
) -> None:  # fmt: skip
    screening = start(open_file(analyst, purpose, uploaded("name\nAbdelkader Salem Benzeroual\n")), analyst)
    cancel(screening, analyst)
    assert screening.state == ScreeningState.CANCELLED
    assert screening.finished_at is not None
    work_off()
    assert not screening.alerts.exists()
    second = again(screening, analyst)
    assert second.state == ScreeningState.DRAFT
    discard(screening, analyst)
    assert Screening.objects.filter(pk=screening.pk).exists()
    start(second, analyst)
    work_off()
    second.refresh_from_db()
    assert (second.state, second.alerts_made) == ("done", 1)


def test_a_running_one_stops_at_its_next_piece_and_keeps_what_it_found(
    analyst: User, purpose: Purpose, edition: Edition, uploaded: Callable[..., UploadedFile],
    work_off: Callable[[], list[Job]], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(reading, "PIECE", 2)
    content = "name\n" + "Abdelkader Salem Benzeroual\n" * 10
    screening = start(open_file(analyst, purpose, uploaded(content)), analyst)
    store = storing.Storing.store

    def ask_after(self: storing.Storing, *args: Any) -> None:
        store(self, *args)
        if self.screening.done_batches == 2:
            cancel(Screening.objects.get(pk=screening.pk), analyst)

    monkeypatch.setattr(storing.Storing, "store", ask_after)
    work_off()
    screening.refresh_from_db()
    assert screening.state == ScreeningState.CANCELLED
    assert screening.alerts.count() == screening.alerts_made == screening.done_rows == 4
    assert len(lines(screening.hits_file)) == screening.hits


def test_a_file_that_is_not_confirmed_can_be_discarded(
    analyst: User, purpose: Purpose, uploaded: Callable[..., UploadedFile]
) -> None:
    screening = open_file(analyst, purpose, uploaded("name\nKarim Sow\n"))
    path = settings.DATA / screening.file
    assert path.exists()
    discard(screening, analyst)
    assert not path.exists()
    assert not path.parent.exists()
    assert not Screening.objects.filter(pk=screening.pk).exists()


def test_every_step_is_in_the_audit_log_without_names(screened: Screened) -> None:
    screened("name\nAbdelkader Salem Benzeroual\n", "Benzeroual.csv")
    actions = [entry.action for entry in AuditEntry.objects.order_by("sequence")]
    told = [action for action in actions if action.startswith(("screening.", "alerts."))]
    assert told == ["screening.uploaded", "screening.started", "screening.begun", "alerts.raised", "screening.done"]
    assert not any("Benzeroual" in json.dumps(entry.details) for entry in AuditEntry.objects.all())


def test_the_name_of_a_file_steers_nothing(
    analyst: User, purpose: Purpose, uploaded: Callable[..., UploadedFile]
) -> None:
    screening = open_file(analyst, purpose, uploaded("name\nKarim Sow\n"), "C:\\secret\\a\u202egpj.csv")
    assert screening.title == "a\ufffdgpj.csv"
