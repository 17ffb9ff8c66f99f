"""Two histories of one author are proven to anyone, and an honest author cannot be accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.checkpoint import sign_checkpoint
from tahaluf.exchange.equivocation import Equivocation, parse_equivocation, prove_equivocation, verify_equivocation
from tahaluf.exchange.merkle import EMPTY_ROOT, make_consistency, root_at
from tahaluf.exchange.notes import SigningKey
from tests.exchange.making import KEY, ORIGIN, PUBLIC, head_of, tree_of
from tests.exchange.vectors import refused, vectors


def signed(size: int, words: str = "entry") -> bytes:
    return sign_checkpoint(head_of(tree_of(size, words)), KEY)


def proof_of(first: int, second: int) -> Equivocation:
    other = tree_of(second, "other")
    steps = make_consistency(other.read, first, second)
    return prove_equivocation(signed(first), signed(second, "other"), root_at(other.read, first), steps, [PUBLIC])


@pytest.mark.parametrize("sizes", [(1, 1), (5, 5), (1, 9), (4, 9), (5, 8), (8, 9), (7, 700)])
def test_two_histories_are_proven_at_one_size_and_at_two(sizes: tuple[int, int]) -> None:
    proof = proof_of(*sizes)
    again = parse_equivocation(proof.canonical())
    assert again == proof
    assert verify_equivocation(again, [PUBLIC]) == ORIGIN


@pytest.mark.parametrize("text", vectors("equivocation")["proofs"])
def test_the_vectors_proofs_hold(text: str) -> None:
    given_vectors = vectors("equivocation")
    found = verify_equivocation(parse_equivocation(text.encode()), [bytes.fromhex(given_vectors["public"])])
    assert found == given_vectors["origin"]


@given(st.integers(1, 40), st.integers(1, 40))
def test_an_honest_author_is_never_proven_guilty(first: int, second: int) -> None:
    tree = tree_of(40)
    first, second = sorted((first, second))
    steps = make_consistency(tree.read, first, second)
    with refused("exchange.checkpoint.proof"):
        prove_equivocation(signed(first), signed(second), root_at(tree.read, first), steps, [PUBLIC])
    with refused("exchange."):
        prove_equivocation(signed(first), signed(second), EMPTY_ROOT, steps, [PUBLIC])


def test_a_proof_by_another_key_proves_nothing() -> None:
    forged = sign_checkpoint(head_of(tree_of(5, "other")), SigningKey(ORIGIN, bytes(32)))
    with refused("exchange.note.signature"):
        prove_equivocation(signed(5), forged, head_of(tree_of(5, "other")).root, (), [PUBLIC])


def test_heads_in_the_wrong_order_or_of_an_empty_log_prove_nothing() -> None:
    proof = proof_of(5, 9)
    with refused("exchange.log.proof"):
        verify_equivocation(Equivocation(proof.second, proof.first, proof.prefix_root, proof.consistency), [PUBLIC])
    with refused("exchange.checkpoint.proof"):
        verify_equivocation(Equivocation(signed(0), proof.second, proof.prefix_root), [PUBLIC])


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"proof":1}', b"x", b"x" * 65_537])
def test_another_form_is_no_proof(data: bytes) -> None:
    with refused("exchange."):
        parse_equivocation(data)


def test_every_part_of_a_proof_counts() -> None:
    data = proof_of(5, 9).canonical()
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        with refused("exchange."):
            verify_equivocation(parse_equivocation(bytes(changed)), [PUBLIC])
