"""What every test may use: real files that lie beside the project, where there are any."""

from pathlib import Path

import pytest
from hypothesis import settings

# For a second Python: fewer examples where a test leaves their number open (`--hypothesis-profile brief`).
settings.register_profile("brief", settings.get_profile("ci"), max_examples=25)

ROOT = Path(__file__).resolve().parent.parent


def shared_file(*parts: str) -> Path:
    """A real file or folder beside the project (`../shared/…`); skips the test, saying so, where it is absent."""
    path = ROOT.parent / "shared" / Path(*parts)
    if not path.exists():
        pytest.skip(f"../shared/{Path(*parts).as_posix()} is absent")
    return path
