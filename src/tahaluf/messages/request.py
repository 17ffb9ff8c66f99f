"""What a caller wants of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tahaluf.domain import Kind
from tahaluf.messages.rejects import RejectSink


@dataclass(frozen=True, slots=True)
class Request:
    """Which columns of a table, of what kind subjects are that state none, and where rejects go."""

    path: Path
    mapping: Mapping[str, str] | None
    kind: Kind | None
    rejects: RejectSink
