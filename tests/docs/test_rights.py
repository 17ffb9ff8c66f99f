"""The page of rights names tests; each of them is there."""

import re

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "rights.md"


def test_every_test_that_the_page_of_rights_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text("utf-8")))
    texts = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)", texts))
    assert len(named) > 15
    assert named - there == set()
