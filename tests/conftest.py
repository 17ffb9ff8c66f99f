"""What every test may use: real files that lie beside the project, where there are any."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_file(*parts: str) -> Path:
    """A real file or folder beside the project (`../shared/…`); skips the test, saying so, where it is absent."""
    path = ROOT.parent / "shared" / Path(*parts)
    if not path.exists():
        pytest.skip(f"../shared/{Path(*parts).as_posix()} is absent")
    return path
