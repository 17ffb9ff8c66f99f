"""Invented messages to read, and short ways to read them."""

from pathlib import Path
from typing import Any

from tahaluf.messages import Rejection, RejectSink, read_batches

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"
DEBTOR = (
    "<Dbtr><Nm>Moussa Ag Ibrahim</Nm><PstlAdr><TwnNm>Gao</TwnNm><Ctry>ML</Ctry></PstlAdr><Id><PrvtId><DtAndPlcOfBirth>"
    "<BirthDt>1980-02-03</BirthDt><CityOfBirth>Kidal</CityOfBirth><CtryOfBirth>ML</CtryOfBirth></DtAndPlcOfBirth><Othr>"
    "<Id>A1234567</Id><SchmeNm><Cd>CCPT</Cd></SchmeNm></Othr></PrvtId></Id><CtryOfRes>ML</CtryOfRes></Dbtr>"
    "<DbtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct>"
    "<DbtrAgt><FinInstnId><BICFI>BNPAFRPPXXX</BICFI></FinInstnId></DbtrAgt>"
)
CREDITOR = (
    "<CdtrAgt><FinInstnId><BICFI>BCMAMAMCXXX</BICFI><Nm>Banque du Littoral</Nm></FinInstnId></CdtrAgt>"
    "<Cdtr><Nm>Société Atlas SARL</Nm><Id><OrgId><LEI>529900T8BM49AURSDO55</LEI></OrgId></Id></Cdtr>"
    "<CdtrAcct><Id><Othr><Id>00123456789</Id></Othr></Id></CdtrAcct>"
)


def transaction(number: int = 1, *, debtor: str = DEBTOR, creditor: str = CREDITOR, rest: str = "") -> str:
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>E2E-{number}</EndToEndId></PmtId>"
        f'<IntrBkSttlmAmt Ccy="EUR">10.50</IntrBkSttlmAmt>{debtor}{creditor}{rest}</CdtTrfTxInf>'
    )


def message(*transactions: str, head: str = "", count: int | None = None) -> str:
    number = len(transactions) if count is None else count
    return (
        f'<Document xmlns="{NAMESPACE}"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M-1</MsgId><NbOfTxs>{number}</NbOfTxs>{head}'
        f"</GrpHdr>\n{chr(10).join(transactions)}\n</FIToFICstmrCdtTrf></Document>"
    )


class Reading:
    """All that came of a file."""

    def __init__(self, path: Path) -> None:
        self.sink = RejectSink()
        self.rows: list[dict[str, Any]] = [
            row for batch in read_batches(path, rejects=self.sink) for row in batch.to_pylist()
        ]
        self.told: list[Rejection] = self.sink.take()
        self.units = self.sink.units

    def codes(self) -> list[str]:
        problems = [*self.sink.warnings, *(rejection.problem for rejection in self.told)]
        return sorted(problem.code.removeprefix("messages.iso20022.") for problem in problems)

    def row(self, role: str, unit: int = 1) -> dict[str, Any]:
        return next(row for row in self.rows if row["role"] == role and row["unit"] == unit)

    def names(self) -> list[str]:
        return [name for row in self.rows for name in row["names"]]

    def rejected(self) -> list[int | None]:
        return [rejection.unit for rejection in self.told if not rejection.screened]


def numbers(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(document["type"], document["number"]) for document in row["documents"]]


def read_text(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Reading:
    path = folder / "payments.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return Reading(path)
