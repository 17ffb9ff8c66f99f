"""Names put into messages as those who write them do: in the letters that a format has, cut to its lengths.

Each writer makes one file with a unit (traveler, document, transaction) for each name, in their order.
"""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from anyascii import anyascii

from tahaluf.domain import Document, Gender, Kind, PartialDate, PartyRole, Subject
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact.write import Outgoing
from tahaluf.messages.mrz import Form, MrzDocument, write_mrz
from tahaluf.messages.mt import Field, Message, write_file
from tahaluf.messages.paxlst import write_paxlst

Writer = Callable[[Path, Sequence[str]], None]
LINE, LONGEST_NAME, LONGEST_TEXT = 35, 140, 140
# UN/EDIFACT level A, and SWIFT's character set x; both without small letters, as most systems send them.
_NOT_LEVEL_A = re.compile(r"[^A-Z0-9 .,\-()/='+:?]")
_NOT_X = re.compile(r"[^A-Z0-9 /\-?:().,'+]")
# Words that go with the one behind them: a surname is not cut off before its article, a servant's name not in two.
_LEADING = frozenset(
    (
        "al", "el", "ben", "bin", "ibn", "ould", "abu", "abou", "abd", "abdul", "abdel", "de", "la", "van", "von",
        "der", "ال", "آل", "بن", "ابن", "ولد", "أبو", "ابو", "عبد",
    )
)  # fmt: skip
SENTENCES = (
    "Payment of invoice {number} to {name} for transport",
    "Virement en faveur de {name}, facture {number} du mois de mars",
    "Salary of March, {name}, second installment",
    "Loyer du mois, {name}",
    "Refund {number} on behalf of {name} as agreed",
    "Règlement pour le compte de {name} selon contrat {number}",
)
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"
BANKS = ("BNPAFRPPXXX", "BCMAMAMCXXX", "SOGEFRPPXXX", "DEUTDEFFXXX", "BMOIMLBAXXX")
OUTGOING = Outgoing("CARRIER", "STATE", datetime(2026, 11, 20, 6, 0))  # noqa: DTZ001 (local, as the format has it)


def part_name(name: str) -> tuple[str, str]:
    """Surname and given names: what stands before a comma, else the last word with the particles before it."""
    surname, comma, given = (part.strip() for part in re.sub("،", ",", name).partition(","))
    if comma and surname and given:
        return surname, given
    words = name.replace(",", " ").split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _LEADING:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def fold(name: str, beyond: re.Pattern[str] = _NOT_X) -> str:
    """Capitals without accents, what the set does not have left out."""
    return " ".join(beyond.sub("", anyascii(name).upper()).split())


def write_zones(form: Form) -> Writer:
    """Documents whose holders are named in any script, as Doc 9303 writes and truncates names."""

    def write(path: Path, names: Sequence[str]) -> None:
        code = "P" if form is Form.TD3 else "I"
        with path.open("w", encoding="ascii") as file:
            for number, name in enumerate(names):
                surname, given = part_name(name)
                document = MrzDocument(
                    form, code, "MLI", surname, given, f"T{number:08d}", "MLI", "800214", "M", "310214"
                )
                file.write(write_mrz(document, form) + "\n\n")

    return write


