"""A copy of the source tree in which a fault can be planted, and the contracts run on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def copy_of_the_source(folder: Path) -> Path:
    """`src` and the contracts, apart from the real ones."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.nb?"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def plant(project: Path, module: str, line: str) -> None:
    """Writes a one-line module, `names.fault` say, and the packages above it where they are new."""
    path = project / "src" / "tahaluf" / Path(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.joinpath("__init__.py").touch()
    path.write_text(line + "\n", encoding="utf-8")


def run_contracts(project: Path) -> tuple[int, str]:
    """Exit code and output of import-linter on a tree."""
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--config", "pyproject.toml"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src"), "COLUMNS": "300", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
