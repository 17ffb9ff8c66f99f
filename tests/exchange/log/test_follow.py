"""A receiver's copy of a log: what it takes is what the author signed, however the line behaves."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.log import ERASED, MISSING, Author, Fetch, Store, ask_again, came_late, follow, forget, numbers_of
from tests.exchange.log.disks import Disk, Stopped
from tests.exchange.log.test_log import MEMBER, SEED, TO, open_log, origin_of, records_of

PUBLICS = [open_log(Disk())._key.verifying.public]


def copy_of(author: Author, disk: Disk | None = None) -> Store:
    return Store(disk or Disk(), origin_of(author))


def note_of(author: Author) -> bytes:
    return author.store.read("checkpoint") or b""


def bring(store: Store, author: Author, fetch: Fetch | None = None) -> range:
    return follow(store, note_of(author), PUBLICS, fetch or author.store.read)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=5))
def test_a_copy_that_follows_in_any_steps_ends_as_the_log(portions: list[int]) -> None:
    author, disk = open_log(Disk()), Disk()
    store, said = copy_of(author, disk), 0
    for portion in portions:
        author.append([b"record %d" % (said + k) for k in range(portion)])
        assert bring(store, author) == range(said, said + portion)
        said += portion
        store = copy_of(author, disk)
    assert records_of(store) == records_of(author.store) and store.head == author.head
    hashes = {path: data for path, data in disk.files.items() if "/tile/" in path}
    theirs = author.store._files
    assert isinstance(theirs, Disk) and all(theirs.files[path] == data for path, data in hashes.items())


def test_a_copy_proves_what_it_holds_as_the_author_does() -> None:
    author = open_log(Disk())
    author.append([b"%d" % k for k in range(300)])
    store = copy_of(author)
    bring(store, author)
    assert store.prove_inclusion(270) == author.store.prove_inclusion(270)


def test_stopped_at_any_write_it_goes_on_and_takes_everything_once() -> None:
    author = open_log(Disk())
    author.append([b"%d" % k for k in range(3)])
    first = dict(author.store._files.files)  # type: ignore[attr-defined]
    author.append([b"%d" % k for k in range(3, 520)])
    whole = Disk()
    store = copy_of(author, whole)
    follow(
        store, first[f"{origin_of(author)}/checkpoint"], PUBLICS, lambda path: first.get(f"{origin_of(author)}/{path}")
    )
    begun, before = dict(whole.files), whole.done
    bring(store, author)
    for step in range(1, whole.done - before + 1):
        for after in (False, True):
            disk = Disk(dict(begun))
            disk.steps, disk.after = step, after
            with pytest.raises(Stopped):
                bring(copy_of(author, disk), author)
            disk.steps = None
            again = copy_of(author, disk)
            bring(again, author)
            assert records_of(again) == records_of(author.store) and not numbers_of(again, MISSING)


def test_payload_tiles_that_came_before_a_cut_are_not_fetched_again() -> None:
    author = open_log(Disk())
    author.append([b"%d" % k for k in range(1024)])
    asked, left = list[str](), [6]

    def cut(path: str) -> bytes | None:
        asked.append(path)
        left[0] -= 1
        if left[0] < 0:
            raise ConnectionResetError
        return author.store.read(path)

    store = copy_of(author)
    with pytest.raises(ConnectionResetError):
        bring(store, author, cut)
    left[0] = 100
    bring(store, author, cut)
    payloads = [path for path in asked if path.startswith("payload/")]
    assert len(payloads) == len(set(payloads)) + 1, "but for the one that was on its way"
    assert records_of(store) == records_of(author.store)


def test_a_partial_tile_that_became_full_meanwhile_is_read_from_the_full_one() -> None:
    author = open_log(Disk())
    author.append([b"%d" % k for k in range(100)])
    note = note_of(author)
    author.append([b"%d" % k for k in range(100, 256)])
    store = copy_of(author)
    assert follow(store, note, PUBLICS, author.store.read) == range(100)
    assert records_of(store) == records_of(author.store)[:100] and not numbers_of(store, MISSING)


def change(path: str, how: Callable[[bytes], bytes | None], author: Author) -> Fetch:
    def fetch(asked: str) -> bytes | None:
        data = author.store.read(asked)
        return how(data) if asked == path and data is not None else data

    return fetch


def test_a_payload_that_comes_damaged_is_left_out_named_and_had_later() -> None:
    author = open_log(Disk())
    author.append([random.Random(k).randbytes(500) for k in range(600)])
    store = copy_of(author)
    bring(store, author, change("payload/001", lambda data: data[: len(data) // 2], author))
    missing = numbers_of(store, MISSING)
    assert missing and missing <= set(range(256, 512)) and len(missing) < 256
    have = records_of(store)
    assert all((own == theirs) != (number in missing) for number, (own, theirs) in
               enumerate(zip(have, records_of(author.store), strict=True)))  # fmt: skip
    ask_again(store, lambda _: None)
    assert came_late(store) == [] and numbers_of(store, MISSING) == missing
    ask_again(store, author.store.read)
    assert set(came_late(store)) == missing == numbers_of(store, MISSING), "until whoever takes them says so"
    forget(store, missing)
    assert records_of(store) == records_of(author.store) and not numbers_of(store, MISSING)


def test_what_was_erased_before_it_came_is_no_loss() -> None:
    author = open_log(Disk())
    author.append([b"one", b"two", b"three"])
    author.erase([1])
    store = copy_of(author)
    bring(store, author)
    assert records_of(store) == [b"one", b"", b"three"]
    assert numbers_of(store, ERASED) == {1} and not numbers_of(store, MISSING)


def test_what_is_held_stays_when_the_author_erases_it_and_goes_on() -> None:
    author = open_log(Disk())
    author.append([b"one", b"two"])
    store = copy_of(author)
    bring(store, author)
    author.erase([0])
    author.append([b"three"])
    bring(store, author)
    assert records_of(store) == [b"one", b"two", b"three"], "erasing is by a withdrawal, not by silence"


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/entries/001.p/44"])
def test_any_bit_of_an_entry_tile_that_is_flipped_refuses_the_whole_and_changes_nothing(path: str) -> None:
    author = open_log(Disk())
    author.append([b"%d" % k for k in range(300)])
    size = len(author.store.read(path) or b"")
    for bit in random.Random(1).sample(range(size * 8), 200):
        store = copy_of(author)

        def flip(data: bytes, bit: int = bit) -> bytes:
            return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]

        with pytest.raises(ExchangeError) as refused:
            bring(store, author, change(path, flip, author))
        assert refused.value.problem.code in ("exchange.log.root", "exchange.log.tile")
        assert store.size == 0 and copy_of(author, Disk(store._files.files)).size == 0  # type: ignore[attr-defined]


def fork(author: Author, common: int, own: int) -> Author:
    """Another history under the same key, as a thief or a liar would make it."""
    other = Author(Disk(), MEMBER, TO, SEED)
    entries = list(author.store.entries(0, common))
    other.append_payloads([entry.payload for entry in entries if entry.payload])
    other.append([b"other %d" % k for k in range(own)])
    return other


@pytest.mark.parametrize(("own", "code"), [
    (2, "exchange.checkpoint.equivocation"), (1, "exchange.checkpoint.rollback"), (5, "exchange.log.root"),
])  # fmt: skip
def test_another_history_of_the_same_author_is_refused(own: int, code: str) -> None:
    author = open_log(Disk())
    author.append([b"%d" % k for k in range(5)])
    store = copy_of(author)
    bring(store, author)
    liar = fork(author, 3, own)
    with pytest.raises(ExchangeError) as refused:
        bring(store, liar)
    assert refused.value.problem.code == code
    assert records_of(store) == records_of(author.store)


def test_a_stranger_cannot_sign_for_the_author() -> None:
    author = open_log(Disk())
    author.append([b"one"])
    stranger = Author(Disk(), MEMBER, TO, bytes(32))
    stranger.append([b"lie"])
    with pytest.raises(ExchangeError) as refused:
        bring(copy_of(author), stranger)
    assert refused.value.problem.code.startswith("exchange.note.")
