"""The index note makes a hidden log, an old state and a silent author visible."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tahaluf.exchange.ids import index_origin
from tahaluf.exchange.index import (
    Index,
    IndexLine,
    Remark,
    State,
    compare_indexes,
    parse_index,
    remarks,
    sign_index,
    verify_index,
)
from tahaluf.exchange.notes import SigningKey, sign_note
from tests.exchange.making import AUTHOR, NOW, OTHER, RECEIVER, head_of, tree_of
from tests.exchange.vectors import refused, vectors

KEY = SigningKey(index_origin(AUTHOR, RECEIVER), bytes(32))
PUBLIC = KEY.verifying.public
ONE, TWO = "1" * 64, "2" * 64
ROOT, OTHER_ROOT = head_of(tree_of(3)).root, head_of(tree_of(3, "other")).root
WEEK = timedelta(days=7)


def index_of(*lines: IndexLine, **changes: Any) -> Index:
    given = {
        "author": AUTHOR,
        "receiver": RECEIVER,
        "sequence": 41,
        "issued_at": NOW,
        "expires_at": NOW + WEEK,
    } | changes
    return Index(lines=lines, **given)


KEPT = index_of(IndexLine(ONE, 3, ROOT), IndexLine(TWO, 7, ROOT, State.CLOSED))


def later(*lines: IndexLine, sequence: int = 42) -> Index:
    return index_of(*lines, sequence=sequence)


def test_a_signed_index_is_read_back() -> None:
    assert verify_index(sign_index(KEPT, KEY), AUTHOR, RECEIVER, [PUBLIC]) == KEPT
    assert verify_index(sign_index(index_of(), KEY), AUTHOR, RECEIVER, [PUBLIC]).lines == ()


def test_every_bit_flip_of_an_index_is_refused() -> None:
    signed = sign_index(KEPT, KEY)
    for bit in range(len(signed) * 8):
        changed = bytearray(signed)
        changed[bit // 8] ^= 1 << bit % 8
        with refused("exchange."):
            verify_index(bytes(changed), AUTHOR, RECEIVER, [PUBLIC])


def test_the_vectors_index_verifies() -> None:
    given = vectors("indexes")
    author, _, _, receiver = given["origin"].split("/")
    found = verify_index(given["note"].encode(), author, receiver, [bytes.fromhex(given["public"])])
    assert (found.sequence, len(found.lines)) == (given["sequence"], given["logs"])


@pytest.mark.parametrize("case", vectors("indexes")["signed_and_refused"], ids=lambda case: case["why"])
def test_a_text_of_another_form_is_refused_however_well_it_is_signed(case: dict[str, str]) -> None:
    given = vectors("indexes")
    with refused("exchange.index.form"):
        verify_index(case["note"].encode(), AUTHOR, RECEIVER, [bytes.fromhex(given["public"])])


@pytest.mark.parametrize(
    "change",
    [
        ("open ", "open  "),
        (" 3 ", " 03 "),
        (" 3 ", " -3 "),
        (ONE, TWO),
        (ONE, "A" * 64),
        ("Z\n", "+00:00\n"),
        ("\n41\n", "\n041\n"),
    ],
)
def test_another_spelling_is_refused(change: tuple[str, str]) -> None:
    text = KEPT.text.replace(*change)
    assert text != KEPT.text
    with refused("exchange.index.form"):
        parse_index(text)


def test_an_index_for_another_receiver_or_of_another_author_is_refused() -> None:
    other = SigningKey(index_origin(AUTHOR, OTHER), bytes(32))
    with refused("exchange.note.signature"):
        verify_index(sign_index(index_of(receiver=OTHER), other), AUTHOR, RECEIVER, [PUBLIC])
    mixed = sign_note(index_of(receiver=OTHER).text, KEY)
    with refused("exchange.index.origin"):
        verify_index(mixed, AUTHOR, RECEIVER, [PUBLIC])
    with pytest.raises(ValueError, match="origin"):
        sign_index(KEPT, other)


@pytest.mark.parametrize(
    "new",
    [
        KEPT,
        later(*KEPT.lines),
        later(IndexLine(ONE, 9, OTHER_ROOT), KEPT.lines[1]),
        later(IndexLine("0" * 64, 1, ROOT), *KEPT.lines),
        later(replace(KEPT.lines[0], state=State.CLOSED), KEPT.lines[1]),
        later(KEPT.lines[0], IndexLine(TWO, 9, OTHER_ROOT)),
    ],
    ids=["the same", "renewed", "grown", "one more", "closed", "open again and grown"],
)
def test_what_takes_nothing_back_is_taken(new: Index) -> None:
    compare_indexes(KEPT, new)


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (later(*KEPT.lines, sequence=40), "replay"),
        (index_of(*KEPT.lines, expires_at=NOW + 2 * WEEK), "equivocation"),
        (later(KEPT.lines[0]), "hidden"),
        (later(KEPT.lines[1]), "hidden"),
        (later(IndexLine(ONE, 2, ROOT), KEPT.lines[1]), "rollback"),
        (later(IndexLine(ONE, 3, OTHER_ROOT), KEPT.lines[1]), "equivocation"),
        (later(KEPT.lines[0], IndexLine(TWO, 8, ROOT, State.CLOSED)), "closed"),
    ],
)
def test_what_takes_something_back_is_refused_by_name(new: Index, fault: str) -> None:
    with refused(f"exchange.index.{fault}"):
        compare_indexes(KEPT, new)


def test_a_silent_author_and_a_wrong_clock_are_noted() -> None:
    assert remarks(KEPT, NOW) == ()
    assert remarks(KEPT, NOW + WEEK - timedelta(seconds=1)) == ()
    assert remarks(KEPT, NOW + WEEK) == (Remark.SILENT,)
    assert remarks(KEPT, NOW - timedelta(hours=48)) == ()
    assert remarks(KEPT, NOW - timedelta(hours=48, seconds=1)) == (Remark.CLOCK,)
    with pytest.raises(ValueError, match="offset"):
        remarks(KEPT, datetime(2026, 1, 1))  # noqa: DTZ001 (what is refused)


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": 0},
        {"expires_at": NOW},
        {"expires_at": NOW + timedelta(days=31, seconds=1)},
        {"issued_at": NOW.replace(microsecond=1)},
    ],
)
def test_an_index_that_cannot_be_is_not_made(changes: dict[str, Any]) -> None:
    with refused("exchange.index.form"):
        index_of(**changes)
