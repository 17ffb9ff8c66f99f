"""The tree is RFC 6962's: fast code and the standard's recursion agree, and no wrong proof passes."""

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.merkle import (
    EMPTY_ROOT,
    Frontier,
    check_consistency,
    check_inclusion,
    hash_leaf,
    make_consistency,
    make_inclusion,
    reference,
    root_at,
)
from tests.exchange.making import commitments, tree_of
from tests.exchange.vectors import refused, vectors

# the roots at sizes 0 to 8 of the leaves that Certificate Transparency's public tests use
PUBLIC_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = range(1, 65)
MOST = 64


def passes(check: Callable[..., None], *given_to: object) -> bool:
    try:
        check(*given_to)
    except ExchangeError:
        return False
    return True


def test_the_roots_are_those_that_certificate_transparency_publishes() -> None:
    entries = [bytes.fromhex(leaf) for leaf in vectors("merkle")["entries"]]
    frontier = Frontier()
    found = [frontier.root().hex()]
    for entry in entries:
        frontier.append(hash_leaf(entry))
        found.append(frontier.root().hex())
    assert found == PUBLIC_ROOTS == vectors("merkle")["roots"]
    assert [reference.root_of(entries[:size]).hex() for size in range(9)] == PUBLIC_ROOTS


def test_the_vectors_proofs_verify() -> None:
    given_vectors = vectors("merkle")
    entries, roots = ([bytes.fromhex(text) for text in given_vectors[name]] for name in ("entries", "roots"))
    for case in given_vectors["inclusion"]:
        proof = [bytes.fromhex(step) for step in case["proof"]]
        check_inclusion(hash_leaf(entries[case["number"]]), case["number"], case["size"], proof, roots[case["size"]])
    for case in given_vectors["consistency"]:
        proof = [bytes.fromhex(step) for step in case["proof"]]
        check_consistency(case["old"], case["new"], proof, roots[case["old"]], roots[case["new"]])


def test_every_proof_of_trees_up_to_64_is_the_standards_and_verifies() -> None:
    entries, tree = commitments(MOST), tree_of(MOST)
    roots = [reference.root_of(entries[:size]) for size in range(MOST + 1)]
    for size in SIZES:
        assert root_at(tree.read, size) == roots[size]
        for number in range(size):
            proof = make_inclusion(tree.read, number, size)
            assert proof == reference.inclusion(number, entries[:size])
            check_inclusion(hash_leaf(entries[number]), number, size, proof, roots[size])
        for old in range(1, size + 1):
            proof = make_consistency(tree.read, old, size)
            assert proof == reference.consistency(old, entries[:size])
            check_consistency(old, size, proof, roots[old], roots[size])


def test_no_inclusion_proof_passes_for_another_place_size_leaf_or_root() -> None:
    entries, tree = commitments(17), tree_of(17)
    roots = [root_at(tree.read, size) for size in range(18)]
    for size in range(1, 18):
        for number in range(size):
            proof, leaf = make_inclusion(tree.read, number, size), hash_leaf(entries[number])
            for other in range(17):
                for claimed in range(1, 18):
                    right = (other, claimed) == (number, size)
                    assert passes(check_inclusion, leaf, other, claimed, proof, roots[size]) <= (
                        right or same_path(number, size, other, claimed)
                    )
            assert not passes(check_inclusion, hash_leaf(b"other"), number, size, proof, roots[size])
            assert not passes(check_inclusion, leaf, number, size, proof, EMPTY_ROOT)


def same_path(number: int, size: int, other: int, claimed: int) -> bool:
    """Whether two places in two sizes have one path of lefts and rights: the root says nothing of the size."""
    return sides(number, size) == sides(other, claimed)


def sides(number: int, size: int) -> str:
    if size == 1:
        return ""
    middle = reference.split(size)
    return sides(number, middle) + "L" if number < middle else sides(number - middle, size - middle) + "R"


