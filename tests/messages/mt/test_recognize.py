"""A file of FIN messages is known by its beginning, and nothing else is taken for one."""

import pytest

from tahaluf.messages.mt import recognizes
from tests.messages.mt.samples import MT101, MT199, MT202COV, mt103

YES = [
    mt103(), MT101, MT202COV, MT199, "\ufeff" + mt103(), "\r\n$\r\n" + mt103(), "\x01" + mt103(),
    mt103(head="", tail="-"), mt103(head="{4:\r\n"), mt103().removeprefix("{1:"), mt103()[1:],
    "{1:F21BCMAMAMCAXXX0057000289}{4:{177:2401151301}{451:0}}", ":940:\n:20:STATEMENT\n:25:12345\n",
]  # fmt: skip
NO = [
    "", "name,birth_date\nIdriss Zerouali,1984\n", '{"name": "Idriss Zerouali"}\n',
    '{"1": "{2:I103BNPAFRPPXXXXN}{4:\\n:20:"}',
    "<Document/>", "UNA:+.? 'UNB+UNOA:4+A+B'", ":20:\n", "a;b\n:20:X\n:21:Y\n", "{1:2}", "text {1:F01BCMAMAMCAXXX}",
    '"{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}{4:\n:20:X\n-}"\n', "P<MLIKEITA<<MARIAM<<<<<<<<<<<<<<<<<<<<<<",
]  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_fin_file_is_recognized(text: str) -> None:
    assert recognizes(text.encode())


@pytest.mark.parametrize("text", NO)
def test_another_file_is_not(text: str) -> None:
    assert not recognizes(text.encode())


def test_a_text_that_has_lost_its_beginning_is_one_of_fin() -> None:
    assert recognizes(b":71A:SHA\r\n:20:REF\r\n:50K:AMADOU DIARRA\r\nBAMAKO\r\n:59:CLAIRE HOFFMANN\r\n")
    assert not recognizes(b":12:00\r\nAMADOU DIARRA\r\n:13:00\r\nCLAIRE HOFFMANN\r\n")
