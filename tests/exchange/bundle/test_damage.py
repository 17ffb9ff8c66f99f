"""Damaged bundles: it costs what it touched, nothing wrong is ever taken, and the report says what to ask for."""

import pytest

from tahaluf.exchange.bundle import Ranges, TakenEntry
from tahaluf.exchange.bundle.sealed import CHUNK, HEADER, TAG
from tahaluf.exchange.bundle.tar import BLOCK, padding
from tahaluf.exchange.errors import ExchangeError
from tests.exchange.bundle.cast import NOW, Receiver, bundle_of, files_of, log_of
from tests.exchange.bundle.damage import (
    Original,
    members_of,
    read,
    replaced,
    run_mutations,
    sealed,
    small,
    taken_of,
    tar_of,
    two_logs,
)


@pytest.mark.parametrize("filling", [0, 0x5A])
def test_any_one_damaged_block_costs_no_record_outside_its_own_payload_tile(filling: int) -> None:
    original = two_logs()
    for at in range(0, len(original.data), BLOCK):
        damaged = original.data[:at] + bytes([filling]) * BLOCK + original.data[at + BLOCK :]
        items, report = read(damaged)
        taken, spared = taken_of(items), original.spared(at, at + BLOCK)
        assert not original.wrong(items)
        assert spared <= taken.keys(), at
        lost = original.truth.keys() - taken.keys()
        asked = {(origin, number) for origin, ranges in report.missing.items() for number in ranges}
        assert asked == lost, "what is missing is asked for, and nothing else"


