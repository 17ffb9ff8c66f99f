"""Whatever becomes of the bytes of a file, no zone that stands unchanged is lost, and nothing crashes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.domain import InputError
from tahaluf.messages import SUBJECT_SCHEMA, RejectSink, render_rejects, subjects_of
from tahaluf.messages.mrz import Form, MrzDocument, read_mrz, write_mrz
from tahaluf.messages.request import Request

TOKENS = [b"", b"\x00", b"\xff", b"\n", b"<", b"<<<", b"K", b"0", b"O", b"9" * 9, b"\xc2\xab", b"\xab", b"a note", b" "]
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 50), st.sampled_from(TOKENS)), min_size=1, max_size=5)
COUNT = 6


def document(number: int) -> MrzDocument:
    form = (Form.TD3, Form.TD1, Form.TD2, Form.MRV_A, Form.MRV_B)[number % 5]
    code = {"V": "V", "T": "P" if form is Form.TD3 else "I"}["V" if form.startswith("MRV") else "T"]
    return MrzDocument(form, code, "MLI", "DIARRA", "AMADOU", f"ZZ{number:07d}", "MLI", "850314", "M", "351231")


ZONES = [write_mrz(document(number), document(number).form) for number in range(COUNT)]
WHOLE = "\n".join(ZONES).encode() + b"\n"


def mutate(edits: list[tuple[float, int, bytes]]) -> bytes:
    content = WHOLE
    for place, length, token in edits:
        at = int(place * len(content))
        content = content[:at] + token + content[at + length :]
    return content


@given(EDITS)
@settings(max_examples=300, deadline=None)
def test_every_unchanged_zone_comes_through_and_every_line_is_accounted_for(
    edits: list[tuple[float, int, bytes]],
) -> None:
    content = mutate(edits)
    sink = RejectSink()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "z"
        path.write_bytes(content)
        try:
            batches = list(read_mrz(Request(path, None, None, sink)))
        except InputError:
            return
    assert all(batch.schema == SUBJECT_SCHEMA for batch in batches)
    found = [subject for batch in batches for subject in subjects_of(batch)]
    rejections = sink.take()
    render_rejects(rejections)
    assert [subject.unit for subject in found] == sorted(subject.unit or 0 for subject in found)
    assert len(found) + sink.rejected == sink.units
    numbers = {number.number for subject in found for number in subject.documents}
    numbered = [(number, zone.encode()) for number, zone in enumerate(ZONES)]
    for number, zone in numbered:
        before = numbered[number - 1][1] + b"\n" if number else b""
        stands = b"\n" + before + zone + b"\n" in content or content.startswith(before + zone + b"\n")
        if stands and b"\x00" not in content:
            assert f"ZZ{number:07d}" in numbers


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_end_in_a_reading_or_a_refusal(content: bytes) -> None:
    sink = RejectSink()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "z"
        path.write_bytes(content)
        try:
            list(read_mrz(Request(path, None, None, sink)))
        except InputError:
            return
    assert sink.rejected <= sink.units


@given(st.text("PVIAUTO<0123456789K«‹ \n\r", max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_of_the_alphabet_is_read_without_a_crash(content: str) -> None:
    sink = RejectSink()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "z"
        path.write_text(content, "utf-8")
        list(read_mrz(Request(path, None, None, sink)))
    assert sink.rejected <= sink.units
