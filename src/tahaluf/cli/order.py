"""What `tahaluf screen` was asked to do."""

from dataclasses import dataclass, field
from pathlib import Path

from tahaluf.cli.journal import Paths

# So few that what is found is written while the next is looked for, and of a short file all processors have some.
BATCH_ROWS = 2048


@dataclass(frozen=True, slots=True)
class Order:
    """The options of the command, with their defaults."""

    subjects: Path
    against: tuple[Path, ...]
    out: Path
    top: int = 5
    threshold: float | None = None
    rejects: Path | None = None
    report: Path | None = None
    outcomes: Path | None = None
    resume: bool = False
    mapping: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    workers: int | None = None
    engine: str = "local"
    no_cache: bool = False
    summary: str = "text"
    batch_size: int = BATCH_ROWS

    @property
    def paths(self) -> Paths:
        return Paths(self.out, self.rejects or self.out.with_name(self.out.name + ".rejects.csv"))

    @property
    def outcomes_path(self) -> Path:
        """Where the outcomes of messages go."""
        return self.outcomes or self.out.with_name(self.out.name + ".outcomes.jsonl")
