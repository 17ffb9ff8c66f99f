"""Markup that is made to keep a reader busy: what it does is bounded by how much it reads, counted in lines run."""

import sys
from collections.abc import Callable

import pytest

from tahaluf.messages.iso20022.scan import TAG, Scanner

SIZE = 2 << 20
HOSTILE = {
    "name": "<" + "a" * SIZE,
    "names and an end": "<a" * (SIZE // 2) + ">",
    "prefixes": "<" + "a:" * (SIZE // 2),
    "quotes": '<a b="' * (SIZE // 6),
    "quote in quotes": "<a " + "\"'" * (SIZE // 2) + ">",
    "strokes": "<a " + "/" * SIZE + ">",
    "attributes": "<a " + "b='c' " * (SIZE // 6),
    "comments": "<Document><CdtTrfTxInf>" + "<!-- " * (SIZE // 5),
    "sections": "<Document><CdtTrfTxInf>" + "<![CDATA[" * (SIZE // 9),
    "instructions": "<Document><CdtTrfTxInf>" + "<?" * (SIZE // 2),
    "transactions": "<Document>" + "<CdtTrfTxInf><!---->" * (SIZE // 20),
    "blanks": "<Document>" + "<Dbtr" + " " * SIZE + ">",
}


def blocks(text: str) -> list[str]:
    return [text[at : at + (1 << 16)] for at in range(0, len(text), 1 << 16)]


def count_steps(work: Callable[[], None]) -> int:
    """Lines of the scanner that are run."""
    steps = 0

    def trace(frame: object, event: str, arg: object) -> object:
        nonlocal steps
        steps += event == "line"
        return trace if "scan.py" in frame.f_code.co_filename else None  # type: ignore[attr-defined]

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_of_two_megabytes_is_read_to_its_end(kind: str) -> None:
    for _ in Scanner(iter(blocks(HOSTILE[kind]))):
        pass


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_as_much_hostile_markup_takes_about_twice_the_steps(kind: str) -> None:
    def steps(share: int) -> int:
        text = HOSTILE[kind][: SIZE // share]
        return count_steps(lambda: [None for _ in Scanner(iter(blocks(text)))] and None)

    assert steps(128) < 3 * steps(256) + 3000


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ('<a:b c="/>" d=\'"\'/>', ("", "a:", "b", ' c="/>" d=\'"\'', "/")),
        ("</b >", ("/", "", "b", " ", "")),
        ("<b/>", ("", "", "b", "", "/")),
        ("<b a=1/2>", ("", "", "b", " a=1/2", "")),
    ],
)
def test_a_tag_has_its_parts(tag: str, found: tuple[str, ...]) -> None:
    match = TAG.match(tag)
    assert match is not None
    assert match.groups() == found


@pytest.mark.parametrize("broken", ["<a <b>", "<a 'x>", '<a "<">', "<>", "< a>"])
def test_what_is_no_tag_is_none(broken: str) -> None:
    assert TAG.match(broken) is None
