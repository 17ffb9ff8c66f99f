"""Memory that a process does not need after it has come up goes back to the system."""

import ctypes
import gc
import sys
from contextlib import suppress


def give_back() -> None:
    """What loading left behind lies between what stays: glibc gives it back when it is asked to, nothing else does."""
    gc.collect()
    if sys.platform == "linux":
        # Another library for C has no such function.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
