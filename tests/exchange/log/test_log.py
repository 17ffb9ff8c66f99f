"""A log that its author lets grow: the files say what was appended, whatever stops the machine."""

import secrets
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.exchange.checkpoint import Checkpoint, verify_checkpoint
from tahaluf.exchange.commitment import commit
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.log import Author, Files, Folder, Store
from tahaluf.exchange.marking import Audience
from tahaluf.exchange.merkle import check_consistency, check_inclusion, hash_leaf
from tahaluf.exchange.merkle.reference import root_of as slow_root
from tahaluf.exchange.merkle.tiles import tile_path, tiles_of
from tests.exchange.log.disks import Disk, Stopped

MEMBER = "interior.azmar.example"
TO = Audience(members=("finance.belmor.example",))
SEED = bytes(range(32))


def open_log(files: Files) -> Author:
    return Author(files, MEMBER, TO, SEED)


def origin_of(author: Author) -> str:
    return author.head.origin


def records_of(store: Store) -> list[bytes]:
    return [entry.payload.record if entry.payload else b"" for entry in store.entries(0)]


def signed_by(author: Author, disk: Disk) -> Checkpoint:
    origin = origin_of(author)
    key = author._key.verifying.public
    return verify_checkpoint(disk.files[f"{origin}/checkpoint"], origin, [key])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=5))
def test_what_was_appended_in_any_portions_is_read_back_and_signed(portions: list[int]) -> None:
    disk, said = Disk(), list[bytes]()
    author = open_log(disk)
    for portion in portions:
        records = [f"record {len(said) + k}".encode() for k in range(portion)]
        assert author.append(records) == range(len(said), len(said) + portion)
        said += records
        author = open_log(disk)
    assert records_of(author.store) == said
    commitments = [entry.commitment for entry in author.store.entries(0)]
    assert author.head.root == slow_root([*commitments])
    assert signed_by(author, disk) == author.head


def test_entries_prove_that_they_stand_in_it_and_that_it_only_grew() -> None:
    author = open_log(Disk())
    heads = [author.head]
    for portion in (1, 2, 253, 1, 300, 65):
        author.append([secrets.token_bytes(8) for _ in range(portion)])
        heads.append(author.head)
    store, head = author.store, author.head
    for entry in store.entries(0):
        proof = store.prove_inclusion(entry.number)
        check_inclusion(hash_leaf(entry.commitment), entry.number, head.size, proof, head.root)
    for old in heads[1:]:
        check_consistency(old.size, head.size, store.prove_growth(old.size), old.root, head.root)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 700])
def test_the_files_are_the_tiles_of_the_tree_and_no_partial_one_outlives_its_full_one(size: int) -> None:
    disk = Disk()
    author = open_log(disk)
    for k in range(size):
        author.append([b"record %d" % k])
    origin = origin_of(author)
    hashes = {f"{origin}/{tile.path}" for tile in tiles_of(size)}
    assert hashes <= disk.files.keys()
    full = {path for path in disk.files if ".p/" not in path}
    assert not [path for path in disk.files if ".p/" in path and path.split(".p/")[0] in full]


def test_any_part_of_a_log_is_read_by_its_numbers() -> None:
    author = open_log(Disk())
    author.append([b"record %d" % k for k in range(600)])
    for start, stop in ((0, 600), (255, 257), (599, 600), (600, 600), (10, 10), (256, 512)):
        assert [entry.number for entry in author.store.entries(start, stop)] == list(range(start, stop))


def stops(portions: tuple[int, ...]) -> Iterator[tuple[int, bool]]:
    disk = Disk()
    author = open_log(disk)
    for portion in portions:
        author.append([b"x"] * portion)
    yield from ((step, after) for step in range(1, disk.done + 1) for after in (False, True))


@pytest.mark.parametrize("portions", [(1, 1, 2), (254, 1, 1, 3), (300, 250)])
def test_stopped_at_any_write_the_log_goes_on_and_shows_one_history(portions: tuple[int, ...]) -> None:
    for step, after in stops(portions):
        disk = Disk()
        disk.steps, disk.after = step, after
        shown, appended = list[Checkpoint](), 0
        try:
            author = open_log(disk)
            for portion in portions:
                author.append([b"%d" % (appended + k) for k in range(portion)])
                appended += portion
        except Stopped:
            pass
        disk.steps = None
        note = disk.files.get(f"{MEMBER}/log/1/{TO.id}/checkpoint")
        author = open_log(disk)
        if note is not None:
            shown.append(verify_checkpoint(note, origin_of(author), [author._key.verifying.public]))
        assert appended <= author.head.size <= sum(portions), "nothing that was acknowledged is lost"
        assert records_of(author.store) == [b"%d" % k for k in range(author.head.size)]
        author.append([b"more"])
        for old in shown:
            if old.size:
                proof = author.store.prove_growth(old.size)
                check_consistency(old.size, author.head.size, proof, old.root, author.head.root)


