"""The pinned packages are those that the project asks for: exact, hashed, from nowhere in particular."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from tests.conftest import ROOT

LOCKS = {"runtime": (), "test": ("test",), "check": ("test", "check"), "ray": ("test", "ray")}
PYTHONS = ["3.11.2", "3.11.7", "3.12.1", "3.13.0"]
MACHINES = ["x86_64", "aarch64"]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def pins(name: str, python: str = "3.11.7", machine: str = "x86_64") -> dict[str, str]:
    """Package → version, as an installation on Linux takes them."""
    found: dict[str, str] = {}
    place = {
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "os_name": "posix",
    }
    for line in lock(name).read_text(encoding="utf-8").splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            package, _, marker = line.rstrip(" \\").partition(" ; ")
            if not marker or Marker(marker).evaluate(place):
                key, version = package.split("==")
                assert key not in found, f"{key} is pinned twice for Python {python}"
                found[key] = version
    return found


def asked(name: str) -> list[Requirement]:
    extras = PROJECT["project"]["optional-dependencies"]
    texts = list(PROJECT["project"]["dependencies"]) + PROJECT["build-system"]["requires"]
    return [Requirement(text) for text in texts + [text for extra in LOCKS[name] for text in extras[extra]]]


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("machine", MACHINES)
def test_every_package_asked_for_is_pinned_at_a_version_that_fits(name: str, python: str, machine: str) -> None:
    found = pins(name, python, machine)
    wrong = [str(item) for item in asked(name) if not item.specifier.contains(found.get(item.name.lower(), "0"))]
    assert wrong == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_is_exact_and_hashed_and_comes_from_nowhere_in_particular(name: str) -> None:
    text = lock(name).read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    assert blocks
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block or "==" not in block] == []
    assert re.findall(r"(?m)^-|://|^#.*", text) == []


@pytest.mark.parametrize("name", ["test", "check", "ray"])
@pytest.mark.parametrize("python", PYTHONS)
def test_tests_run_on_the_versions_that_users_get(name: str, python: str) -> None:
    larger = pins(name, python)
    assert {key: larger.get(key) for key in pins("runtime", python)} == pins("runtime", python)


def test_the_core_asks_for_no_web_framework_and_no_cluster() -> None:
    assert pins("runtime").keys().isdisjoint({"django", "django-ninja", "ray", "pandas", "polars", "followthemoney"})
