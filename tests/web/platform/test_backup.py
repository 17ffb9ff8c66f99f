"""What was saved comes back; what is not whole, not ours or not wanted changes nothing."""

import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tahaluf.domain import InputError
from tahaluf.web.config.backup.manifest import is_member
from tahaluf.web.config.backup.unpacking import unpack
from tests.web.platform.conftest import SERVER, Desk, copy_desk, drop_desk

pytestmark = pytest.mark.skipif(
    bool(SERVER) and not (shutil.which("pg_dump") and shutil.which("pg_restore")),
    reason="the client programs of PostgreSQL are not installed",
)
WORK = """
from django.conf import settings
from tahaluf.web.accounts.services import create_person
from tahaluf.web.common.audit.services import record
create_person("aissata.keita", by=None, roles=["analyst"])
record(None, "test.done", note="نور الدين")
(settings.DATA / "uploads" / "one").mkdir(parents=True)
(settings.DATA / "uploads" / "one" / "content.csv").write_text("اسم,name\\n")
(settings.DATA / "cache").mkdir(exist_ok=True)
(settings.DATA / "cache" / "left-out").write_text("x")
"""
TOLD = """
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.models import AuditEntry
print([u.username for u in User.objects.order_by("pk")], [e.action for e in AuditEntry.objects.order_by("pk")])
"""


@pytest.fixture(scope="session")
def worked_in(prepared: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk, Path]]:
    """Two desks in which two people have worked, to be copied, and the first of them saved."""
    folder = tmp_path_factory.mktemp("worked")
    first, second = (copy_desk(prepared, folder / name) for name in ("first", "second"))
    first.python(WORK)
    second.python(WORK.replace("aissata.keita", "karim.benali").replace('"one"', '"two"'))
    copied = copy_desk(first, folder / "copied")
    copied.tahaluf("backup", str(folder / "desk.tar"))
    yield first, second, folder / "desk.tar"
    for desk in (first, second, copied):
        drop_desk(desk)


@pytest.fixture
def worked(worked_in: tuple[Desk, Desk, Path], new_desk: Callable[..., Desk]) -> Desk:
    return new_desk(worked_in[0])


@pytest.fixture
def other(worked_in: tuple[Desk, Desk, Path], new_desk: Callable[..., Desk]) -> Desk:
    """A desk in which somebody else has worked."""
    return new_desk(worked_in[1])


@pytest.fixture
def saved(worked_in: tuple[Desk, Desk, Path], tmp_path: Path) -> Path:
    """What `backup` wrote of a desk like `worked`."""
    return Path(shutil.copy(worked_in[2], tmp_path / "desk.tar"))


def test_a_desk_comes_back_on_an_empty_machine(worked: Desk, empty_desk: Desk, tmp_path: Path) -> None:
    saved = tmp_path / "desk.tar"
    assert "saved in" in worked.tahaluf("backup", str(saved))
    assert saved.stat().st_mode & 0o077 == 0
    assert "restored from" in empty_desk.tahaluf("restore", str(saved))
    told = empty_desk.python(TOLD)
    assert "'aissata.keita'" in told
    assert told.rstrip().endswith("'test.done', 'desk.saved', 'desk.restored']")
    assert (empty_desk.data / "uploads/one/content.csv").read_text() == "اسم,name\n"
    assert (empty_desk.data / "secret-key").read_text() == (worked.data / "secret-key").read_text()
    assert not (empty_desk.data / "cache" / "left-out").exists()
    assert "all as written" in empty_desk.tahaluf("audit", "verify")
    assert list((empty_desk.data / "run").iterdir()) == [empty_desk.data / "run" / "in-use"]


def test_a_desk_that_holds_something_is_replaced_only_when_that_is_said(other: Desk, saved: Path) -> None:
    assert "not empty" in other.tahaluf("restore", str(saved), code=1)
    assert "karim.benali" in other.python(TOLD)
    other.tahaluf("restore", str(saved), "--replace")
    assert "karim.benali" not in other.python(TOLD)
    assert not (other.data / "uploads" / "two").exists()
    assert (other.data / "uploads" / "one").exists()


