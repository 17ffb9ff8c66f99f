"""Files that come in: bounded, named harmlessly, refused where they would unpack to too much."""

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import InputError
from tahaluf.web.common.uploads import MOST_NAME, clean_name, discard_upload, keep_upload


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, upload_bytes=200_000))
    return 200_000


def kept_folders() -> set[Path]:
    return set((settings.DATA / "uploads").glob("*"))


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_file_is_kept_as_it_came() -> None:
    kept = keep_upload(SimpleUploadedFile("liste.CSV", "اسم".encode()))
    assert kept.path.read_bytes() == "اسم".encode()
    assert (kept.name, kept.size, kept.path.suffix) == ("liste.CSV", 6, ".csv")
    assert kept.digest == hashlib.sha256("اسم".encode()).hexdigest()
    assert kept.path.stat().st_mode & 0o077 == 0
    discard_upload(kept.path)
    assert not kept.path.parent.exists()
    with pytest.raises(ValueError, match="upload"):
        discard_upload(settings.DATA / "secret-key")


def test_what_is_too_large_is_refused_and_leaves_nothing(small: int) -> None:
    before = kept_folders()
    keep_upload(SimpleUploadedFile("x", b"x" * small))
    during = kept_folders()
    with pytest.raises(InputError) as refused:
        keep_upload(SimpleUploadedFile("x", b"x" * (small + 1)))
    assert refused.value.problem.code == "web.upload.size"
    assert kept_folders() == during > before


def test_what_is_too_large_is_stopped_while_it_comes_in(small: int) -> None:
    def send(size: int) -> HttpRequest:
        return RequestFactory().post("/", {"file": SimpleUploadedFile("x", b"x" * size)})

    assert send(small).FILES["file"].size == small  # type: ignore[union-attr]
    with pytest.raises(RequestDataTooBig):
        _ = send(small + 1).FILES
    with pytest.raises(RequestDataTooBig):
        _ = send(small + (2 << 20)).FILES


@pytest.mark.parametrize(
    "parts",
    [{f"p{n}": b"" for n in range(2_001)}, {"xl/worksheets/sheet1.xml": b"\0" * (64 << 20)}],
    ids=["many parts", "a bomb"],
)
def test_what_unpacks_to_too_much_is_refused_unopened(parts: dict[str, bytes]) -> None:
    before = kept_folders()
    with pytest.raises(InputError) as refused:
        keep_upload(SimpleUploadedFile("book.xlsx", packed(parts)))
    assert refused.value.problem.code == "web.upload.packed"
    assert kept_folders() == before


def test_a_broken_zip_is_refused_and_a_common_one_kept() -> None:
    good = packed({"xl/a.xml": b"<a/>" * 1_000})
    keep_upload(SimpleUploadedFile("a.xlsx", good))
    for damaged in (good[: len(good) // 2], b"PK\x03\x04", b"PK"):
        with pytest.raises(InputError) as refused:
            keep_upload(SimpleUploadedFile("a.xlsx", damaged))
        assert refused.value.problem.code == "web.upload.damaged"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\list.csv", "list.csv"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("a\x00b\n.csv", "ab.csv"),
        ("..", "file"),
        ("", "file"),
        ("قائمة.xlsx", "قائمة.xlsx"),
        ("x" * 10_000 + ".xml.gz", "x" * (MOST_NAME - 7) + ".xml.gz"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@given(st.text(max_size=300))
def test_no_name_steers_or_leads_elsewhere(name: str) -> None:
    cleaned = clean_name(name)
    assert 1 <= len(cleaned) <= MOST_NAME
    assert not set(cleaned) & set("/\\\0\n\u202e\u2066")
    assert cleaned not in (".", "..")