def write_list(path: Path, names: Iterable[str], per_flight: int = 400) -> None:
    """A passenger list, surnames and given names of at most 35 characters of level A."""
    travelers = (_passenger(number, name, number // per_flight) for number, name in enumerate(names))
    path.write_bytes(write_paxlst(travelers, OUTGOING))


def _passenger(number: int, name: str, flight: int) -> Subject:
    surname, given = (fold(part, _NOT_LEVEL_A)[:LINE].strip() for part in part_name(name))
    journey = ((Detail.FLIGHT, f"XX{100 + flight}"), (Detail.DEPARTURE, "BKO"), (Detail.ARRIVAL, "CDG"))
    return Subject(
        "", (f"{given} {surname}".strip(),), Kind.PERSON, (PartialDate(1960 + number % 40, 1 + number % 12, 14),),
        ("ml",), gender=Gender.MALE, documents=(Document(f"T{number:08d}", "passport", "ml"),),
        role=PartyRole.PASSENGER,
        details=(*journey, (Detail.SURNAME, surname)) if surname else journey,
    )  # fmt: skip


def mt_lines(name: str) -> str:
    """A name on the first two of the four lines, whatever is more cut off, and an address."""
    folded = fold(name)
    lines = [line for at in range(0, 2 * LINE, LINE) if (line := folded[at : at + LINE].strip())]
    return "\n".join([*lines, "12 RUE DE LA GARE", "PARIS"])


def write_transfers(path: Path, names: Sequence[str]) -> None:
    """MT103 from everyone (50K) to everyone (59), in an RJE file."""
    path.write_text(write_file(map(make_transfer, range(len(names)), names, names)), encoding="ascii", newline="")


def make_transfer(number: int, payer: str, payee: str, text: str = "") -> Message:
    """A customer transfer between two invented banks' customers."""
    account = f"/{10**9 + number}"
    fields = [
        ("20", f"REF{number}"), ("23B", "CRED"), ("32A", "261120EUR125,50"), ("50K", f"{account}\n{mt_lines(payer)}"),
        ("52A", BANKS[0]), ("57A", BANKS[1]), ("59", f"{account}\n{mt_lines(payee)}"), ("70", _wrapped(text)),
        ("71A", "SHA"),
    ]  # fmt: skip
    return Message(
        f"F01{BANKS[0][:8]}AXXX0000{number % 10**6:06d}", f"I103{BANKS[1][:8]}XXXXN",
        fields=tuple(Field(tag, value, 0) for tag, value in fields if value),
    )  # fmt: skip


def _wrapped(text: str) -> str:
    folded = fold(text)
    return "\n".join(folded[at : at + LINE].strip(" -:") for at in range(0, min(len(folded), 4 * LINE), LINE))


def write_payments(path: Path, names: Sequence[str]) -> None:
    """Transactions of a pacs.008, the name that of the creditor, in the letters and case that it has."""
    parties = (_party("Cdtr", name) for name in names)
    _write_pacs008(path, [make_transaction(number, party) for number, party in enumerate(parties)])


def write_remittances(path: Path, names: Sequence[str]) -> None:
    """The same with the name in a sentence of the remittance text."""
    texts = (sentence(number, name)[:LONGEST_TEXT] for number, name in enumerate(names))
    told = (f"<RmtInf><Ustrd>{escape(text)}</Ustrd></RmtInf>" for text in texts)
    _write_pacs008(path, [make_transaction(number, text=text) for number, text in enumerate(told)])


def sentence(number: int, name: str) -> str:
    return SENTENCES[number % len(SENTENCES)].format(name=name, number=4000 + number)


def _party(element: str, name: str) -> str:
    return f"<{element}><Nm>{escape(name[:LONGEST_NAME])}</Nm></{element}>"


def make_transaction(number: int, creditor: str = "", text: str = "") -> str:
    """A transaction of two banks and what else is given as markup."""
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>E2E-{number}</EndToEndId></PmtId>"
        f'<IntrBkSttlmAmt Ccy="EUR">125.50</IntrBkSttlmAmt><DbtrAgt><FinInstnId><BICFI>{BANKS[0]}</BICFI></FinInstnId>'
        f"</DbtrAgt><CdtrAgt><FinInstnId><BICFI>{BANKS[1]}</BICFI></FinInstnId></CdtrAgt>{creditor}{text}"
        "</CdtTrfTxInf>"
    )


def make_payment(number: int, chance: random.Random, names: Sequence[str]) -> str:
    """A transaction with six parties, two of them banks, and a sentence about a seventh."""
    elements = ("UltmtDbtr", "Dbtr", "Cdtr", "UltmtCdtr")
    *bearers, named = chance.sample(names, 5)
    parties = "".join(map(_party, elements, bearers))
    text = escape(sentence(number, named)[:LONGEST_TEXT])
    return make_transaction(number, parties, f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>")


def _write_pacs008(path: Path, transactions: Sequence[str]) -> None:
    path.write_text(pacs008(transactions), encoding="utf-8")


def pacs008(transactions: Sequence[str]) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}"><FIToFICstmrCdtTrf><GrpHdr>'
        f"<MsgId>MADE</MsgId><NbOfTxs>{len(transactions)}</NbOfTxs></GrpHdr>\n"
        + "\n".join(transactions)
        + "\n</FIToFICstmrCdtTrf></Document>\n"
    )
