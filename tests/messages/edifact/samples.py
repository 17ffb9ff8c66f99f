"""Interchanges made for tests, and short ways to read them."""

from pathlib import Path
from typing import NamedTuple

from tahaluf.messages.edifact import Header, Intake, Interchange, Segment, read_messages
from tahaluf.messages.rejects import RejectSink

UNB = "UNB+UNOA:4+CARRIER+STATE+260110:0900+R1++APIS'"


class Got(NamedTuple):
    """The messages of a file with their segments, and what was reported."""

    messages: list[tuple[Header, Interchange, list[Segment]]]
    warnings: list[tuple[str, int | None, str | None, str, str]]

    @property
    def texts(self) -> list[list[str]]:
        """The raw segments of each message."""
        return [[segment.raw for segment in segments] for _, _, segments in self.messages]

    @property
    def codes(self) -> list[str]:
        """Codes without what every code begins with."""
        return [warning[0].removeprefix("messages.edifact.") for warning in self.warnings]


def body(*segments: str, reference: str = "M1", kind: str = "PAXLST", part: str = "") -> str:
    """One message with its counts."""
    end = f"+REF+{part}" if part else ""
    inner = "".join(f"{segment}'\n" for segment in segments)
    return f"UNH+{reference}+{kind}:D:12B:UN:IATA{end}'\n{inner}UNT+{len(segments) + 2}+{reference}'\n"


def interchange(*messages: str) -> str:
    """An interchange of these."""
    return f"{UNB}\n{''.join(messages)}UNZ+{len(messages)}+R1'\n"


def get(tmp_path: Path, text: str | bytes) -> Got:
    """Reads a file of this text."""
    path = tmp_path / "file.edi"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    sink = RejectSink()
    messages = [(part.header, part.interchange, list(part)) for part in read_messages(path, Intake("f", sink))]
    told = [(found.code, found.where.line, found.where.field, found.expected, found.found) for found in sink.warnings]
    return Got(messages, told)
