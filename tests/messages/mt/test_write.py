"""What is written is read back the same."""

import string

from hypothesis import given
from hypothesis import strategies as st

from tahaluf.messages.mt import Field, Message, parse, write, write_file
from tests.conftest import shared_file
from tests.messages.mt.samples import MT101, MT199, MT202COV, mt103

CODES = st.sampled_from(["BCMAMAMC", "SGBFBFBFXXX", "BNPAFRPPXXX", "DEUTDEFF"])
CHARACTERS = string.ascii_letters + string.digits + "/-?().,'+ "
LINE = st.text(CHARACTERS, min_size=1, max_size=35).map(str.strip).filter(lambda text: text and text[0] != "-")
REFERENCE = st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=16)
ACCOUNT = st.text(string.digits, min_size=1, max_size=30).map("/{}\n".format)
MONEY = st.builds("EUR{},{:02d}".format, st.integers(0, 10**9), st.integers(0, 99))
PARTY = st.builds("{}{}".format, ACCOUNT | st.just(""), st.lists(LINE, min_size=1, max_size=4).map("\n".join))
TEXT = st.lists(LINE, min_size=1, max_size=4).map("\n".join)


def fields(*pairs: tuple[str, str]) -> tuple[Field, ...]:
    return tuple(Field(tag, value, 0) for tag, value in pairs)


def header(kind: str, sender: str, receiver: str) -> tuple[str, str]:
    return f"F01{sender[:8]}AXXX0000000001", f"I{kind}{receiver[:8]}XXXXN"


@st.composite
def messages(draw: st.DrawFn) -> Message:
    kind = draw(st.sampled_from(["103", "202", "101"]))
    basic, application = header(kind, draw(CODES), draw(CODES))
    user = (("119", "COV"),) if kind == "202" else ()
    return Message(basic, application, user, fields(*draw(BODIES[kind])), (("CHK", "000000000000"),))


def _transfer(reference: str, money: str, payer: str, bank: str, payee: str, text: str) -> list[tuple[str, str]]:
    return [
        ("20", reference), ("23B", "CRED"), ("32A", f"240115{money}"), ("50K", payer), ("57A", bank), ("59", payee),
        ("70", text), ("71A", "SHA"),
    ]  # fmt: skip


def _cover(reference: str, money: str, payer: str, bank: str, payee: str, text: str) -> list[tuple[str, str]]:
    first = [("20", reference), ("21", reference), ("32A", f"240115{money}"), ("58A", bank)]
    return [*first, ("50K", payer), ("52A", bank), ("59", payee), ("72", text)]


@st.composite
def _request(draw: st.DrawFn) -> list[tuple[str, str]]:
    pairs = [("20", draw(REFERENCE)), ("28D", "1/1"), ("50H", draw(PARTY)), ("30", "240116")]
    for _ in range(draw(st.integers(1, 4))):
        pairs += [("21", draw(REFERENCE)), ("32B", draw(MONEY)), ("59", draw(PARTY)), ("71A", "OUR")]
    return pairs


PARTS = (REFERENCE, MONEY, PARTY, CODES, PARTY, TEXT)
BODIES = {"103": st.builds(_transfer, *PARTS), "202": st.builds(_cover, *PARTS), "101": _request()}


@given(messages())
def test_a_message_that_is_written_is_read_back_the_same(message: Message) -> None:
    text = write(message)
    (back,) = parse(text)
    assert back.content == message.content
    assert write(back) == text


@given(st.lists(messages(), min_size=1, max_size=4))
def test_a_file_of_messages_is_read_back_the_same(several: list[Message]) -> None:
    assert [message.content for message in parse(write_file(several))] == [message.content for message in several]


def test_samples_are_written_as_they_were() -> None:
    for text in (mt103(), MT101, MT202COV, MT199, mt103(head="", tail="-"), "{1:F21X}{4:{177:2401151301}{451:0}}"):
        (message,) = parse(text)
        (again,) = parse(write(message))
        assert again == message
    assert write(parse(mt103())[0]) == mt103()


def test_real_files_are_read_back_the_same() -> None:
    for path in sorted(shared_file("data", "payments", "swift_mt").iterdir()):
        read = parse(path.read_text())
        assert read
        assert [message.content for message in parse(write_file(read))] == [message.content for message in read]
