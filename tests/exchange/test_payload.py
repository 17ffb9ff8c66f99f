"""Payload tiles: bounded, believed only by their commitments, and kept as far as they are whole."""

import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.exchange.commitment import check_commitment, commit, new_salt
from tahaluf.exchange.payload import HEAD, MOST, Payload, expand, pack, unpack
from tests.exchange.vectors import refused

PAYLOADS = [Payload(bytes([number]) * 32, f"record {number} ".encode() * 40) for number in range(256)]
COMMITMENTS = [commit(payload.salt, payload.record) for payload in PAYLOADS]


def packer(data: bytes) -> bytes:
    making = zlib.compressobj(wbits=-15)
    return making.compress(data) + making.flush()


def test_a_tile_comes_back_whole() -> None:
    found = unpack(pack(PAYLOADS), COMMITMENTS)
    assert found.payloads == tuple(PAYLOADS)
    assert (found.erased, found.missing, found.excess) == ((), (), False)


def test_an_erased_payload_is_known_from_a_lost_one() -> None:
    kept = [None if number in (3, 255) else payload for number, payload in enumerate(PAYLOADS)]
    found = unpack(pack(kept), COMMITMENTS)
    assert found.erased == (3, 255)
    assert found.missing == ()
    assert found.payloads[2] == PAYLOADS[2]


def test_another_salt_or_record_is_not_believed() -> None:
    wrong = [Payload(PAYLOADS[0].salt, b"another"), Payload(bytes(32), PAYLOADS[1].record), *PAYLOADS[2:]]
    found = unpack(pack(wrong), COMMITMENTS)
    assert found.missing == (0, 1)
    assert found.payloads[:2] == (None, None)


def test_exchanged_payloads_are_not_believed() -> None:
    found = unpack(pack([PAYLOADS[1], PAYLOADS[0], *PAYLOADS[2:]]), COMMITMENTS)
    assert found.missing == (0, 1)


@settings(max_examples=150)
@given(st.integers(0, len(pack(PAYLOADS)) - 1), st.integers(1, 255))
def test_damage_never_brings_a_wrong_payload_and_names_what_is_missing(place: int, change: int) -> None:
    data = bytearray(pack(PAYLOADS))
    data[place] ^= change
    found = unpack(bytes(data), COMMITMENTS)
    for number, payload in enumerate(found.payloads):
        assert (payload is None) == (number in found.missing or number in found.erased)
        assert payload in (None, PAYLOADS[number])


def test_a_tile_cut_off_gives_what_came_before() -> None:
    data = pack(PAYLOADS)
    found = unpack(data[: len(data) // 2], COMMITMENTS)
    whole = [number for number, payload in enumerate(found.payloads) if payload]
    assert whole == list(range(len(whole)))
    assert 0 < len(whole) < 256
    assert found.missing == tuple(range(len(whole), 256))


def test_a_bomb_is_expanded_no_further_than_the_bound() -> None:
    bomb = packer(bytes(50_000_000))
    expanded, more = expand(bomb, 1000)
    assert len(expanded) == 1001
    assert more
    found = unpack(bomb, COMMITMENTS[:1])
    assert found.payloads == (None,)
    assert found.excess


@pytest.mark.parametrize("length", [MOST + 1, 2**32 - 1])
def test_a_length_over_the_bound_is_not_read_on(length: int) -> None:
    salt = bytes(32)
    record = bytes(MOST + 1)
    data = packer(salt + length.to_bytes(4, "big") + record)
    assert unpack(data, [commit(salt, record)]).missing == (0,)


def test_the_longest_record_fits_and_one_byte_more_is_refused() -> None:
    payload = Payload(bytes(32), b"x" * MOST)
    found = unpack(pack([payload]), [commit(payload.salt, payload.record)])
    assert found.payloads == (payload,)
    assert not found.excess
    for record in (b"x" * (MOST + 1), b""):
        with refused("exchange.log.payload"):
            pack([Payload(bytes(32), record)])
    with refused("exchange.log.payload"):
        pack([Payload(bytes(31), b"x")])


def test_what_stands_after_the_last_payload_is_noted_and_not_read() -> None:
    payload = PAYLOADS[0]
    one = payload.salt + len(payload.record).to_bytes(4, "big") + payload.record
    for data in (packer(one + bytes(HEAD)), packer(one) + b"more"):
        found = unpack(data, COMMITMENTS[:1])
        assert found.excess
        assert found.payloads == (payload,)


def test_commitments_need_a_whole_salt() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"short", b"record")
    assert len(new_salt()) == 32
    assert new_salt() != new_salt()


def test_a_payload_is_checked_against_its_commitment() -> None:
    check_commitment(PAYLOADS[0].salt, PAYLOADS[0].record, COMMITMENTS[0])
    moved = PAYLOADS[0].salt + PAYLOADS[0].record[:1], PAYLOADS[0].record[1:]
    for salt, record in (moved, (PAYLOADS[0].salt, b""), (b"\x01" * 32, PAYLOADS[0].record)):
        with refused("exchange.log.commitment"):
            check_commitment(salt, record, COMMITMENTS[0])


def test_a_stream_is_expanded_alike_in_however_many_slices_it_lies() -> None:
    source = random.Random(5)
    for size in (0, 1, 4_095, 4_096, 4_097, 50_000):
        whole = source.randbytes(size)
        packer = zlib.compressobj(level=6, wbits=-15)
        stream = packer.compress(whole) + packer.flush()
        assert expand(stream, size + 1) == (whole, False)
        assert expand(stream + b"more", size + 1) == (whole, True)
        cut, more = expand(stream[: len(stream) // 2], size + 1)
        assert whole.startswith(cut) and not more
