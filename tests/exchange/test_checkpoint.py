"""Checkpoints: only the right one of the right log is taken, and it never takes back what was kept."""

import pytest

from tahaluf.exchange.checkpoint import (
    Checkpoint,
    News,
    check_growth,
    judge,
    parse_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from tahaluf.exchange.ids import log_origin
from tahaluf.exchange.merkle import EMPTY_ROOT, make_consistency
from tahaluf.exchange.notes import SigningKey, parse_note, verify_cosignatures, verify_note
from tahaluf.exchange.notes.keys import parse_key
from tahaluf.exchange.times import write_seconds
from tests.exchange.making import AUDIENCE, KEY, ORIGIN, OTHER, PUBLIC, head_of, tree_of
from tests.exchange.vectors import refused, vectors

HEAD = head_of(tree_of(3))
SIGNED = sign_checkpoint(HEAD, KEY)


def test_a_signed_head_is_read_back() -> None:
    assert verify_checkpoint(SIGNED, ORIGIN, [PUBLIC]) == HEAD


def test_every_bit_flip_of_a_checkpoint_is_refused() -> None:
    for bit in range(len(SIGNED) * 8):
        changed = bytearray(SIGNED)
        changed[bit // 8] ^= 1 << bit % 8
        with refused("exchange."):
            verify_checkpoint(bytes(changed), ORIGIN, [PUBLIC])


def test_every_byte_left_out_or_added_is_refused() -> None:
    for place in range(len(SIGNED)):
        for changed in (SIGNED[:place] + SIGNED[place + 1 :], SIGNED[:place] + b"A" + SIGNED[place:]):
            if changed != SIGNED:
                with refused("exchange."):
                    verify_checkpoint(changed, ORIGIN, [PUBLIC])


def test_the_vectors_checkpoint_verifies_and_its_cosigner_is_known() -> None:
    given = vectors("checkpoints")
    public = bytes.fromhex(given["public"])
    for name in ("note", "cosigned"):
        found = verify_checkpoint(given[name].encode(), given["origin"], [public])
        assert (found.size, found.root.hex()) == (given["size"], given["root"])
    note = verify_note(given["cosigned"].encode(), [parse_key(given["key"])])
    [seen] = verify_cosignatures(note, [parse_key(given["cosigner"])])
    assert write_seconds(seen.seen_at) == given["seen_at"]


@pytest.mark.parametrize("case", vectors("checkpoints")["signed_and_refused"], ids=lambda case: case["why"])
def test_a_text_of_another_form_is_refused_however_well_it_is_signed(case: dict[str, str]) -> None:
    given = vectors("checkpoints")
    parse_note(case["note"].encode())
    with refused("exchange.checkpoint.form"):
        verify_checkpoint(case["note"].encode(), given["origin"], [bytes.fromhex(given["public"])])


@pytest.mark.parametrize(
    "origin", ["", "a", "a.example/log/2/" + "0" * 64, f"{OTHER}/log/1/{'A' * 64}", f"A.b/log/1/{'0' * 64}"]
)
def test_an_origin_of_another_form_is_refused(origin: str) -> None:
    with refused("exchange.log.origin"):
        parse_checkpoint(f"{origin}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")


def test_another_logs_checkpoint_by_the_same_key_is_refused() -> None:
    other = log_origin(OTHER, AUDIENCE.id)
    signed = sign_checkpoint(head_of(tree_of(3), origin=other), SigningKey(other, bytes(32)))
    with refused("exchange.note.signature"):
        verify_checkpoint(signed, ORIGIN, [SigningKey(other, bytes(32)).verifying.public])


def test_a_log_key_of_another_name_does_not_sign() -> None:
    with pytest.raises(ValueError, match="origin"):
        sign_checkpoint(HEAD, SigningKey("else", bytes(32)))


def test_an_old_key_beside_the_new_one_is_good_and_no_key_is_not() -> None:
    new = SigningKey(ORIGIN, bytes(32)).verifying.public
    assert verify_checkpoint(SIGNED, ORIGIN, [new, PUBLIC]) == HEAD
    for keys in ([], [new]):
        with refused("exchange.note.signature"):
            verify_checkpoint(SIGNED, ORIGIN, keys)


@pytest.mark.parametrize(("size", "root"), [(-1, EMPTY_ROOT), (2**53, EMPTY_ROOT), (0, bytes(32)), (1, b"short")])
def test_a_head_that_cannot_be_is_not_made(size: int, root: bytes) -> None:
    with refused("exchange.checkpoint.form"):
        Checkpoint(ORIGIN, size, root)


def test_growth_is_proven_from_every_size_to_every_later_one() -> None:
    tree = tree_of(20)
    for old in range(1, 21):
        for new in range(old, 21):
            kept, later = head_of(tree, old), head_of(tree, new)
            assert judge(kept, later) is (News.GROWN if new > old else News.NONE)
            check_growth(kept, later, make_consistency(tree.read, old, new))
    check_growth(head_of(tree, 0), head_of(tree, 5), [])


def test_a_smaller_head_is_a_rollback() -> None:
    tree = tree_of(5)
    assert judge(head_of(tree), head_of(tree, 4)) is News.ROLLBACK
    with refused("exchange.checkpoint.rollback"):
        check_growth(head_of(tree), head_of(tree, 4), [])


def test_another_root_at_one_size_is_equivocation() -> None:
    kept, other = head_of(tree_of(5)), head_of(tree_of(5, "other"))
    assert judge(kept, other) is News.EQUIVOCATION
    with refused("exchange.checkpoint.equivocation"):
        check_growth(kept, other, [])


def test_a_head_of_another_history_has_no_proof() -> None:
    kept, other = tree_of(5), tree_of(9, "other")
    for proof in ([], make_consistency(other.read, 5, 9), make_consistency(tree_of(9).read, 5, 9)):
        with refused("exchange.log.proof"):
            check_growth(head_of(kept), head_of(other), proof)


def test_a_proof_where_none_is_due_is_refused() -> None:
    tree = tree_of(5)
    for old in (0, 5):
        with refused("exchange.checkpoint.proof"):
            check_growth(head_of(tree, old), head_of(tree), [EMPTY_ROOT])


def test_heads_of_two_logs_are_not_compared() -> None:
    tree = tree_of(5)
    with refused("exchange.checkpoint.origin"):
        judge(head_of(tree), head_of(tree, origin=log_origin(OTHER, AUDIENCE.id)))
