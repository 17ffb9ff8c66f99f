"""The import contracts of `pyproject.toml` are kept, and each of them can fail."""

from pathlib import Path

import pytest

from tests.architecture.faults import copy_of_the_source, plant, run_contracts
from tests.conftest import ROOT

pytest.importorskip("importlinter", reason="import-linter comes with the check extra: make check")

FAULTS = [
    ("names.fault", "import urllib.request", "The engine opens no socket"),
    ("screening.fault", "import socket", "The engine opens no socket"),
    ("messages.fault", "import subprocess", "The engine opens no socket"),
    ("lists.fault", "import urllib3", "The engine opens no socket"),
    ("screening.fault", "import tahaluf.lists", "Imports point down"),
    ("lists.fault", "import tahaluf.messages", "Imports point down"),
    ("messages.fault", "import tahaluf.screening", "Imports point down"),
    ("names.fault", "import tahaluf.screening", "Imports point down"),
    ("domain.fault", "import tahaluf.names", "Imports point down"),
    ("screening.fault", "import tahaluf.cli", "Imports point down"),
    ("unheard.fault", "import json", "Imports point down"),
    ("exchange.fault", "import tahaluf.lists", "Imports point down"),
    ("screening.fault", "import tahaluf.exchange", "Imports point down"),
    ("exchange.fault", "import django.db", "The core knows no web framework"),
    ("exchange.fault", "import ssl", "The engine opens no socket"),
    ("exchange.taxii.fault", "import urllib.parse", "The engine opens no socket"),
    ("exchange.fault", "import tahaluf.exchange.taxii.client.https", "The exchange is handed its line"),
    ("prose.fault", "import django.db", "The core knows no web framework"),
    ("cli.fault", "import django.db", "No command names a web framework"),
    ("web.common.fault", "import tahaluf.web.review", "Inside the desk arrows go down"),
    ("cli.fault", "import tahaluf.web.config", "Of the command line only cli.node opens the desk"),
    ("names.fault", "import ninja", "The core knows no web framework"),
    ("cli.fault", "import requests", "The command line reaches the network through lists.update alone"),
    ("lists.fault", "import tahaluf.lists.update", "Only the command line and the desk"),
    ("domain.fault", "import numpy", "The glossary needs nothing but the standard library"),
]


def test_the_contracts_are_kept() -> None:
    code, output = run_contracts(ROOT)
    assert code == 0, output


@pytest.mark.parametrize(("module", "line", "contract"), FAULTS)
def test_a_planted_fault_breaks_its_contract(tmp_path: Path, module: str, line: str, contract: str) -> None:
    project = copy_of_the_source(tmp_path)
    plant(project, module, line)
    code, output = run_contracts(project)
    broken = [text for text in output.splitlines() if text.startswith(contract) and "BROKEN" in text]
    assert code == 1, output
    assert broken, output


def test_two_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    project = copy_of_the_source(tmp_path)
    plant(project, "names.one", "import tahaluf.names.two")
    plant(project, "names.two", "import tahaluf.names.one")
    code, output = run_contracts(project)
    assert code == 1
    assert "No two sibling modules import each other in a circle BROKEN" in output
