"""Notes are read strictly, and their text is given out only when a known key signed it."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.exchange.notes import (
    SigningKey,
    VerifyingKey,
    cosign,
    parse_note,
    sign_note,
    verify_cosignatures,
    verify_note,
    write_note,
)
from tahaluf.exchange.notes.keys import FIELD, ORDER_EIGHT, parse_key
from tests.exchange.making import COSIGNER, KEY, NOW, ORIGIN
from tests.exchange.vectors import refused

TEXT = f"{ORIGIN}\n\nsecond paragraph: محمد\n"
# the example of C2SP's page on notes: its form and key id, with a key that is not ours
FOREIGN = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)


def test_a_note_is_signed_and_its_text_comes_back() -> None:
    note = verify_note(sign_note(TEXT, KEY), [KEY.verifying])
    assert note.text == TEXT
    assert [line.name for line in note.lines] == [ORIGIN]


def test_the_form_is_c2sps() -> None:
    note = parse_note(FOREIGN.encode())
    assert note.text.endswith("ed è subito sera.\n")
    assert note.lines[0].name == "quasimodo.example/salvatore"
    assert note.lines[0].key_id.hex() == "367ba04b"
    assert len(note.lines[0].signature) == 64
    assert write_note(note.text, note.lines) == FOREIGN.encode()
    with refused("exchange.note.signature"):
        verify_note(FOREIGN.encode(), [KEY.verifying])


def test_a_key_id_hashes_name_type_and_key() -> None:
    public = KEY.verifying.public
    assert KEY.verifying.key_id == hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
    assert (
        COSIGNER.verifying.key_id
        == hashlib.sha256(COSIGNER.verifying.name.encode() + b"\n\x04" + COSIGNER.verifying.public).digest()[:4]
    )
    assert parse_key(str(KEY.verifying)) == KEY.verifying


SIGNED = sign_note(TEXT, KEY).decode()
LINE = SIGNED.rsplit("\n\n", 1)[1]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"\n\n", b"text\n", b"text\n\n", SIGNED[:-1].encode(), (SIGNED + "\n").encode(),
        (SIGNED + "more\n").encode(),
        SIGNED.replace("\n\n—", "\n—").encode(), SIGNED.replace("— ", "- ").encode(),
        SIGNED.replace("— ", "—").encode(),
        SIGNED.replace("\n", "\r\n").encode(), SIGNED.replace("second", "sec\tond").encode(),
        SIGNED.replace("second", "\x7f").encode(),
        SIGNED.replace("second", "\x00").encode(), b"\xff" + SIGNED.encode(), SIGNED.encode("utf-16"),
        (SIGNED + LINE).encode(),
        (TEXT + "\n— a+b AAAAAAA=\n").encode(), (TEXT + "\n—  AAAAAAA=\n").encode(),
        (TEXT + "\n— a\u00a0b AAAAAAA=\n").encode(),
        (TEXT + "\n— a AAAAAA==\n").encode(), (TEXT + "\n— a\n").encode(), (TEXT + "\n— a AAAAAAA=  \n").encode(),
        (TEXT + "\n" + "".join(f"— n{at} AAAAAAA=\n" for at in range(65))).encode(), b"x" * 4_194_305,
        "\n\n— a AAAAAAA=\n".encode(),
    ],
)  # fmt: skip
def test_bytes_of_another_form_are_refused(data: bytes) -> None:
    with refused("exchange.note.form"):
        parse_note(data)


def test_sixty_four_signatures_are_taken() -> None:
    data = TEXT + "\n" + "".join(f"— n{at} AAAAAAA=\n" for at in range(63)) + LINE
    assert verify_note(data.encode(), [KEY.verifying]).text == TEXT


@pytest.mark.parametrize(
    "encoded", ["AAAAAAB=", "AAAAAAA", "AAAA AAA=", "AAAAAAA==", "AAAAA_A=", "AAAAAAA=\u00b2", "AAAAAAA=A"]
)
def test_base64_has_one_spelling(encoded: str) -> None:
    with refused("exchange.note.form"):
        parse_note(f"{TEXT}\n— a {encoded}\n".encode())


def test_every_bit_of_a_note_counts() -> None:
    data = sign_note("origin\n3\n", SigningKey("origin", bytes(32)))
    known = [SigningKey("origin", bytes(32)).verifying]
    verify_note(data, known)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with refused("exchange.note"):
            verify_note(bytes(changed), known)


def test_a_wrong_signature_of_a_known_key_spoils_the_note_beside_a_right_one() -> None:
    second = SigningKey("second", bytes(32))
    wrong = sign_note("other\n", second).decode().rsplit("\n\n", 1)[1]
    with refused("exchange.note.signature"):
        verify_note((SIGNED + wrong).encode(), [KEY.verifying, second.verifying])
    assert verify_note((SIGNED + wrong).encode(), [KEY.verifying]).text == TEXT


def test_a_line_that_shares_only_name_or_only_id_is_not_the_keys() -> None:
    key_id = KEY.verifying.key_id
    signature = parse_note(SIGNED.encode()).lines[0].signature
    for name, other in ((ORIGIN, bytes(4)), ("else", key_id)):
        line = f"— {name} {base64.b64encode(other + signature).decode()}\n"
        with refused("exchange.note.signature"):
            verify_note((TEXT + "\n" + line).encode(), [KEY.verifying])


def test_a_short_or_long_signature_of_a_known_key_is_wrong() -> None:
    signature = parse_note(SIGNED.encode()).lines[0].signature
    for other in (signature[:-1], signature + b"\x00", b"\x00"):
        line = f"— {ORIGIN} {base64.b64encode(KEY.verifying.key_id + other).decode()}\n"
        with refused("exchange.note.signature"):
            verify_note((TEXT + "\n" + line).encode(), [KEY.verifying])


def test_a_signature_with_s_beyond_the_order_is_refused() -> None:
    """RFC 8032: the same signature must not have a second spelling."""
    order = 2**252 + 27742317777372353535851937790883648493
    signature = parse_note(SIGNED.encode()).lines[0].signature
    other = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert KEY.verifying.verifies(signature, TEXT.encode())
    assert not KEY.verifying.verifies(other, TEXT.encode())


@pytest.mark.parametrize("y", [0, 1, FIELD - 1, ORDER_EIGHT, FIELD - ORDER_EIGHT, FIELD, FIELD + 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_key_of_small_order_or_of_two_spellings_is_refused(y: int, sign: int) -> None:
    with refused("exchange.note.key"):
        VerifyingKey("name", (y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize(
    "text", ["a", "a+b", "a+00000000+AAAA", str(KEY.verifying)[:-4], str(KEY.verifying).replace("+", "+0", 1)]
)
def test_a_written_key_of_another_form_is_refused(text: str) -> None:
    with refused("exchange.note.key"):
        parse_key(text)


def test_a_key_of_an_unknown_type_or_a_name_with_a_space_is_refused() -> None:
    for name, kind in (("a b", 1), ("a+b", 1), ("", 1), ("a", 2)):
        with refused("exchange.note.key"):
            VerifyingKey(name, KEY.verifying.public, kind)


def test_a_private_key_is_not_shown() -> None:
    assert repr(KEY) == f"SigningKey({ORIGIN!r})"


@pytest.mark.parametrize("text", ["no line feed", "tab\t\n", ""])
def test_a_text_that_is_none_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="note"):
        sign_note(text, KEY)


def test_a_cosignature_says_when_the_head_was_seen() -> None:
    note = parse_note(sign_note(TEXT, KEY))
    data = write_note(note.text, [*note.lines, cosign(note.text, COSIGNER, NOW)])
    [found] = verify_cosignatures(verify_note(data, [KEY.verifying]), [COSIGNER.verifying])
    assert (found.name, found.seen_at) == (COSIGNER.verifying.name, NOW)


def test_the_cosigned_bytes_are_c2sps() -> None:
    line = cosign("example.com/behind-the-sofa\n1\n", COSIGNER, datetime.fromtimestamp(1679315147, UTC))
    assert line.signature[:8] == (1679315147).to_bytes(8, "big")
    message = b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n1\n"
    assert COSIGNER.verifying.verifies(line.signature[8:], message)


@given(st.integers(0, 72 * 8 - 1))
def test_every_bit_of_a_cosignature_counts(bit: int) -> None:
    note = parse_note(sign_note(TEXT, KEY))
    line = cosign(note.text, COSIGNER, NOW)
    changed = bytearray(line.signature)
    changed[bit // 8] ^= 1 << bit % 8
    wrong = type(line)(line.name, line.key_id, bytes(changed))
    with refused("exchange.note.signature"):
        verify_cosignatures(type(note)(note.text, (*note.lines, wrong)), [COSIGNER.verifying])


def test_a_cosigner_does_not_sign_for_the_author_nor_the_author_as_cosigner() -> None:
    note = parse_note(sign_note(TEXT, KEY))
    only = write_note(note.text, [cosign(note.text, COSIGNER, NOW)])
    with refused("exchange.note.signature"):
        verify_note(only, [KEY.verifying, COSIGNER.verifying])
    assert verify_cosignatures(note, [KEY.verifying, COSIGNER.verifying]) == ()


def test_a_time_without_offset_is_not_signed() -> None:
    with pytest.raises(ValueError, match="offset"):
        cosign(TEXT, COSIGNER, datetime(2026, 1, 1))  # noqa: DTZ001 (what is refused)
