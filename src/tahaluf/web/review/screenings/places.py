"""Where a screening's files are: one folder for each below the data folder, which goes as a whole."""

import shutil
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from tahaluf.web.review.tables.screenings import Screening

SCREENINGS, UPLOADS = "screenings", "uploads"
HITS, REJECTS = "hits.jsonl", "rejects.csv"


def data_path(relative: str) -> Path:
    """The place of what the database names relative to the data folder."""
    return Path(settings.DATA) / relative


def folder_of(screening: Screening) -> str:
    """The screening's own folder, relative to the data folder."""
    return f"{SCREENINGS}/{screening.pk}"


def make_folder(screening: Screening) -> Path:
    """The folder, there from now on, for this process's user alone."""
    folder = data_path(folder_of(screening))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def new_upload(name: str) -> Path:
    """A place for one more upload, in a folder of its own."""
    folder = Path(settings.DATA) / UPLOADS / str(uuid.uuid4())
    folder.mkdir(parents=True, mode=0o700)
    return folder / name


def relative_to_data(path: Path) -> str:
    """As the database names it."""
    return path.relative_to(settings.DATA).as_posix()


def remove_upload(path: Path) -> None:
    """Takes an upload away, with the folder that it had to itself."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()


def size_of(screening: Screening) -> int:
    """How many bytes its files have."""
    paths = [*data_path(folder_of(screening)).rglob("*"), *([data_path(screening.file)] if screening.file else [])]
    return sum(path.stat().st_size for path in paths if path.is_file())


def remove_files(screening: Screening) -> int:
    """Takes away all files of a screening, where there are any; how many bytes they had."""
    folder, freed = data_path(folder_of(screening)), size_of(screening)
    if screening.file:
        remove_upload(data_path(screening.file))
    shutil.rmtree(folder, ignore_errors=True)
    return freed
