"""Tiles are those of C2SP's tlog-tiles, and proofs can be made out of their files alone."""

import hashlib

import pytest

from tahaluf.exchange.merkle import check_consistency, check_inclusion, hash_leaf, make_consistency, make_inclusion
from tahaluf.exchange.merkle.tiles import (
    Tile,
    node_reader,
    number_path,
    parse_entries,
    payload_path,
    tile_at,
    tile_path,
    tiles_of,
    write_entries,
)
from tests.exchange.making import commitments, head_of, tree_of
from tests.exchange.vectors import refused, vectors


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 256, "000"), (5, 1, "005.p/1"), (999, 255, "999.p/255"), (1000, 256, "x001/000"),
        (1234067, 256, "x001/x234/067"), (1234067, 3, "x001/x234/067.p/3"),
    ],
)  # fmt: skip
def test_a_tiles_number_stands_in_groups_of_three(number: int, width: int, path: str) -> None:
    assert number_path(number, width) == path
    assert tile_path("entries", number, width) == f"tile/entries/{path}"
    assert payload_path(number, width) == f"payload/{path}"


@pytest.mark.parametrize(("number", "width"), [(-1, 256), (0, 0), (0, 257)])
def test_a_tile_that_cannot_be_has_no_path(number: int, width: int) -> None:
    with pytest.raises(ValueError, match="tile"):
        number_path(number, width)


def test_a_tree_of_70000_has_the_tiles_that_the_standard_describes() -> None:
    tiles = list(tiles_of(70_000))
    assert sum(tile.level == 0 and tile.width == 256 for tile in tiles) == 273
    assert [tile for tile in tiles if tile.level or tile.width < 256] == [
        Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1),
    ]  # fmt: skip
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


def test_the_vectors_tiles_are_made() -> None:
    given = vectors("tiles")
    leaves = [hashlib.sha256(f"tahaluf test vector entry {at}".encode()).digest() for at in range(given["size"])]
    tree = tree_of(0)
    tree.extend(map(hash_leaf, leaves))
    found = {tile.path: hashlib.sha256(tree.data(tile)).hexdigest() for tile in tiles_of(given["size"])}
    assert given["sha256"].items() <= found.items()
    assert len(found) == given["tiles"]
    assert head_of(tree).root.hex() == given["root"]
    [(path, digest)] = given["entries"].items()
    assert path == tile_path("entries", 273, 112)
    assert hashlib.sha256(write_entries(leaves[-112:])).hexdigest() == digest


def test_proofs_are_made_out_of_files_alone() -> None:
    tree = tree_of(700)
    files = {tile.path: tree.data(tile) for tile in tiles_of(700)}
    read = node_reader(lambda tile: files[tile.path], 700)
    leaf = hash_leaf(commitments(700)[513])
    check_inclusion(leaf, 513, 700, make_inclusion(read, 513, 700), head_of(tree).root)
    proof = make_consistency(read, 300, 700)
    check_consistency(300, 700, proof, head_of(tree, 300).root, head_of(tree).root)


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\x00", lambda _data: b""])
def test_a_tile_of_another_length_is_refused_before_it_is_hashed(change: object) -> None:
    tree = tree_of(300)
    read = node_reader(lambda tile: change(tree.data(tile)), 300)  # type: ignore[operator]
    with refused("exchange.log.tile"):
        read(0, 299)


def test_what_lies_beyond_the_edge_is_no_node() -> None:
    tree = tree_of(300)
    for level, number in ((0, 300), (3, 37), (8, 1), (16, 0)):
        with refused("exchange.log.tile"):
            tree.read(level, number)
    with refused("exchange.log.tile"):
        tile_at(0, 2, 300)
    with refused("exchange.log.tile"):
        tree.data(Tile(0, 1, 45))


def test_entry_tiles_hold_entries_of_32_bytes_and_nothing_else() -> None:
    entries = commitments(3)
    data = write_entries(entries)
    assert len(data) == 3 * 34
    assert parse_entries(data, 3) == entries
    wrong = [data[:-1], data + b"\x00", b"\x00\x1f" + data[2:], b"\x01\x20" + data[2:], data[:34]]
    for other in wrong:
        with refused("exchange.log.tile"):
            parse_entries(other, 3)
