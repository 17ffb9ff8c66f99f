"""The style sheet: contrast in both themes, both directions, nothing from outside; the last font is served."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tahaluf.web import ui

STATIC = Path(ui.__file__).parent / "static" / "ui"
CSS = (STATIC / "desk.css").read_text("utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
TOKENS = dict(re.findall(r"--([\w-]+):\s*light-dark\((#\w{6}, #\w{6})\)", CSS))
READ = ("ink", "soft", "accent-deep")
PAIRS = [
    *((text, ground, 4.5) for text in READ for ground in ("paper", "surface", "sunk", "accent-wash")),
    *((text, ground, 4.5) for text in ("accent", "bad") for ground in ("paper", "surface")),
    *((name, f"{name}-wash", 4.5) for name in ("good", "warn", "bad", "info")),
    ("on-accent", "accent", 4.5), ("on-accent", "accent-deep", 4.5), ("surface", "bad", 4.5),
    *(("ink", f"{name}-wash", 4.5) for name in ("good", "warn", "bad", "info")),
    *((edge, ground, 3) for edge in ("edge", "focus", "accent", "sand") for ground in ("paper", "surface")),
]  # fmt: skip
VOCABULARY = (
    "page-head panel grid-2 stack toolbar scroll table num code facts badge badge--good badge--warn "
    "badge--bad badge--info badge--quiet button button--primary button--danger button--quiet field hint "
    "error choices notice notice--good notice--warn notice--bad notice--info empty progress tabs pager "
    "tokens timeline muted visually-hidden split meter "
)


def luminance(color: str) -> float:
    parts = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_color_is_readable_on_its_ground_light_and_dark(text: str, ground: str, least: float) -> None:
    for theme in (0, 1):
        one, other = (TOKENS[name].split(", ")[theme] for name in (text, ground))
        assert contrast(one, other) >= least, (text, ground, "dark" if theme else "light")


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def declarations() -> Iterator[tuple[str, str]]:
    for line in RULES.splitlines():
        yield from re.findall(r"(?:^|[{;])\s*([a-z-]+):\s*([^;{}]+)", line)


def test_directions_are_logical() -> None:
    sides = "left|right|top|bottom"
    physical = re.compile(rf"(?:(?:margin|padding|border|inset)-)?(?:{sides})|float|(?:min-|max-)?(?:width|height)")
    assert not [name for name, _ in declarations() if physical.fullmatch(name)]
    turned = [value for name, value in declarations() if name == "text-align" and value in ("left", "right")]
    lines = [line for line in CSS.splitlines() if re.search(r"text-align: (left|right)", line)]
    assert turned and all("physical on purpose" in line or ".num" in line or "pre {" in line for line in lines)


def test_nothing_comes_from_outside_and_arabic_is_not_spaced_or_slanted() -> None:
    for path in STATIC.iterdir():
        text = path.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(
            r"(?:https?:)?//\w+\.\w|@import|eval\(", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        ), path
    assert [value for name, value in declarations() if name == "letter-spacing"] == ["0"]
    assert ":is(em, i, cite):lang(ar) { font-style: normal" in CSS


def test_the_vocabulary_is_there() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", RULES))
    assert not [name for name in VOCABULARY.split() if name not in known]


def test_the_font_of_last_resort_is_served_and_kept(client: Client) -> None:
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        assert f"../fonts/{name}" in CSS
        answer = client.get(f"/static/fonts/{name}")
        assert answer.status_code == 200 and "max-age=" in answer.headers["Cache-Control"]
        assert b"".join(answer.streaming_content)[:4] == b"\0\1\0\0"  # type: ignore[attr-defined]
    assert not finders.find("fonts/cmr10.ttf") and not finders.find("fonts/../fonts/DejaVuSans.ttf")
