"""The last-resort font, served from the package that brings it: Arabic stays readable where no font is installed."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def font_folder() -> Path:
    """Where matplotlib keeps its fonts; it is found, not loaded, which would take half a second and 20 MB."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


class FontFinder(BaseFinder):
    """Finds `fonts/DejaVuSans.ttf`."""

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        name = path.removeprefix("fonts/")
        if not path.startswith("fonts/") or name not in FONTS:
            return []
        found = str(font_folder() / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=str(font_folder()))
        storage.prefix = "fonts"  # type: ignore[attr-defined]
        for name in FONTS:
            yield name, storage
