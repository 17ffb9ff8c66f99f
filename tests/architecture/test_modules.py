"""What every module owes its reader, and what a reader of the core does not get."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src"
MODULES = sorted(SOURCE.rglob("*.py"))
HEAVY = ("django", "ninja", "ray", "pandas", "polars", "urllib3", "requests", "http.client")


def dotted(path: Path) -> str:
    """`src/tahaluf/names/fold.py` → `tahaluf.names.fold`."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_public(path: Path) -> bool:
    if "migrations" in path.parts:  # Django writes these
        return False
    return all(not part.startswith("_") or part == "__init__" for part in dotted(path).split("."))


def loaded_after(program: str) -> set[str]:
    """The modules that a fresh Python holds after a program."""
    report = "\nimport sys; print('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program + report], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("path", [path for path in MODULES if is_public(path)], ids=dotted)
def test_a_public_module_says_when_to_reach_for_it(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text and len(text.split()) >= 3


def packages_with_exports() -> list[str]:
    return [dotted(path) for path in MODULES if path.name == "__init__.py" and "__all__" in path.read_text("utf-8")]


@pytest.mark.parametrize("name", packages_with_exports())
def test_exports_are_whole(name: str) -> None:
    package = importlib.import_module(name)
    exported = package.__all__
    missing = [item for item in exported if not hasattr(package, item)]
    assert missing == []
    assert sorted(set(exported)) == sorted(exported)


@pytest.mark.parametrize("name", ["domain", "names", "lists", "messages", "screening", "exchange"])
def test_a_core_package_imports_no_network_and_no_framework(name: str) -> None:
    loaded = loaded_after(f"import tahaluf.{name}")
    assert f"tahaluf.{name}" in loaded
    assert loaded.isdisjoint({"django", "ninja", "ray", "urllib3", "requests", "http.client"})


def test_the_package_opens_without_what_it_does_not_need() -> None:
    loaded = loaded_after("import tahaluf; tahaluf.Screener")
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["--version", "--help", "screen --help", "index --help", "explain --help"])
def test_a_command_that_is_only_asked_for_help_loads_no_network(command: str) -> None:
    program = f"from tahaluf.cli.main import run; run({command.split()!r})"
    loaded = loaded_after(program)
    assert "tahaluf.cli.main" in loaded
    assert loaded.isdisjoint({*HEAVY, "numba", "lxml"})
