"""What an operator may set is understood, documented, and refused where it makes no sense."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tahaluf.cli.node.serve import address_of
from tahaluf.domain import InputError
from tahaluf.web.config.environment import read_environment
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "reference" / "settings.md"
VARIABLE = re.compile(r"TAHALUF_[A-Z][A-Z_]*")


def test_every_variable_that_is_read_is_documented_and_no_other() -> None:
    read = {name for path in (ROOT / "src").rglob("*.py") for name in VARIABLE.findall(path.read_text("utf-8"))}
    told = set(re.findall(r"^\| `(TAHALUF_[A-Z_]+)`", PAGE.read_text("utf-8"), re.MULTILINE))
    assert read == told


def test_a_desk_needs_no_setting(tmp_path: Path) -> None:
    environment = read_environment({"TAHALUF_DATA": str(tmp_path / "new")})
    assert environment.database["NAME"] == str(tmp_path / "new" / "desk.sqlite3")
    assert environment.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert not environment.https and not environment.debug and not environment.updates


def test_how_often_a_token_may_ask_is_the_operator_s_to_say(tmp_path: Path) -> None:
    given = {"TAHALUF_DATA": str(tmp_path)}
    assert (read_environment(given).api_rate, read_environment(given).api_burst) == (500, 1000)
    environment = read_environment({**given, "TAHALUF_API_RATE": "0.5", "TAHALUF_API_BURST": "20"})
    assert (environment.api_rate, environment.api_burst) == (0.5, 20)


def test_the_secret_key_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    given = {"TAHALUF_DATA": str(tmp_path)}
    first = read_environment(given).secret_key
    assert len(first) > 60
    assert read_environment(given).secret_key == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    own = {**given, "TAHALUF_SECRET_KEY": "given by the operator"}
    assert read_environment(own).secret_key == own["TAHALUF_SECRET_KEY"]


def test_a_database_is_read_from_its_address(tmp_path: Path) -> None:
    given = {"TAHALUF_DATA": str(tmp_path), "TAHALUF_DATABASE": "postgresql://desk:p%40ss@db.example:6432/desk"}
    database = read_environment(given).database
    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"], database["NAME"]) == (
        "desk", "p@ss", "db.example", "6432", "desk",
    )  # fmt: skip


def test_how_a_connection_is_protected_is_part_of_its_address(tmp_path: Path) -> None:
    address = "postgresql://desk@db.example/desk?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    database = read_environment({"TAHALUF_DATA": str(tmp_path), "TAHALUF_DATABASE": address}).database
    assert database["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}


def test_of_many_processes_that_start_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    given = {"TAHALUF_DATA": str(tmp_path)}
    with ThreadPoolExecutor(16) as pool:
        keys = {one.secret_key for one in pool.map(lambda _: read_environment(given), range(64))}
    assert keys == {(tmp_path / "secret-key").read_text()}
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("host", "more", "address"),
    [
        ("127.0.0.1", {}, "http://localhost:8000"),
        ("::1", {}, "http://localhost:8000"),
        ("0.0.0.0", {}, "http://localhost:8000"),  # noqa: S104 (compared, not bound)
        ("0.0.0.0", {"TAHALUF_HOSTS": "localhost desk.example"}, "http://desk.example:8000"),  # noqa: S104
        ("2001:db8::5", {}, "http://[2001:db8::5]:8000"),
        ("127.0.0.1", {"TAHALUF_HOSTS": "desk.example", "TAHALUF_HTTPS": "yes"}, "https://desk.example"),
    ],
)
def test_the_address_that_is_told_is_one_that_can_be_opened(
    tmp_path: Path, host: str, more: dict[str, str], address: str
) -> None:
    assert address_of(host, 8000, read_environment({"TAHALUF_DATA": str(tmp_path), **more})) == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAHALUF_DATABASE", "mysql://user:secret@host/name"),
        ("TAHALUF_DATABASE", "postgresql://user:secret@host"),
        ("TAHALUF_DATABASE", "postgresql://user:secret@host:port/name"),
        ("TAHALUF_DATABASE", "postgresql://user:secret/secret@host/name"),
        ("TAHALUF_DATABASE", "postgresql://user:secret@host/name?sslmode=verify-full&secret=1"),
        ("TAHALUF_DATABASE", "postgresql://user:secret@host/name?secret"),
        ("TAHALUF_HTTPS", "secret"),
        ("TAHALUF_TIME_ZONE", "secret"),
        ("TAHALUF_REGION", "secret"),
        ("TAHALUF_LANGUAGE", "secret"),
        ("TAHALUF_UPLOAD_BYTES", "secret"),
        ("TAHALUF_API_RATE", "secret"),
        ("TAHALUF_API_RATE", "0.0"),
        ("TAHALUF_API_RATE", "-1"),
        ("TAHALUF_API_RATE", "inf"),
        ("TAHALUF_API_BURST", "0"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name_without_its_value(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(InputError) as refused:
        read_environment({"TAHALUF_DATA": str(tmp_path), name: value})
    problem = refused.value.problem
    assert (problem.code, problem.where.field) == ("web.setting", name)
    assert "secret" not in f"{problem.expected}{problem.found}"