def test_any_one_damaged_block_of_a_sealed_bundle_costs_the_tiles_that_its_chunks_touch() -> None:
    original = two_logs()
    closed = sealed(original.data)
    for at in range(0, len(closed), BLOCK):
        damaged = closed[:at] + bytes(BLOCK) + closed[at + BLOCK :]
        items, _ = read(damaged)
        first, last = ((max(place, 2 * HEADER) - 2 * HEADER) // (CHUNK + TAG) for place in (at, at + BLOCK - 1))
        touched = (0, 0) if at + BLOCK <= 2 * HEADER else (first * CHUNK, (last + 1) * CHUNK)
        assert not original.wrong(items)
        assert original.spared(*touched) <= taken_of(items).keys(), at


def test_cut_anywhere_what_stands_before_the_cut_is_good_and_the_rest_is_asked_for() -> None:
    original = two_logs()
    files = files_of(original.data)
    heads, last = files["pad"].start, max(part.stop for part in files.values())
    one_zero_block = last + padding(last) + BLOCK
    for cut in [*range(0, one_zero_block, 1_993), one_zero_block]:
        items, report = read(original.data[:cut])
        taken = taken_of(items)
        assert report.cut and not original.wrong(items)
        assert {slot for slot in original.spared(cut, len(original.data)) if cut > heads} <= taken.keys()
        if cut > heads:
            asked = {(origin, number) for origin, ranges in report.missing.items() for number in ranges}
            assert asked == original.truth.keys() - taken.keys()


def test_a_tile_that_is_cut_gives_what_stands_before_the_cut() -> None:
    original = two_logs()
    name, part = next((name, part) for name, part in files_of(original.data).items() if name.endswith("payload/001"))
    items, _ = read(original.data[: (part.start + part.stop) // 2])
    numbers = [number for origin, number in taken_of(items) if name.startswith(origin)]
    assert 256 + 50 < len(numbers) < 512


@pytest.mark.parametrize(
    "lost", [("tile/0/001",), ("tile/entries/001",), ("tile/0/001", "tile/entries/001"), ("tile/entries/002.p/88",)]
)
def test_hashes_and_entries_are_got_back_from_what_is_left(lost: tuple[str, ...]) -> None:
    original = two_logs()
    items, report = read(replaced(original.data, dict.fromkeys(lost)))
    assert taken_of(items) == original.truth
    assert not report.missing and not original.wrong(items)


def test_tiles_that_are_each_damaged_elsewhere_complete_each_other() -> None:
    original = two_logs()
    data = bytearray(original.data)
    files = files_of(original.data)
    for end, at in (("tile/0/000", 0), ("tile/entries/000", 5_000)):
        part = next(part for name, part in files.items() if name.endswith(end) and name.count("/1/") == 1)
        data[part.start + at : part.start + at + 40] = bytes(40)
    items, _ = read(bytes(data))
    assert taken_of(items) == original.truth


def test_what_an_erased_payload_stood_for_is_kept_by_the_other_tiles() -> None:
    author = log_of(300)
    author.erase([10])
    original = Original.of(bundle_of(author), author)
    for lost in ("tile/0/000", "tile/entries/000"):
        items, report = read(replaced(original.data, {lost: None}))
        assert taken_of(items) == original.truth
        told = report.erased if lost == "tile/0/000" else report.missing
        assert told[author.head.origin] == Ranges.of([10]), "its entry is only in the entry tile"


def test_both_copies_of_a_checkpoint_lost_costs_the_log_and_its_index_says_what_to_ask_for() -> None:
    original = two_logs()
    origin = next(origin for origin, number in original.truth if number == 599)
    items, report = read(replaced(original.data, {f"{origin}/checkpoint": None}))
    assert {slot for slot in original.truth if slot[0] != origin} == taken_of(items).keys()
    assert report.missing == {origin: Ranges([(0, 600)])}
    assert ("exchange.bundle.form", f"{origin}/checkpoint") in report.refused


def test_files_in_another_order_and_twice_give_each_record_once() -> None:
    original = two_logs()
    members = members_of(original.data)
    tiles = [own for own in members if "/payload/" in own[0] or "/entries/" in own[0] or own[0].endswith("0/000")]
    items, report = read(tar_of([*members, *tiles[::-1], *members]))
    slots = [(item.origin, item.number) for item in items if isinstance(item, TakenEntry)]
    assert len(slots) == len(set(slots)) == len(original.truth)
    assert taken_of(items) == original.truth
    assert "exchange.bundle.name" in {code for code, _ in report.refused}


def test_misplaced_tiles_before_the_heads_cost_nothing_that_comes_after() -> None:
    original = two_logs()
    members = members_of(original.data)
    misplaced = [own for own in members if own[0].endswith(("/payload/000", "/payload/001"))]
    items, _ = read(tar_of([*misplaced, *members]))
    assert taken_of(items) == original.truth


@pytest.mark.parametrize("seed", range(4))
def test_twenty_thousand_mutated_bundles_give_nothing_wrong(seed: int) -> None:
    outcome = run_mutations(small(), seed, count=5_000)
    assert outcome.crashes == 0 and outcome.wrong == 0, outcome.first
    assert outcome.runs == 5_000 and outcome.changed > 3_000
    assert outcome.spared > 5_000 and outcome.salvaged >= 0.99 * outcome.spared


def test_mutated_bundles_of_many_tiles_give_nothing_wrong() -> None:
    outcome = run_mutations([two_logs()], seed=2, count=300)
    assert outcome.crashes == 0 and outcome.wrong == 0, outcome.first
    assert outcome.salvaged == outcome.spared


def test_the_check_of_mutations_finds_what_is_wrong() -> None:
    original = small()[0]
    other = Original(original.data, dict.fromkeys(original.truth, next(iter(original.truth.values()))), original.notes)
    assert run_mutations([other], seed=1, count=20).wrong


def test_a_receiver_that_was_given_a_damaged_bundle_ends_with_the_truth_after_a_whole_one() -> None:
    original = two_logs()
    receiver = Receiver()
    data = bytearray(original.data)
    data[len(data) // 2 : len(data) // 2 + 30_000] = bytes(30_000)
    assert receiver.read(bytes(data)).missing
    report = receiver.read(original.data, NOW)
    held = {(origin, number): record for origin in receiver.logs for number, record in receiver.records(origin).items()}
    assert held == {slot: own.record for slot, own in original.truth.items()}
    assert not report.missing


@pytest.mark.parametrize("garbage", [b"", b"\x00" * 4_096, b"tahaluf sealed bundle 1\n", b"PK\x03\x04" * 999])
def test_what_is_no_bundle_gives_nothing(garbage: bytes) -> None:
    try:
        items, report = read(garbage)
    except ExchangeError as error:
        assert error.problem.code == "exchange.bundle.sealed"
    else:
        assert not items and not report.taken
