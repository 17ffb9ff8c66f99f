"""A progress bar on a terminal, and nothing anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from tahaluf.prose.i18n import _

Advance = Callable[[int], None]


@contextmanager
def progress_bar(subjects: Path, done: int) -> Iterator[Advance]:
    """Gives a function to call with the number of subjects just screened."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda count: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Screening"), total=estimate_rows(subjects), completed=done, rate="")

        def advance(count: int) -> None:
            bar.advance(task, count)
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, rate=_("{rate} subjects/s").format(rate=f"{speed:,.0f}") if speed else "")

        yield advance


def estimate_rows(path: Path) -> int | None:
    """About how many subjects a text file holds; None where only reading it would tell."""
    with path.open("rb") as file:
        head = file.read(4)
        if head[:2] in (b"\x1f\x8b", b"PK") or head == b"PAR1":
            return None
        file.seek(0)
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) or 1
