"""The bound in time on reading a file that somebody sent.

    for batch in in_time(read_batches(path), len):

Only what the reader takes counts, not what is done with what it gives. A file is asked after between the parts that its
reader gives; a reader that gives nothing at all loses its job by `jobs.running.PATIENCE`.
"""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

from django.conf import settings

from tahaluf.domain import InputError, Problem

T = TypeVar("T")


def in_time(parts: Iterable[T], size: Callable[[T], int] | None = None) -> Iterator[T]:
    """The parts of a file as its reader gives them; InputError, which says how many rows or entries came until then,
    once the reader has taken longer than `TAHALUF_READING_SECONDS`. `size`: how many a part has, else one."""
    most, taken, read = settings.ENVIRONMENT.reading_seconds, 0.0, 0
    coming = iter(parts)
    while True:
        began = monotonic()
        try:
            part = next(coming)
        except StopIteration:
            return
        taken += monotonic() - began
        if taken > most:
            raise InputError(Problem("web.upload.time", expected=str(most), found=str(read)))
        read += 1 if size is None else size(part)
        yield part
