"""Invented messages, and short ways to read them. Everyone here is made up."""

from pathlib import Path
from typing import Any

from tahaluf.messages import SUBJECT_SCHEMA, Rejection, RejectSink
from tahaluf.messages.mt import read_mt
from tahaluf.messages.request import Request

UETR = "eb6305c9-1f7f-49de-aed0-16487c27b42d"
HEAD = "{1:F01BCMAMAMCAXXX0057000289}{2:I103BNPAFRPPXXXXN}{3:{108:M1}{121:" + UETR + "}}{4:\r\n"
TAIL = "-}{5:{CHK:D628FE0165A7}}"
MT103 = {
    "20": "PAY-2024-17", "23B": "CRED", "32A": "240115EUR1250,50",
    "50K": "/MA64011519000001205000534921\nIDRISS ZEROUALI",
    "52A": "BCMAMAMC", "57A": "BNPAFRPPXXX",
    "59": "/FR1420041010050500013M02606\nCLAIRE HOFFMANN\n12 RUE DU PORT\nMARSEILLE",
    "70": "INVOICE 17", "71A": "SHA",
}  # fmt: skip
MT101 = """{1:F01SGBFBFBFAXXX0057000290}{2:I101BNPAFRPPXXXXN}{4:
:20:ORDER-9
:28D:1/1
:50H:/BF42BF0840101300463574000390
COMPAGNIE SAHELIENNE DE COTON
:52A:SGBFBFBF
:30:240116
:21:FIRST
:32B:EUR100,
:57A:BNPAFRPP
:59:/12345
MARIAM KEITA
:70:SALARY
:71A:SHA
:21:SECOND
:32B:EUR200,
:59:/67890
OUSMANE TRAORE
:71A:SHA
-}"""
MT202COV = """{1:F01BCMAMAMCAXXX0057000291}{2:O2021200240115DEUTDEFFAXXX00000000012401151200N}{3:{119:COV}{121:UETR}}{4:
:20:COVER-1
:21:PAY-2024-17
:32A:240115EUR1250,50
:52A:BCMAMAMC
:57A:DEUTDEFF
:58A:BNPAFRPP
:50F:CCPT/ML/B0123456
1/AMADOU DIALLO
4/19710203
5/ML/BAMAKO
:52A:ECOCMLBA
:59F:1/NADIA BAKKAR
2/3 AVENUE DE LA PAIX
3/NE/NIAMEY
:70:LOAN
:72:/INS/CHASUS33
-}""".replace("UETR", UETR)
MT199 = """{1:F01BCMAMAMCAXXX0057000292}{2:I199BNPAFRPPXXXXN}{4:
:20:QUERY-1
:21:PAY-2024-17
:79:PLEASE CONFIRM THAT YOUSSEF BEN SALAH, PASSPORT
NO AB1234567, HOLDS FR1420041010050500013M02606
-}"""


def mt103(head: str = HEAD, tail: str = TAIL, **changed: str | None) -> str:
    """A customer transfer; `f50K="…"` sets a field, None takes it out."""
    fields = dict(MT103)
    for name, value in changed.items():
        tag = name.removeprefix("f")
        if value is None:
            fields.pop(tag)
        else:
            fields[tag] = value
    return head + "".join(f":{tag}:{value}\n" for tag, value in fields.items()).replace("\n", "\r\n") + tail


class Reading:
    """Everything that came of a file."""

    def __init__(self, path: Path) -> None:
        self.sink = RejectSink()
        self.rows: list[dict[str, Any]] = []
        for batch in read_mt(Request(path, None, None, self.sink)):
            assert batch.schema == SUBJECT_SCHEMA
            self.rows += batch.to_pylist()
        self.rejections: list[Rejection] = self.sink.take()

    @property
    def codes(self) -> list[str]:
        told = [rejection.problem.code for rejection in self.rejections]
        return [code.removeprefix("messages.mt.") for code in told + [found.code for found in self.sink.warnings]]

    @property
    def lines(self) -> list[int | None]:
        return [rejection.problem.where.line for rejection in self.rejections]

    def of(self, role: str, unit: int = 1) -> dict[str, Any]:
        """The one row of this role."""
        (row,) = [row for row in self.rows if row["role"] == role and row["unit"] == unit]
        return row

    def at(self, field: str, unit: int = 1) -> dict[str, Any]:
        """The one row of this field."""
        (row,) = [row for row in self.rows if row["field"] == field and row["unit"] == unit]
        return row

    @property
    def names(self) -> set[str]:
        return {name for row in self.rows for name in row["names"]}


def read(folder: Path, text: str | bytes) -> Reading:
    path = folder / "file.fin"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Reading(path)


def numbers(row: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(number["type"], number["number"], number["country"]) for number in row["documents"]]


def details(row: dict[str, Any]) -> dict[str, str]:
    return dict(row["details"])
