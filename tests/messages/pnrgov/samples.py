"""Short ways to write a PNRGOV message and to read it back; everyone in it is invented."""

from pathlib import Path
from typing import NamedTuple

from tahaluf.domain import Problem, Subject
from tahaluf.messages import Rejection, RejectSink, read_batches, subjects_of

HEAD = (
    "UNB+IATA:1+QM+MARPNR+260301:0600+77'", "UNH+1+PNRGOV:13:1:IA+QM412/020326/0815'", "MSG+:22'", "ORG+QM:NIM'",
    "TVL+020326:0815:020326:1140+NIM+CMN+QM+412'",
)  # fmt: skip
HAND = (
    "SRC'", "RCI+QM:KZ4T9M::200126:1000+1A:9QW2LM'", "DAT+700:010326:2200'", "IFT+4:28::QM+CTCP NIM227 90112233 M'",
    "ORG+QM:NIM'", "ADD++700:RUE DU FLEUVE 3:NIAMEY:::NE::22790112244'", "TIF+MAIGA+OUSMANEMR:A:1'", "FTI+QM:55120'",
    "REF+:9A77C1'", "TKT+1472401112223:T:1'", "FOP+CC::610.00:VI:XXXXXXXXXXXX4417:0928'",
    "IFT+4:43+RAKIA CISSE+BD MALI BERO 9 NIAMEY+22790554433'",
    "SSR+DOCS:HK:1:QM:::::/P/NER/10PC44321/NER/11MAY84/M/02JAN30/MAIGA/OUSMANE/IDRISSA+::1'",
    "SSR+DOCO:HK:1:QM:::::/TILLABERI NER/V/V88123/NIAMEY NER/10JAN26/MAR+::1'",
    "SSR+DOCA:HK:1:QM:::::/R/NER/RUE DU FLEUVE 3/NIAMEY//8001+::1'", "TIF+MAIGA+AICHA MRS:A:2:1'",
    "SSR+DOCS:HK:1:QM:::::/P/NER/10PC44322/NER/30AUG90/F/02JAN30/MAIGA/AICHA+::2'",
    "SSR+DOCS:HK:1:QM:::::/P/NER/10PC44399/NER/12SEP25/FI/02JAN30/MAIGA/HAWA+::2'",
    "TVL+020326:0815:020326:1140+NIM+CMN+QM+412:Y'", "RPI+2+HK'", "SSR+SEAT:HK:2:QM:::NIM:CMN+14A::1+14B::2'",
    "SSR+INFT:HK:1:QM:::NIM:CMN:MAIGA/HAWA 12SEP25+::2'", "DAT+2:020326:0600'", "TRI++108:::1'",
    "TIF+MAIGA+OUSMANEMR:A:1'", "SSD+14A++++Y'", "TBD++2:40:700++HP+QM:0147777123:2:CMN'", "EQN+1'",
    "RCI+QM:SPLIT7'", "ABI+1+:NIMRR+NIM++QM'", "DAT+ZT:210126:1010'", "SAC+++X'", "TIF+MAIGA+USMANMR:A:1'", "SAC+++A'",
    "TIF+MAIGA+OUSMANEMR:A:1'",
)  # fmt: skip


class Reading(NamedTuple):
    """Everything that came of a file."""

    subjects: list[Subject]
    rejections: list[Rejection]
    warnings: list[Problem]
    units: int

    @property
    def travelers(self) -> list[Subject]:
        """Those who travel: neither payers nor contacts nor names of the history."""
        return [one for one in self.subjects if one.role == "passenger" and "history" not in dict(one.details)]

    @property
    def codes(self) -> list[str]:
        """The codes of everything said against the content."""
        return [rejection.problem.code for rejection in self.rejections]

    def of(self, role: str) -> list[Subject]:
        """The subjects that play a part."""
        return [one for one in self.subjects if one.role == role]


def message(*segments: str, count: int | None = None) -> str:
    """An interchange of one message with these bookings."""
    bookings = sum(segment.startswith("SRC") for segment in segments) if count is None else count
    body = [*HEAD, f"EQN+{bookings}'", *segments]
    return "\n".join((*body, f"UNT+{len(body)}+1'", "UNZ+1+77'"))


def booking(*segments: str) -> str:
    """An interchange with one booking that has a locator and these segments."""
    return message("SRC'", "RCI+QM:KZ4T9M'", *segments)


def read_file(path: Path) -> Reading:
    """All that a file gives."""
    sink = RejectSink()
    subjects = [subject for batch in read_batches(path, rejects=sink) for subject in subjects_of(batch, str(path))]
    return Reading(subjects, sink.take(), sink.warnings, sink.units)


def read_text(folder: Path, text: str | bytes) -> Reading:
    """All that a text gives."""
    path = folder / "message.edi"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_file(path)


def details(subject: Subject, code: str) -> list[str]:
    """The values of one detail."""
    return [value for key, value in subject.details if key == code]
