"""The small forms that bundles are made of: ranges and requests, headers of the tar, names, manifest, report, seal."""

import hashlib
import io
import tarfile

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.bundle import Ranges, Report, parse_request, write_request
from tahaluf.exchange.bundle.manifest import Manifest, parse_manifest
from tahaluf.exchange.bundle.places import Kind, parse_place
from tahaluf.exchange.bundle.tar import BLOCK, is_name, parse_header, write_header
from tahaluf.exchange.canonical import Json, parse_canonical, write_canonical
from tahaluf.exchange.errors import ExchangeError
from tests.exchange.bundle.cast import NOW, RECEIVER, SEAL, SEAL_PUBLIC, SENDER, TO_ONE
from tests.exchange.bundle.damage import sealed

ORIGIN = f"{SENDER}/log/1/{TO_ONE.id}"
NUMBERS = st.sets(st.integers(0, 60))


@given(NUMBERS, NUMBERS, st.integers(0, 60), st.integers(0, 60))
def test_ranges_are_sets_of_numbers(one: set[int], other: set[int], start: int, stop: int) -> None:
    first, second = Ranges.of(one), Ranges.of(other)
    assert list(first) == sorted(one) and len(first) == len(one) and bool(first) == bool(one)
    assert set(first | second) == one | other
    assert set(first & second) == one & other
    assert set(first - second) == one - other
    assert {number for number in range(70) if number in first} == one
    assert set(first.within(start, stop)) == {number for number in one if start <= number < stop}
    assert (first == second) == (one == other)
    assert all(before[1] < after[0] for before, after in zip(first.parts, first.parts[1:], strict=False))


@given(NUMBERS)
def test_a_request_is_read_as_it_was_written(numbers: set[int]) -> None:
    asked = {ORIGIN: Ranges.of(numbers)}
    assert parse_request(write_request(asked)) == {origin: own for origin, own in asked.items() if own}


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"nowhere": [[0, 1]]},
        {ORIGIN: []},
        {ORIGIN: 3},
        {ORIGIN: [[1, 1]]},
        {ORIGIN: [[2, 1]]},
        {ORIGIN: [[-1, 1]]},
        {ORIGIN: [[0, 1], [1, 2]]},
        {ORIGIN: [[5, 6], [1, 2]]},
        {ORIGIN: [[0, 1, 2]]},
        {ORIGIN: [[False, True]]},
        {ORIGIN: [["0", "1"]]},
    ],
)
def test_other_requests_are_refused(value: Json) -> None:
    with pytest.raises(ExchangeError):
        parse_request(write_canonical(value))


PARTS = st.text("abcXYZ019.-_+", min_size=1, max_size=60).filter(lambda part: part.strip("."))
NAMES = st.lists(PARTS, min_size=1, max_size=8).map("/".join).filter(lambda name: len(name) <= 250)


@given(NAMES, st.integers(0, 67_108_864))
def test_headers_are_read_back_and_are_those_of_ustar(name: str, size: int) -> None:
    try:
        header = write_header(name, size)
    except ExchangeError as error:
        assert error.problem.code == "exchange.bundle.name" and len(name) > 100
        return
    assert len(header) == BLOCK and parse_header(header) == (name, size)
    stock = tarfile.TarInfo.frombuf(header, "ascii", "strict")
    assert (stock.name, stock.size, stock.isreg(), stock.mode) == (name, size, True, 0o644)


@given(st.integers(0, BLOCK - 1), st.integers(1, 255))
def test_a_changed_byte_of_a_header_is_seen(at: int, change: int) -> None:
    header = bytearray(write_header(f"{ORIGIN}/payload/000", 4_711))
    header[at] ^= change
    assert parse_header(bytes(header)) is None


def test_names_say_what_a_file_is() -> None:
    place = parse_place(f"{ORIGIN}/tile/1/x001/x234/067.p/3")
    assert place and (place.kind, place.level, place.number, place.width) == (Kind.HASHES, 1, 1_234_067, 3)
    assert place.is_head and place.fits(96) and not place.fits(97)
    again = parse_place(f"again/{ORIGIN}/checkpoint")
    assert again and again.again and again.name == f"{ORIGIN}/checkpoint"
    for name in (f"again/{ORIGIN}/payload/000", f"again/{ORIGIN}/tile/0/000", "again/again/bundle.json", "x\n"):
        assert parse_place(name) is None
    assert not is_name("a" * 251) and not is_name("") and is_name("a" * 250)


def test_a_manifest_is_read_back_and_no_other_form_is() -> None:
    manifest = Manifest(RECEIVER, SENDER, NOW, 41, {ORIGIN: 256})
    assert parse_manifest(manifest.canonical()) == manifest
    fields = parse_canonical(manifest.canonical(), 9_999)
    assert isinstance(fields, dict)
    wrong: dict[str, Json] = {
        "format_version": 2,
        "made_at": "2026-11-20",
        "needs": {"nowhere": 1},
        "receiver": "No One",
        "sender": 3,
        "sequence": -1,
    }
    for name, value in wrong.items():
        with pytest.raises(ExchangeError):
            parse_manifest(write_canonical(fields | {name: value}))
        with pytest.raises(ExchangeError):
            parse_manifest(write_canonical({own: fields[own] for own in fields if own != name}))


def test_a_report_is_canonical_and_its_missing_is_a_request() -> None:
    report = Report(taken={ORIGIN: Ranges([(0, 9)])}, missing={ORIGIN: Ranges([(9, 12)])}, refused=(("a.b", "c"),))
    value = parse_canonical(report.canonical(), 9_999)
    assert isinstance(value, dict)
    assert write_canonical(value["missing"]) == report.request()
    assert parse_request(report.request()) == {ORIGIN: Ranges([(9, 12)])}
    assert value["refused"] == [{"code": "a.b", "file": "c"}]


def test_a_sealed_file_is_laid_out_as_the_page_says() -> None:
    tar = hashlib.shake_256(b"no tar, but bytes").digest(3 * 4_096)
    data = sealed(tar)
    key_id = hashlib.sha256(RECEIVER.encode() + b"\n\xff" + SEAL_PUBLIC).hexdigest()[:8]
    info = f"tahaluf sealed bundle 1\n{RECEIVER}\n{key_id}\n".encode()
    assert data.startswith(info) and data[:4_096] == data[4_096:8_192]
    assert not any(data[len(info) + 80 : 4_096])
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    key = suite.decrypt(data[len(info) :][:80], X25519PrivateKey.from_private_bytes(SEAL), info)
    cipher, found = ChaCha20Poly1305(key), io.BytesIO(data[8_192:])
    pieces = [cipher.decrypt(bytes(10) + bytes([at, at == 2]), found.read(4_112), None) for at in range(3)]
    assert b"".join(pieces) == tar and not found.read()
