"""Files that people send: kept under DATA/uploads, within bounds, by a name of their own.

    kept = keep_upload(request.FILES["file"])

The bound on size holds while the file comes in (`Bounded`) and again here. What is packed is looked at before anything
unpacks it: how many parts it has, how large it says they are. Whether that is true is measured by the readers.
"""

import hashlib
import re
import shutil
import unicodedata
import uuid
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from tahaluf.domain import InputError, Problem, Where

MOST_PARTS = 2_000
MOST_UNPACKED = 2 << 30
# Real spreadsheets pack to a tenth, seldom to a fiftieth.
MOST_RATIO, RATIO_FROM = 200, 32 << 20
MOST_NAME = 120
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8}){1,2}$")
_FORM_BYTES = 1 << 20


class Kept(NamedTuple):
    """A kept file: where it lies, the name it came with (cleaned), its SHA-256 and size in bytes."""

    path: Path
    name: str
    digest: str
    size: int


class Bounded(FileUploadHandler):
    """Stops an upload that is larger than the desk takes while it comes in; the next handler keeps the rest.

    Of whoever has neither signed in nor shown a token no file is taken, only a form."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._came = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        most = settings.ENVIRONMENT.upload_bytes if _is_known(self.request) else 0
        if content_length > most + _FORM_BYTES:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._came += len(raw_data)
        if self._came > settings.ENVIRONMENT.upload_bytes:
            self._give_up()
            raise RequestDataTooBig
        return raw_data

    def _give_up(self) -> None:
        """What came so far leaves the disk now, not when it is collected."""
        for handler in self.request.upload_handlers if self.request else ():
            handler.upload_interrupted()

    def file_complete(self, file_size: int) -> None:
        return None


def keep_upload(uploaded: UploadedFile) -> Kept:
    """Keep a file; InputError where it is empty of a name, larger than the desk takes, or unpacks to too much."""
    name = clean_name(uploaded.name or "")
    folder = settings.DATA / "uploads" / str(uuid.uuid4())
    folder.mkdir(parents=True, mode=0o700)
    try:
        path = folder / f"content{_suffix(name)}"
        digest, size = _copy(uploaded, path, name)
        check_packed(path, name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Kept(path, name, digest, size)


def discard_upload(path: Path) -> None:
    """Delete a kept file with its folder."""
    folder = path.parent
    if folder.parent != settings.DATA / "uploads":
        raise ValueError("not an upload")
    shutil.rmtree(folder, ignore_errors=True)


def clean_name(name: str) -> str:
    """The last part of a path of any system, without characters that steer, hide or turn text."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if not unicodedata.category(c).startswith("C")).strip(" .")
    suffix = _suffix(kept)
    return (kept[: MOST_NAME - len(suffix)] + suffix if len(kept) > MOST_NAME else kept) or "file"


def check_packed(path: Path, name: str) -> None:
    """InputError where a ZIP (XLSX is one) has too many parts, or says that it unpacks to too much."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return
    where = Where(file=name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as damaged:
        raise InputError(Problem("web.upload.damaged", where, found=type(damaged).__name__)) from damaged
    size, packed = sum(part.file_size for part in parts), path.stat().st_size
    if len(parts) > MOST_PARTS:
        raise InputError(Problem("web.upload.packed", where, f"{MOST_PARTS} parts", f"{len(parts)}"))
    most = min(MOST_UNPACKED, max(RATIO_FROM, packed * MOST_RATIO))
    if size > most:
        raise InputError(Problem("web.upload.packed", where, f"{most >> 20} MB", f"{size >> 20} MB"))


def _copy(uploaded: UploadedFile, path: Path, name: str) -> tuple[str, int]:
    most, digest, size = settings.ENVIRONMENT.upload_bytes, hashlib.sha256(), 0
    with path.open("xb") as out:
        path.chmod(0o600)
        for block in uploaded.chunks():
            size += len(block)
            if size > most:
                raise InputError(Problem("web.upload.size", Where(file=name), f"{most >> 20} MB", f"{size >> 20}+ MB"))
            digest.update(block)
            out.write(block)
    return digest.hexdigest(), size


def _is_known(request: Any) -> bool:
    """Whether its sender has signed in, or has shown the API a token (`auth`)."""
    user = getattr(request, "user", None)
    return getattr(request, "auth", None) is not None or (user is not None and user.is_authenticated)


def _suffix(name: str) -> str:
    found = _SUFFIX.search(name.lower())
    return found[0] if found else ""
