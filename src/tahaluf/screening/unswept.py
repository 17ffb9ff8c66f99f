"""Work in batches without Python's search for garbage that holds itself: it would walk all that grows meanwhile again
and again, and finds nothing, for none of it points back."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Nobody searches within. Threads may do so side by side: whoever found the search on turns it on again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
