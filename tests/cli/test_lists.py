"""`tahaluf lists`: what it prints, writes and returns."""

import json
from pathlib import Path

import pytest

from tahaluf.cli.main import run
from tahaluf.lists import read
from tahaluf.prose.i18n import set_language
from tests.lists import samples
from tests.lists.update.server import send, serve


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAHALUF_LANG", "en")
    set_language("en")


def test_read_says_what_a_file_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = samples.save(tmp_path, "un.xml", samples.UN)
    assert run(["lists", "read", str(path)]) == 0
    shown = capsys.readouterr()
    assert shown.out == f"{path} · un-xml · un_sc · 3 listings · published 2030-05-06\n"
    assert shown.err == ""


def test_read_writes_all_files_as_entities(tmp_path: Path) -> None:
    files = [samples.save(tmp_path, "un.xml", samples.UN), samples.save(tmp_path, "sdn.xml", samples.SDN)]
    out = tmp_path / "all.ftm.json"
    assert run(["lists", "read", *map(str, files), "--out", str(out), "--dataset", "ours"]) == 0
    listings = list(read(out))
    assert [listing.id for listing in listings] == ["un-101", "un-102", "un-103", "ofac-501", "ofac-502"]
    assert {listing.dataset for listing in listings} == {"ours"}
    assert not list(tmp_path.glob(".*.part"))


def test_read_with_problems_is_done_but_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = samples.save(tmp_path, "un.xml", samples.UN.replace("<FIRST_NAME>MARIUS", "<FIRST>MARIUS"))
    assert run(["lists", "read", str(path)]) == 3
    shown = capsys.readouterr()
    assert "2 listings" in shown.out
    assert str(path) in shown.err


def test_read_of_what_is_no_list_fails_and_reads_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good = samples.save(tmp_path, "a.xml", "hello"), samples.save(tmp_path, "b.xml", samples.UN)
    assert run(["lists", "read", str(bad), str(good)]) == 1
    shown = capsys.readouterr()
    assert "3 listings" in shown.out
    assert str(bad) in shown.err


def test_read_of_a_cut_file_says_that_it_is_incomplete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = samples.save(tmp_path, "un.xml", samples.UN[:-60])
    assert run(["lists", "read", str(path)]) == 3
    assert "incomplete" in capsys.readouterr().out


def test_many_problems_of_a_kind_are_shown_once_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = samples.save(tmp_path, "list.json", samples.FTM + "{\n" * 50)
    assert run(["lists", "read", str(path)]) == 3
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 21
    assert "30" in shown[-1]


@pytest.mark.parametrize("command", [["read", "{none}"], ["diff", "{none}", "{list}"], ["diff", "{list}", "{none}"]])
def test_a_list_that_is_not_there_is_told_as_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    there, none = samples.save(tmp_path, "un.xml", samples.UN), tmp_path / "none.xml"
    assert run(["lists", *(word.format(none=none, list=there) for word in command)]) == 1
    assert f"{none}: the list is not there. Check the path." in capsys.readouterr().err


def test_a_folder_as_update_keeps_it_is_read_by_its_current_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "un" / "versions").mkdir(parents=True)
    samples.save(tmp_path / "un", "current.xml", samples.UN)
    for folder in (tmp_path / "un", tmp_path):
        assert run(["lists", "read", str(folder)]) == 0
        assert "3 listings" in capsys.readouterr().out


def two_versions(folder: Path) -> list[str]:
    later = samples.UN.replace("MARIUS", "MARIO").replace("<DATAID>103", "<DATAID>104")
    return [str(samples.save(folder, "old.xml", samples.UN)), str(samples.save(folder, "new.xml", later))]


def test_diff_shows_what_came_went_and_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lists", "diff", *two_versions(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Added: 1",
        "  + SAHEL GRAIN TRADERS (un-104, TTe.001)",
        "Removed: 1",
        "  - SAHEL GRAIN TRADERS (un-103, TTe.001)",
        "Amended: 1",
        "  ~ MARIO FELD (un-102)",
        "      names: MARIUS FELD | primary | good | MARIUS | FELD → MARIO FELD | primary | good | MARIO | FELD",
    ]


def test_diff_as_json_gives_a_line_for_each_listing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lists", "diff", *two_versions(tmp_path), "--format", "json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["change"] for row in rows] == ["added", "removed", "amended"]
    assert rows[0]["listing"]["id"] == "un-104"
    assert rows[2]["listing_id"] == "un-102"
    assert rows[2]["changes"][0]["field"] == "names"
    assert rows[2]["changes"][0]["added"][0]["text"] == "MARIO FELD"


def test_control_characters_of_a_list_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = samples.save(tmp_path, "old.xml", samples.UN)
    new = samples.save(tmp_path, "new.xml", samples.UN.replace("MARIUS", "MAR&#x9b;31mIUS\u202e").replace("102", "109"))
    run(["lists", "diff", str(old), str(new)])
    shown = capsys.readouterr().out
    assert "\x9b" not in shown
    assert "\u202e" not in shown


PUBLISHED = samples.UN.replace("2030-05-06", "2020-05-06")


def test_update_takes_an_implausible_list_only_when_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve() as publisher:
        publisher.answers = [send(PUBLISHED.encode())]
        sources = samples.save(tmp_path, "sources.json", json.dumps({"un": {"url": publisher.url}}))
        command = ["lists", "update", "un", "--dir", str(tmp_path), "--sources", str(sources), "--allow-loopback-http"]
        assert run(command) == 1
        assert "--accept" in capsys.readouterr().err
        assert run([*command, "--accept"]) == 3
    shown = capsys.readouterr()
    assert "un · updated · 3 listings" in shown.out
    assert "not plausible" in shown.err


def test_update_fetches_and_then_finds_nothing_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve() as publisher:
        publisher.answers = [send(PUBLISHED.encode(), headers={"ETag": '"1"'}), send(b"", 304)]
        sources = samples.save(tmp_path, "sources.json", json.dumps({"un": {"url": publisher.url, "least": 3}}))
        command = ["lists", "update", "un", "--dir", str(tmp_path), "--sources", str(sources), "--allow-loopback-http"]
        assert run(command) == 0
        assert run(command) == 0
    current = tmp_path / "un" / "current.xml"
    assert capsys.readouterr().out.splitlines() == [
        f"un · updated · 3 listings · 2020-05-06 · {current}",
        f"un · nothing new · 3 listings · 2020-05-06 · {current}",
    ]


def test_update_that_fails_says_why_and_returns_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve() as publisher:
        publisher.answers = [send(b"gone", 404)]
        sources = samples.save(tmp_path, "sources.json", json.dumps({"un": {"url": publisher.url}}))
        command = ["lists", "update", "un", "--dir", str(tmp_path), "--sources", str(sources), "--allow-loopback-http"]
        assert run(command) == 1
    assert "404" in capsys.readouterr().err


def test_update_of_an_unknown_list_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lists", "update", "nowhere", "--dir", str(tmp_path)]) == 1
    assert "nowhere" in capsys.readouterr().err
