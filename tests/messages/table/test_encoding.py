"""Which encoding a file is in, on text as people really have it."""

from pathlib import Path

import pytest

from tahaluf.messages.table.encoding import detect_encoding
from tests.messages.helpers import names_of, rows_and_rejects, write

ARABIC = ["عبد القادر بن زروال", "فاطمة الزهراء بوشعيب", "يوسف إدريس المرواني", "خديجة العلوي", "محمد الأمين ولد سيدي"]
FRENCH = ["Hélène Lefèvre", "François Béranger", "Noël Dançay", "Zoé Kéïta", "Aïssatou Traoré", "Gérard Çelik"]
FRENCH_CAPITALS = ["LEFÈVRE Hélène", "BÉRANGER François", "CÔTÉ André", "KÉÏTA Zoé", "ÉMILE Aimée"]
TURKISH = ["Ayşe Yıldız", "Oğuz Şahin", "İbrahim Çağlar", "Gülşah Işık"]
CYRILLIC = ["Иван Петров", "Рамзан Тимурли", "Ольга Смирнова"]


def detect(content: bytes) -> str:
    return detect_encoding(content[:65536], [content])


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-8"),
        (FRENCH_CAPITALS, "cp1252"),
        (TURKISH, "cp1254"),
        (CYRILLIC, "cp1251"),
    ],
)
def test_names_are_read_in_the_encoding_they_were_written_in(tmp_path: Path, names: list[str], encoding: str) -> None:
    path = write(tmp_path / "s.csv", "id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names)), encoding)
    assert names_of(path) == [[name] for name in names]


def test_arabic_and_french_side_by_side_are_windows_1256(tmp_path: Path) -> None:
    text = "الاسم;Nom de la mère\nخديجة العلوي;Hélène Lefèvre\nيوسف المرواني;Zoé Béranger\n"
    assert names_of(write(tmp_path / "s", text, "cp1256")) == [["خديجة العلوي"], ["يوسف المرواني"]]


def test_one_arabic_name_on_a_late_line_decides(tmp_path: Path) -> None:
    text = "id,name\n" + "".join(f"{n},Plain Name\n" for n in range(200_000)) + "x,عبد القادر بن زروال\n"
    assert detect(text.encode("cp1256")) == "cp1256"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marked_and_wide_encodings_are_recognized(tmp_path: Path, encoding: str) -> None:
    text = "id,name\n1,عبد القادر\n2,Hélène\n"
    assert names_of(write(tmp_path / "s", text, encoding)) == [["عبد القادر"], ["Hélène"]]


def test_a_broken_line_in_a_utf8_file_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    good = "".join(f"{n},خديجة العلوي\n" for n in range(9)).encode()
    rows, rejects = rows_and_rejects(write(tmp_path / "s", b"id,name\n" + good + b"bad,\xd8\xff\n9,Zo\xc3\xa9\n"))
    assert len(rows) == 10
    assert [(r.problem.code, r.problem.where.line, r.problem.found) for r in rejects] == [
        ("messages.table.undecodable", 11, "0xD8")
    ]


@pytest.mark.parametrize("name", [b"Al\x00i", b"\x00Ali\x00\x00", "خديجة\x00".encode()])
def test_a_stray_zero_loses_no_other_row(tmp_path: Path, name: bytes) -> None:
    good = b"".join(b"%d,Nadia Bakkar\n" % number for number in range(2, 5000))
    rows, rejects = rows_and_rejects(write(tmp_path / "s", b"id,name\n1," + name + b"\n" + good))
    assert len(rows) + len(rejects) == 4_999
    assert len(rows) >= 4_998
    short, _ = rows_and_rejects(write(tmp_path / "t", b"nom\n" + name + b"\nNadia\n"))
    assert short[-1]["names"] == ["Nadia"]


@pytest.mark.parametrize("names", [ARABIC, FRENCH, CYRILLIC, ["山田太郎", "鈴木一郎", "高橋花子"]])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_recognized_in_any_script(names: list[str], encoding: str) -> None:
    text = "id,name\n" + "".join(f"{number},{name}\n" for number, name in enumerate(names))
    assert detect(text.encode(encoding)) == encoding
    assert detect("\n".join(names).encode(encoding)) == encoding or names[0] == "山田太郎"


def test_plain_ascii_is_utf8() -> None:
    assert detect(b"id,name\n1,Nadia Bakkar\n") == "utf-8"


def test_the_encoding_depends_on_the_bytes_alone() -> None:
    content = ("id,name\n" + "\n".join(FRENCH)).encode("cp1252")
    assert len({detect_encoding(content[:10], [content[:20], content[20:]]) for _ in range(5)}) == 1
