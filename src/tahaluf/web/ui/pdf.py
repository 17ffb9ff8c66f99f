"""PDF files from templates (typst) and plain data, Arabic set rightly, tagged for screen readers (PDF/A-2a).

    render_pdf("ui/plain.typ", {"title": …, "blocks": [heading(…), facts([…]), text(…)]}, "ar")

Templates lie among an app's templates; they get the data as values and never as markup. Each document is made in a
process of its own, which ends: the typesetter keeps what it has once read. Nothing is ever fetched.
"""

import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from django.template import TemplateDoesNotExist
from django.template.utils import get_app_template_dirs

from tahaluf.web.ui.fonts import font_folder

WEB = Path(__file__).resolve().parent.parent
# One face for both scripts, or brackets of a run in the other one are not turned; in the order of preference.
FACES = {"Amiri": ("/usr/share/fonts/opentype/fonts-hosny-amiri", "/usr/share/fonts/truetype/fonts-hosny-amiri")}
LAST_RESORT = "DejaVu Sans"
SECONDS = 60
LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"


class TypesettingError(Exception):
    """A template that does not compile, or took too long: a fault of ours, never of the data."""


def render_pdf(template_name: str, data: Mapping[str, Any], language: str, *, at: datetime | None = None) -> bytes:
    """The document; with the same `at` the same bytes. Every string in `data` is isolated from its neighbors, but
    those under the key `kind`, which templates branch on."""
    folders, faces = available_faces()
    order = {
        "template": str(find_template(template_name)),
        "root": str(WEB),
        "fonts": folders,
        "inputs": {
            "language": language,
            "faces": orjson.dumps(faces).decode(),
            "data": orjson.dumps(isolate(data, language == "ar")).decode(),
        },
        "at": int((at or datetime.now(UTC)).timestamp()),
    }
    return _run(orjson.dumps(order))


def available_faces() -> tuple[list[str], list[str]]:
    """Folders with fonts, and the names of faces in the order of preference."""
    found = {name: next((f for f in folders if Path(f).is_dir()), "") for name, folders in FACES.items()}
    return [f for f in found.values() if f] + [str(font_folder())], [n for n, f in found.items() if f] + [LAST_RESORT]


def find_template(name: str) -> Path:
    """`review/case.typ` among the apps' templates."""
    for folder in get_app_template_dirs("templates"):
        path = Path(folder) / name
        if path.is_file() and path.is_relative_to(WEB):
            return path
    raise TemplateDoesNotExist(name)


def isolate(value: Any, turned: bool) -> Any:
    """The same data with each string kept from the direction of what stands around it. Text that has letters of the
    document's own direction keeps that; other text keeps its own; numbers and codes are read from the left."""
    if isinstance(value, str):
        return f"{_opening(value, turned)}{value}{PDI}" if value else ""
    if isinstance(value, Mapping):
        return {key: item if key == "kind" else isolate(item, turned) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [isolate(item, turned) for item in value]
    return value


def _opening(text: str, turned: bool) -> str:
    classes = {unicodedata.bidirectional(letter) for letter in text}
    right = bool(classes & {"R", "AL"})
    if turned:
        return RLI if right else LRI
    return RLI if right and "L" not in classes else LRI


def _run(order: bytes) -> bytes:
    command = [sys.executable, "-m", "tahaluf.web.ui.typesetting"]
    try:
        done = subprocess.run(command, input=order, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise TypesettingError(f"more than {SECONDS} s") from late
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise TypesettingError(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout


def heading(text: str) -> dict[str, Any]:
    """A heading, for `ui/plain.typ`."""
    return {"kind": "heading", "text": text}


def text(*paragraphs: str) -> dict[str, Any]:
    """Paragraphs of prose."""
    return {"kind": "text", "paragraphs": paragraphs}


def notice(words: str) -> dict[str, Any]:
    """Words that must not be overlooked."""
    return {"kind": "notice", "text": words}


def facts(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Names of attributes with their values; empty values are left out."""
    return {"kind": "facts", "pairs": [[name, value] for name, value in pairs if value]}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """A table with a heading that every page repeats; cells are text, already formatted."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows]}
