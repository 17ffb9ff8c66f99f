"""The page of figures: each script has its section, and writes that one alone."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = """# Speed

<!-- measured: one -->
old
<!-- end -->
between
<!-- measured: two -->
kept
<!-- end -->
"""
SCRIPTS = {path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py")}
ELSEWHERE = {"accuracy", "injected_names"}


def test_a_script_replaces_its_own_section_and_nothing_else() -> None:
    from measuring.page import replace_section

    new = replace_section(PAGE, "one", r"new \1 text")
    assert new == PAGE.replace("old", "\nnew \\1 text\n")
    assert replace_section(new, "one", r"new \1 text") == new


@pytest.mark.parametrize("page", ["nothing", PAGE + PAGE])
def test_a_page_without_the_markers_or_with_two_is_refused(page: str) -> None:
    from measuring.page import replace_section

    with pytest.raises(ValueError, match="markers of one"):
        replace_section(page, "one", "new")


def test_nothing_is_written_unless_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from measuring.page import report

    page = tmp_path / "speed.md"
    page.write_text(PAGE, encoding="utf-8")
    report("one", "figures", write=False, page=page)
    assert page.read_text(encoding="utf-8") == PAGE
    report("one", "figures", write=True, page=page)
    assert "figures" in page.read_text(encoding="utf-8")
    assert "figures" in capsys.readouterr().out


def test_a_figure_says_whether_it_keeps_its_promise() -> None:
    from measuring.page import Figure

    assert Figure("Time", 4.2, "s", 5, 3).row() == ("Time", "4.2 s", "at most 5 s", "at most 3 s", "yes")
    assert Figure("Time", 5.01, "s", 5).row()[4] == "**no**"
    assert Figure("Rate", 99.0, "", 100.0, least=True).row()[2:] == ("at least 100", "", "**no**")
    assert Figure("Memory", 1234.5, "MB").row() == ("Memory", "1,234 MB", "", "", "")


def test_figures_are_told_with_commit_date_and_size_of_the_machine() -> None:
    from measuring.machine import describe_machine

    told = describe_machine()
    assert re.match(r"\d{4}-\d\d-\d\d, commit ", told)
    assert re.search(r"\d+ cores, .+ of memory, .+, Python 3\.\d+", told)


def test_every_script_has_its_section_in_the_page_of_figures() -> None:
    page = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    assert set(re.findall(r"<!-- measured: (\w+) -->", page)) == SCRIPTS - ELSEWHERE
    assert page.count("<!-- end -->") == len(SCRIPTS - ELSEWHERE)


def test_the_page_tells_the_command_of_every_section() -> None:
    page = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`python benchmarks/(\w+)\.py [^`]*--write`", page)) == SCRIPTS - ELSEWHERE


def test_what_messages_cost_has_its_section_and_command_in_the_page_of_accuracy() -> None:
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert page.count("<!-- measured: injected_names -->") == 1
    assert "`python benchmarks/injected_names.py --write`" in page
