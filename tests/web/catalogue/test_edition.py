"""The index that everything is screened against."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from tahaluf.domain import Subject
from tahaluf.screening.index.store import MANIFEST
from tahaluf.web.catalogue import compiling, engine, ports, pruning
from tahaluf.web.catalogue.engine import NoEdition, current
from tahaluf.web.catalogue.models import Collection, Edition, ListSource
from tahaluf.web.catalogue.queries import listing_now, pending, search, states_now
from tahaluf.web.catalogue.services import ensure_default, import_file, rebuild
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.jobs.models import Job

MakeList = Callable[..., Path]
WorkOff = Callable[..., list[Job]]


@pytest.fixture
def afresh() -> Iterator[None]:
    """No index is open in this process."""
    engine._open.clear()
    yield
    engine._open.clear()


def compiled(path: Path) -> Edition:
    import_file(path, file_name=path.name, by=None, accept=True)
    return rebuild(ensure_default())


def test_the_sample_list_is_compiled_and_screened_against(edition: Edition) -> None:
    hits = current().screener.match(Subject("q", ("Abdelqader Salem Benzerwal",)))
    assert hits[0].listing_id == "demo-001"
    state = listing_now("demo", "demo-001")
    assert state is not None
    assert state.caption == "Abdelkader Salem Benzeroual"
    assert states_now([("demo", "demo-001"), ("demo", "none")]).keys() == {("demo", "demo-001")}


def test_the_second_test_of_a_session_finds_the_index_there(edition: Edition) -> None:
    assert current().edition == edition
    assert current().screener is current().screener


def test_search(edition: Edition) -> None:
    assert search("Abdelqader Salem Benzerwal")[0].by == "name"
    assert search("DZ4410982")[0].by == "document"
    assert search("زروال")[0].name == "عبد القادر سالم بن زروال"
    assert search("demo-001")[0].by == "reference"
    assert not search("  ")
    assert not search("zzzqqq")


def test_what_is_current_is_followed_with_one_query(
    make_list: MakeList, db: None, django_assert_num_queries: Callable[..., object]
) -> None:
    first = compiled(make_list(a="Amal Nouri Bensaid"))
    assert current().edition == first
    second = compiled(make_list(a="Amal Nouri Bensaid", b="Basel Qadri Hamwi"))
    assert current().edition == second
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        opened = current()
    assert opened.screener.match(Subject("q", ("Basel Qadri Hamwi",)))[0].listing_id == "b"
    assert not pending()


def test_nothing_compiled_is_said_and_so_is_nothing_to_screen_against(db: None, make_list: MakeList) -> None:
    with pytest.raises(NoEdition, match="no_edition"):
        current()
    compiled(make_list(a="Amal Nouri"))
    ListSource.objects.update(active=False)
    assert rebuild(ensure_default()).listings == 0
    with pytest.raises(NoEdition, match="no_edition"):
        current()


def test_the_same_lists_are_not_compiled_twice(db: None, make_list: MakeList, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled(make_list(a="Amal Nouri"))
    monkeypatch.setattr(compiling, "compile_pins", None)
    assert rebuild(ensure_default()) == first
    assert AuditEntry.objects.filter(action="collection.compiled").count() == 1


@pytest.mark.parametrize("name", [MANIFEST, "the largest", ""])
def test_a_damaged_index_is_refused_and_mended(
    db: None, make_list: MakeList, afresh: None, work_off: WorkOff, name: str
) -> None:
    edition = compiled(make_list(a="Amal Nouri Bensaid"))
    engine._open.clear()
    folder = settings.DATA / edition.folder
    if name == "":
        shutil.rmtree(folder)
    else:
        damaged = folder / name if (folder / name).exists() else max(folder.iterdir(), key=lambda p: p.stat().st_size)
        damaged.write_bytes(b"\0" * 10)
    for _ in range(2):
        with pytest.raises(NoEdition, match="edition_damaged"):
            current()
    assert [job.kind for job in work_off() if job.kind.startswith("catalogue.")] == ["catalogue.rebuild"]
    assert current().screener.match(Subject("q", ("Amal Nouri Bensaid",)))


def test_an_index_of_another_engine_is_compiled_anew(
    db: None, make_list: MakeList, afresh: None, work_off: WorkOff
) -> None:
    edition = compiled(make_list(a="Amal Nouri Bensaid"))
    engine._open.clear()
    manifest = settings.DATA / edition.folder / MANIFEST
    manifest.write_text(manifest.read_text().replace(edition.engine, "1999.01-a-b-c"))
    Edition.objects.update(engine="1999.01-a-b-c")
    with pytest.raises(NoEdition, match="edition_stale"):
        current()
    work_off()
    assert current().edition != edition
    assert current().edition.engine == edition.engine


def test_listeners_are_told_in_the_transaction_and_a_fault_of_theirs_leaves_all_as_it_was(
    make_list: MakeList, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Edition | None, Edition]] = []
    monkeypatch.setattr(ports, "LISTENERS", [lambda before, now: told.append((before, now))])
    first = compiled(make_list(a="Amal Nouri"))
    second = compiled(make_list(a="Amal Nouri", b="Basel Qadri"))
    assert told == [(None, first), (first, second)]

    def fail(before: Edition | None, now: Edition) -> None:
        raise RuntimeError

    monkeypatch.setattr(ports, "LISTENERS", [fail])
    with pytest.raises(RuntimeError):
        compiled(make_list(a="Amal Nouri", c="Chadi Azzam"))
    assert current().edition == second
    assert Edition.objects.count() == 2


def test_lists_that_change_while_they_are_compiled_are_compiled_again(
    make_list: MakeList, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(make_list(a="Amal Nouri"))
    real = compiling.compile_pins

    def late(pins: list[compiling.Pin]) -> object:
        made = real(pins)
        monkeypatch.setattr(compiling, "compile_pins", real)
        import_file(make_list(a="Amal Nouri", c="Chadi Azzam"), file_name="x", by=None)
        return made

    monkeypatch.setattr(compiling, "compile_pins", late)
    edition = compiled(make_list(a="Amal Nouri", b="Basel Qadri"))
    assert edition.versions == {"watch": 3}


def test_one_content_makes_one_index_however_it_came_about(make_list: MakeList, db: None) -> None:
    one = compiled(make_list(a="Amal Nouri", b="Basel Qadri"))
    compiled(make_list(a=["Amal Nouri", "Amel"], c="Chadi Azzam"))
    again = compiled(make_list(b="Basel Qadri", a="Amal Nouri"))
    assert again != one
    assert again.index_id == one.index_id


def test_old_indexes_go_once_nobody_needs_them(make_list: MakeList, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "KEPT", 1)
    first = compiled(make_list(a="Zaki Imran"))
    needed: set[UUID] = {first.pk}
    monkeypatch.setattr(ports, "NEEDED", [lambda: needed])
    folder = settings.DATA / first.folder
    second = compiled(make_list(a="Zaki Imran", b="Basel Qadri"))
    assert folder.exists()
    needed.clear()
    third = compiled(make_list(a="Zaki Imran", b="Basel Qadri", c="Chadi Azzam"))
    assert not folder.exists()
    assert not (settings.DATA / second.folder).exists()
    assert (settings.DATA / third.folder).exists()
    assert Edition.objects.filter(folder="").count() == 2


def test_an_index_that_another_collection_has_too_stays(
    make_list: MakeList, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "KEPT", 1)
    compiled(make_list(a="Zaki Imran Two"))
    other = Collection.objects.create(slug="ours", title="Ours")
    other.sources.set(ListSource.objects.all())
    same = rebuild(other)
    compiled(make_list(a="Zaki Imran Two", b="Basel Qadri"))
    assert (settings.DATA / same.folder).exists()
    assert current("ours").edition == same