def test_a_damaged_backup_changes_nothing(saved: Path, empty_desk: Desk, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    damaged = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (600, len(whole) // 2)]
    damaged += [whole[:length] for length in (0, 100, len(whole) // 2)]
    for number, text in enumerate(damaged):
        saved.write_bytes(text)
        with pytest.raises(InputError):
            unpack(saved, tmp_path / f"into-{number}")
    place = whole.index("اسم".encode())
    saved.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
    assert "content.csv is not what was saved" in empty_desk.tahaluf("restore", str(saved), code=1)
    assert not (empty_desk.data / "uploads").exists()
    saved.write_bytes(whole)
    empty_desk.tahaluf("restore", str(saved))


def test_a_backup_is_never_written_over_another(worked: Desk, saved: Path, tmp_path: Path) -> None:
    before = saved.read_bytes()
    assert "exists already" in worked.tahaluf("backup", str(saved), code=1)
    assert saved.read_bytes() == before
    assert not list(tmp_path.glob("*.new"))


BROKEN = """
import sys
from pathlib import Path
from tahaluf.web.config.backup import restoring
real = getattr(restoring, sys.argv[2])
def broken(*values, **named):
    real(*values, **named)
    raise OSError(28, "No space left on device")
setattr(restoring, sys.argv[2], broken)
try:
    restoring.restore(Path(sys.argv[1]), replace=True)
except OSError as fault:
    print(fault)
"""


@pytest.mark.parametrize("fails", ["_move_files", "record"])
def test_what_goes_wrong_after_the_database_was_replaced_puts_the_desk_back(
    other: Desk, saved: Path, fails: str
) -> None:
    before, key = other.python(TOLD), (other.data / "secret-key").read_text()
    assert "No space left" in other.python(BROKEN, str(saved), fails)
    assert other.python(TOLD) == before
    assert (other.data / "secret-key").read_text() == key
    assert [path.name for path in (other.data / "uploads").iterdir()] == ["two"]
    assert [path.name for path in (other.data / "run").iterdir()] == ["in-use"]
    other.tahaluf("restore", str(saved), "--replace")
    assert "aissata.keita" in other.python(TOLD)
    assert [path.name for path in (other.data / "run").iterdir()] == ["in-use"]


def test_a_desk_whose_worker_lives_on_another_machine_is_not_replaced(worked: Desk, saved: Path) -> None:
    there = "from tahaluf.web.common.jobs import process; process.tick('elsewhere-1')"
    worked.python(there)
    assert "is running" in worked.tahaluf("restore", str(saved), "--replace", code=1)
    worked.python("from tahaluf.web.common.jobs.models import Worker; Worker.objects.all().delete()")
    worked.tahaluf("worker", "--once")
    worked.tahaluf("restore", str(saved), "--replace")


@pytest.mark.skipif(not SERVER, reason="only a database on a server is used from other machines")
def test_a_desk_whose_database_others_are_connected_to_is_not_replaced(other: Desk, saved: Path) -> None:
    import psycopg

    before = other.python(TOLD)
    with psycopg.connect(other.database, application_name="web-2"):
        said = other.tahaluf("restore", str(saved), "--replace", code=1)
        assert "connected to the database" in said and "web-2" in said
    assert other.python(TOLD) == before
    other.tahaluf("restore", str(saved), "--replace")


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "data/../../x", "data//x", "data/a\\b", "data", "x", "data/./x", "data/c:x"]
)
def test_no_member_leads_out_of_its_folder(name: str) -> None:
    assert not is_member(name)


def _tar(path: Path, members: dict[str, tarfile.TarInfo | bytes]) -> None:
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            told = content if isinstance(content, tarfile.TarInfo) else tarfile.TarInfo(name)
            text = content if isinstance(content, bytes) else b""
            told.size = len(text)
            tar.addfile(told, io.BytesIO(text))


def _manifest(*names: str) -> bytes:
    members = {
        name: {"bytes": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        for name in names
    }
    told = {"format": 1, "made_at": "", "version": "", "engine": "sqlite", "migrations": [], "audit": ""}
    return json.dumps({**told, "members": members}).encode()


def test_a_crafted_tar_is_refused(tmp_path: Path) -> None:
    link = tarfile.TarInfo("data/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    crafted: list[dict[str, tarfile.TarInfo | bytes]] = [
        {"../outside": b"", "manifest.json": _manifest("../outside")},
        {"data/link": link, "manifest.json": _manifest("data/link")},
        {"data/unnamed": b"", "manifest.json": _manifest()},
        {"manifest.json": _manifest("data/missing")},
        {"manifest.json": b"[]"},
        {"manifest.json": b'{"format": 2}'},
        {"data/x": b""},
    ]
    for number, members in enumerate(crafted):
        path, into = tmp_path / f"{number}.tar", tmp_path / f"into-{number}"
        _tar(path, members)
        into.mkdir()
        with pytest.raises(InputError):
            unpack(path, into)
        assert not any(into.rglob("*"))
    assert not (tmp_path / "outside").exists()