def test_what_was_never_signed_does_not_stay_on_the_disk() -> None:
    for records in ([b"the secret name"], [b"the secret name"] * 300):
        disk = Disk()
        open_log(disk).append([b"one"])
        disk.steps, disk.after = disk.done + 2, True
        with pytest.raises(Stopped):
            open_log(disk).append(records)
        disk.steps = None
        assert any(b"secret" in zlib_all(data) for path, data in disk.files.items() if "/payload/" in path)
        open_log(disk)
        assert not any(b"secret" in zlib_all(data) for path, data in disk.files.items() if "/payload/" in path)


def test_an_erased_record_is_gone_from_every_file_and_the_log_still_verifies() -> None:
    disk = Disk()
    author = open_log(disk)
    author.append([b"keep one"])
    author.append([b"the secret name"])
    author.append([b"keep two"])
    salt = next(entry.payload.salt for entry in author.store.entries(1, 2) if entry.payload)
    head = author.head
    author.erase([1])
    author = open_log(disk)
    assert author.head == head
    assert records_of(author.store) == [b"keep one", b"", b"keep two"]
    unpacked = [zlib_all(data) for path, data in disk.files.items() if "/payload/" in path]
    assert len(unpacked) == 3 and not any(b"secret" in data or salt in data for data in unpacked)


def zlib_all(data: bytes) -> bytes:
    return zlib.decompress(data, wbits=-15)


def test_a_payload_that_was_missing_is_put_in_its_place() -> None:
    author = open_log(Disk())
    author.append([b"one", b"two", b"three"])
    kept = {entry.number: entry.payload for entry in author.store.entries(0)}
    author.erase([0, 2])
    author.store.fill({2: kept[2]})
    assert records_of(author.store) == [b"", b"two", b"three"]


def test_an_author_whose_files_were_put_back_to_an_earlier_state_signs_nothing() -> None:
    disk = Disk()
    author = open_log(disk)
    author.append([b"one"])
    earlier = dict(disk.files)
    author.append([b"two"])
    note = disk.files[f"{origin_of(author)}/checkpoint"]
    with pytest.raises(ExchangeError) as refused:
        open_log(Disk(earlier | {f"{origin_of(author)}/checkpoint": note}))
    assert refused.value.problem.code == "exchange.checkpoint.rollback"


def test_a_damaged_tile_is_refused_at_opening() -> None:
    disk = Disk()
    author = open_log(disk)
    author.append([b"one", b"two", b"three"])
    path = f"{origin_of(author)}/tile/0/000.p/3"
    disk.files[path] = bytes([disk.files[path][0] ^ 1]) + disk.files[path][1:]
    with pytest.raises(ExchangeError) as refused:
        open_log(disk)
    assert refused.value.problem.code == "exchange.log.root"


def test_a_lost_file_is_named() -> None:
    disk = Disk()
    author = open_log(disk)
    author.append([b"one", b"two", b"three"])
    lost = tile_path("entries", 0, 3)
    del disk.files[f"{origin_of(author)}/{lost}"]
    with pytest.raises(ExchangeError) as refused:
        list(author.store.entries(0))
    assert refused.value.problem.found == lost


def test_another_key_cannot_go_on_with_a_log() -> None:
    disk = Disk()
    open_log(disk).append([b"one"])
    with pytest.raises(ExchangeError):
        Author(disk, MEMBER, TO, bytes(32))


def test_on_a_disk_a_log_is_plain_files(tmp_path: Path) -> None:
    author = open_log(Folder(tmp_path))
    author.append([b"one", b"two"])
    names = {str(path.relative_to(tmp_path / origin_of(author))) for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {"audience", "checkpoint", "head", "tile/0/000.p/2", "tile/entries/000.p/2", "payload/000.p/2"}
    assert records_of(open_log(Folder(tmp_path)).store) == [b"one", b"two"]


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "a/..", "", "a\\b", "a\n", "x" * 251])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path of a log"):
        Folder(tmp_path / "in").write(path, b"x")
    assert not list(tmp_path.iterdir())


def test_commitments_hide_the_record_behind_a_salt_of_its_own() -> None:
    author = open_log(Disk())
    author.append([b"same", b"same"])
    first, second = author.store.entries(0)
    assert first.payload and second.payload and first.payload.salt != second.payload.salt
    assert first.commitment == commit(first.payload.salt, b"same") != second.commitment
