"""Documents: Arabic is there and in its order, values are values, nothing is fetched."""

import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import TemplateDoesNotExist
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from tahaluf.web.ui import pdf
from tahaluf.web.ui.fonts import font_folder

AT = datetime(2026, 11, 23, tzinfo=UTC)
CASE: dict[str, Any] = {
    "title": "قضية يوسف الزهراني",
    "marking": "TLP:AMBER",
    "blocks": [
        pdf.notice("القرار لإنسان."),
        pdf.heading("الشخص المفحوص"),
        pdf.facts([("الهاتف", "+212 6-12-34"), ("فارغ", "")]),
        pdf.table(["الاسم", "الدرجة"], [["#strong[x] *b* $x$ \\u{41}", "0,93"]]),
        pdf.text("فقرة."),
    ],
}


def unpacked(document: bytes) -> bytes:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    return b"\n".join(_inflate(stream) for stream in streams)


def _inflate(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.fixture(scope="module")
def document() -> bytes:
    return pdf.render_pdf("ui/plain.typ", CASE, "ar", at=AT)


def test_arabic_letters_are_set_in_an_embedded_face(document: bytes) -> None:
    assert re.search(rb"/BaseFont\s*/\w{6}\+(Amiri|DejaVu)", document)
    mapped = set(re.findall(rb"<06([0-9A-F]{2})", unpacked(document)))
    assert {b"42", b"48", b"33", b"41"} <= mapped  # ي و س ف


def test_it_is_tagged_and_says_its_language(document: bytes) -> None:
    assert b"/Lang(ar)" in document.replace(b" ", b"")
    assert b"/StructTreeRoot" in document
    assert b"pdfaid" in document or b"pdfaid" in unpacked(document)


def test_the_same_case_gives_the_same_bytes(document: bytes) -> None:
    assert pdf.render_pdf("ui/plain.typ", CASE, "ar", at=AT) == document


def test_markup_in_a_value_is_not_run() -> None:
    evil = {"title": 'x") #read("/etc/passwd")', "blocks": [pdf.text('#import "@preview/x:1.0.0": *', "#panic()")]}
    assert pdf.render_pdf("ui/plain.typ", evil, "en", at=AT).startswith(b"%PDF")


def test_values_are_isolated_in_the_direction_that_is_theirs() -> None:
    given = {"a": "+212 6-12", "b": "Youssef يوسف", "c": "Zahrani (X)", "d": "", "e": ["يوسف", 5], "kind": "text"}
    turned, plain = pdf.isolate(given, True), pdf.isolate(given, False)
    assert turned["a"][0] == plain["a"][0] == pdf.LRI
    assert (turned["b"][0], plain["b"][0]) == (pdf.RLI, pdf.LRI)
    assert turned["c"][0] == pdf.LRI and plain["e"][0][0] == pdf.RLI
    assert turned["d"] == "" and turned["e"][1] == 5 and turned["kind"] == "text"


def test_a_template_outside_of_the_desk_is_not_read() -> None:
    for name in ("ui/absent.typ", "../../../../../etc/passwd", "ui/../ui/absent.typ"):
        with pytest.raises(TemplateDoesNotExist):
            pdf.find_template(name)


def test_a_fault_of_a_template_is_told() -> None:
    with pytest.raises(pdf.TypesettingError, match="title"):
        pdf.render_pdf("ui/plain.typ", {}, "en", at=AT)


def test_no_template_imports_what_would_be_downloaded() -> None:
    for path in pdf.WEB.rglob("*.typ"):
        assert '"@' not in path.read_text("utf-8"), path


def test_the_last_face_has_both_scripts_and_their_brackets() -> None:
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        known = TTFont(font_folder() / name).getBestCmap()
        assert not [letter for letter in "()[]{}«»0123456789ABYZabyzابجدهوزيء٠٩،؟" if ord(letter) not in known]
