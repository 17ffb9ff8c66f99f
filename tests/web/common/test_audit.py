"""Whatever is changed in the audit log is found, and the database refuses to change it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit import guarding, queries, verifying
from tahaluf.web.common.audit.models import AuditEntry, AuditHead
from tahaluf.web.common.audit.services import Act, record, record_all
from tahaluf.web.common.audit.verifying import Anchor, Fault, verify

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
FORGED: dict[str, st.SearchStrategy[Any]] = {
    "at": st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    "actor": st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    "actor_id": st.none() | st.integers(-(2**63), 2**63 - 1),
    "action": st.text("abc.", max_size=20),
    "target_type": st.text("abc", max_size=20),
    "target_id": st.text("abc123", max_size=20),
    "details": st.dictionaries(st.text("ab"), st.integers(0, 9) | st.text("ab"), max_size=2),
    "previous": st.text("0123456789abcdef", min_size=64, max_size=64),
    "digest": st.text("0123456789abcdef", min_size=64, max_size=64),
}


@pytest.fixture
def log(db: None) -> Iterator[None]:
    """Twelve entries, and no refusal to forge them."""
    record_all(None, [Act("alert.seen", "alert", str(n), {"n": n, "score": n / 7}) for n in range(12)])
    with guarding.lifted(connection):
        yield


def test_an_honest_log_is_whole(log: None) -> None:
    verdict = verify()
    assert (verdict.fault, verdict.entries, verdict.head.sequence) == (None, 12, 12)


def test_an_empty_log_is_whole(db: None) -> None:
    assert verify().fault is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_forged_value_is_found_at_its_entry(log: None, data: st.DataObject) -> None:
    sequence = data.draw(st.integers(1, 12))
    field = data.draw(st.sampled_from(sorted(FORGED)))
    honest = AuditEntry.objects.get(pk=sequence)
    forged = data.draw(FORGED[field].filter(lambda value: value != getattr(honest, field)))
    AuditEntry.objects.filter(pk=sequence).update(**{field: forged})
    verdict = verify()
    honest.save()
    assert verdict.fault is Fault.ALTERED
    assert verdict.at == sequence
    assert verify().fault is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(details=st.dictionaries(st.text(max_size=5), JSON, max_size=4), actor=st.text(max_size=20))
def test_whatever_details_are_recorded_come_back_with_the_same_digest(log: None, details: Any, actor: str) -> None:
    class Somebody:
        pk = 7

        def get_username(self) -> str:
            return actor

    record_all(Somebody(), [Act("x", "y", actor, details)])
    assert verify().fault is None


def test_a_microsecond_more_is_found(log: None) -> None:
    entry = AuditEntry.objects.get(pk=5)
    for _ in range(200):
        entry.at += timedelta(microseconds=1)
        AuditEntry.objects.filter(pk=5).update(at=entry.at)
        assert verify().fault is Fault.ALTERED


@pytest.mark.parametrize("gone", [1, 6, 11])
def test_a_missing_entry_is_found(log: None, gone: int) -> None:
    AuditEntry.objects.filter(pk=gone).delete()
    assert verify()[2:] == (Fault.MISSING, gone)


@pytest.mark.parametrize("gone", [1, 12])
def test_a_log_cut_at_its_end_is_found(log: None, gone: int) -> None:
    AuditEntry.objects.filter(pk__gt=12 - gone).delete()
    assert verify()[2:] == (Fault.CUT, 13 - gone)


def test_two_entries_that_changed_places_are_found(log: None) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        AuditEntry.objects.filter(pk=old).update(sequence=new)
    assert verify()[2:] == (Fault.ALTERED, 4)


def test_an_entry_put_in_beyond_the_head_is_found(log: None) -> None:
    head = AuditHead.objects.get()
    record(None, "forged")
    AuditHead.objects.update(sequence=head.sequence, digest=head.digest)
    assert verify()[2:] == (Fault.UNCOUNTED, 13)


def test_a_log_written_anew_is_whole_in_itself_and_not_what_was_noted_elsewhere(log: None) -> None:
    noted = verify().head
    assert verify(noted).fault is None
    AuditEntry.objects.filter(pk__gt=6).delete()
    last = AuditEntry.objects.get(pk=6)
    AuditHead.objects.update(sequence=6, digest=last.digest)
    assert verify().fault is None
    assert verify(noted)[2:] == (Fault.CUT, 7)
    record_all(None, [Act("alert.seen", "alert", "other")] * 6)
    assert verify().fault is None
    assert verify(noted)[2:] == (Fault.OTHER, 12)
    assert verify(Anchor(3, AuditEntry.objects.get(pk=3).digest)).fault is None


def test_the_walk_holds_a_chunk_at_a_time(log: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "CHUNK", 5)
    record_all(None, [Act("x")] * 100)
    assert verify().entries == 112
    AuditEntry.objects.filter(pk__range=(50, 70)).delete()
    assert verify()[2:] == (Fault.MISSING, 50)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE common_auditentry SET actor = 'somebody' WHERE sequence = 1",
        "DELETE FROM common_auditentry WHERE sequence = 1",
        "UPDATE common_audithead SET sequence = 0",
        "DELETE FROM common_audithead",
    ],
)
def test_the_database_refuses_to_change_what_was_written(db: None, statement: str) -> None:
    record(None, "alert.seen")
    with pytest.raises(DatabaseError, match="appended"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify().fault is None
    assert AuditEntry.objects.count() == 1


def test_on_postgresql_the_log_cannot_be_truncated(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="appended"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE common_auditentry")


def test_an_entry_stands_or_falls_with_what_it_tells_of(transactional_db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(None, "alert.seen")
        raise ZeroDivisionError
    assert verify().entries == 0
    assert record(None, "alert.seen").sequence == 1


def test_pages_go_through_all_and_cost_the_same(db: None, django_assert_num_queries: Any) -> None:
    record_all(None, [Act(f"a.{n % 3}", "alert", str(n % 5)) for n in range(130)])
    seen: list[int] = []
    before = None
    while True:
        with django_assert_num_queries(1):
            page = queries.find(queries.Filter(), before=before, limit=50)
        seen += [entry.sequence for entry in page.entries]
        if (before := page.next) is None:
            break
    assert seen == list(range(130, 0, -1))


def test_filters_are_all_obeyed(db: None) -> None:
    record_all(
        None,
        [Act("alert.seen", "alert", "1"), Act("alert.adjudicated", "alert", "1"), Act("person.seen", "person", "1")],
    )

    def count(**asked: Any) -> int:
        return len(list(queries.walk(queries.Filter(**asked))))

    today = datetime.now(UTC).date()
    assert (count(), count(action="alert."), count(action="alert.seen"), count(action="alert")) == (3, 2, 1, 0)
    assert (count(actor="system"), count(actor="nobody")) == (3, 0)
    assert (count(target_type="alert", target_id="1"), count(target_id="2")) == (2, 0)
    assert (count(since=today, until=today), count(until=today - timedelta(days=1)), count(since=date(2999, 1, 1))) == (
        3,
        0,
        0,
    )


def test_the_page_is_for_auditors_and_shows_names_as_text(
    browse: Callable[..., Any], auditor: User, analyst: User
) -> None:
    record(None, "alert.seen", ("alert", "<script>x</script>"), note="<b>bold</b>")
    page = browse(auditor).get("/audit/")
    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()
    assert "<b>bold" not in page.content.decode()
    assert browse(analyst).get("/audit/").status_code == 403
    assert browse(analyst).get("/audit/export.csv").status_code == 403


ODD_QUESTIONS = (
    "since=yesterday", "since=2026-02-02&until=2026-01-01", "before=x", "before=-1", "before=" + "9" * 40,
    "actor=" + "x" * 500, "since=0001-01-01&until=9999-12-31",
)  # fmt: skip


@pytest.mark.parametrize("query", ODD_QUESTIONS)
def test_no_question_breaks_the_page(browse: Callable[..., Any], auditor: User, query: str) -> None:
    record(None, "alert.seen")
    assert browse(auditor).get(f"/audit/?{query}").status_code == 200


def test_an_export_is_whole_and_audited_and_harmless_in_a_spreadsheet(
    browse: Callable[..., Any], auditor: User
) -> None:
    record(None, "x", ("alert", "=HYPERLINK(1)"))
    client = browse(auditor)
    text = b"".join(client.get("/audit/export.csv").streaming_content).decode()
    assert "'=HYPERLINK" in text
    lines = b"".join(client.get("/audit/export.jsonl?action=audit.exported").streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert '"form":"jsonl"' in lines[0]
    assert client.get("/audit/export.jsonl?since=x").status_code == 400


def test_a_search_in_the_log_is_in_the_log(browse: Callable[..., Any], auditor: User) -> None:
    client = browse(auditor)
    client.get("/audit/?actor=karim.benali")
    entry = AuditEntry.objects.get(action="audit.searched")
    assert (entry.actor, entry.details) == (auditor.username, {"actor": "karim.benali"})


def test_a_look_at_the_log_without_a_question_is_in_the_log_too(browse: Callable[..., Any], auditor: User) -> None:
    browse(auditor).get("/audit/")
    assert AuditEntry.objects.filter(action="audit.searched", actor=auditor.username, details={}).count() == 1


@pytest.mark.django_db
def test_every_action_there_ever_was_can_be_chosen_once() -> None:
    assert queries.actions() == []
    for action in ("b.two", "a.one", "b.two", "c.three", "a.one"):
        record(None, action)
    assert queries.actions() == ["a.one", "b.two", "c.three"]


def test_what_the_desk_did_itself_looks_like_nobody_s_act(browse: Callable[..., Any], auditor: User) -> None:
    record(None, "list.imported", ("list", "un_sc"))
    assert "<em>the desk itself</em>" in browse(auditor).get("/audit/?action=list.imported").text