def test_no_consistency_proof_passes_with_one_bit_another_step_or_one_less() -> None:
    tree = tree_of(33)
    for old, new in [(1, 2), (3, 7), (4, 7), (6, 8), (8, 33), (21, 33), (32, 33)]:
        proof, first, second = make_consistency(tree.read, old, new), root_at(tree.read, old), root_at(tree.read, new)
        for place, step in enumerate(proof):
            for bit in range(256):
                changed = [*proof[:place], flipped(step, bit), *proof[place + 1 :]]
                assert not passes(check_consistency, old, new, changed, first, second)
        for wrong in (proof[:-1], proof[1:], [*proof, proof[-1]], [first, *proof], proof[::-1] if proof[1:] else []):
            assert not passes(check_consistency, old, new, wrong, first, second)
        assert not passes(check_consistency, old, new, proof, second, second)
        assert not passes(check_consistency, old, new, proof, first, first)


def flipped(data: bytes, bit: int) -> bytes:
    return bytes(byte ^ (1 << bit % 8 if place == bit // 8 else 0) for place, byte in enumerate(data))


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5), (-1, 5)])
def test_sizes_that_have_no_consistency_proof_are_refused(old: int, new: int) -> None:
    with refused("exchange.log.proof"):
        check_consistency(old, new, [], EMPTY_ROOT, EMPTY_ROOT)
    with pytest.raises(ValueError, match="sizes"):
        make_consistency(tree_of(5).read, old, new)


@pytest.mark.parametrize("number", [-1, 5])
def test_an_entry_outside_the_tree_has_no_proof(number: int) -> None:
    with refused("exchange.log.proof"):
        check_inclusion(EMPTY_ROOT, number, 5, [], EMPTY_ROOT)
    with pytest.raises(ValueError, match="entry"):
        make_inclusion(tree_of(5).read, number, 5)


def test_a_step_of_another_length_is_refused() -> None:
    tree = tree_of(2)
    with refused("exchange.log.proof"):
        check_inclusion(hash_leaf(b""), 0, 2, [make_inclusion(tree.read, 0, 2)[0] + b"\x00"], root_at(tree.read, 2))
    with refused("exchange.log.proof"):
        check_consistency(1, 2, [b""], root_at(tree.read, 1), root_at(tree.read, 2))


def test_one_size_has_one_root_and_an_empty_proof() -> None:
    root = root_at(tree_of(5).read, 5)
    check_consistency(5, 5, [], root, root)
    for proof, other in (([root], root), ([], EMPTY_ROOT)):
        with refused("exchange.log.proof"):
            check_consistency(5, 5, proof, root, other)


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=8), max_size=300), st.integers(0, 300))
def test_a_frontier_kept_and_taken_up_again_grows_as_the_standard_has_it(entries: list[bytes], cut: int) -> None:
    frontier = Frontier()
    frontier.extend(map(hash_leaf, entries[:cut]))
    again = Frontier(frontier.size, frontier.peaks)
    tried = again.copy()
    tried.append(hash_leaf(b"not believed"))
    again.extend(map(hash_leaf, entries[cut:]))
    assert again.root() == reference.root_of(entries)


@pytest.mark.parametrize(("size", "peaks"), [(1, []), (2, [EMPTY_ROOT] * 2), (-1, []), (1, [b"short"])])
def test_a_frontier_that_cannot_be_is_refused(size: int, peaks: list[bytes]) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier(size, peaks)


@settings(max_examples=40)
@given(st.integers(1, 3000), st.data())
def test_proofs_of_larger_trees_out_of_tiles_verify(size: int, data: st.DataObject) -> None:
    number, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    leaf = hash_leaf(commitments(size)[number])
    root = root_at(BIG.read, size)
    check_inclusion(leaf, number, size, make_inclusion(BIG.read, number, size), root)
    check_consistency(old, size, make_consistency(BIG.read, old, size), root_at(BIG.read, old), root)


BIG = tree_of(3000)


def test_a_leaf_never_passes_for_a_node() -> None:
    """An entry that is two hashes long has not the hash of the node over them."""
    left, right = hash_leaf(b"a"), hash_leaf(b"b")
    assert hash_leaf(left + right) != reference.root_of([b"a", b"b"])
    assert hashlib.sha256(left + right).digest() != reference.root_of([b"a", b"b"])
