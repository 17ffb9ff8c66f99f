"""How often a token may ask: a bucket for each, kept in the process, no database.

A bucket holds `API_BURST` requests and is filled by `API_RATE` a second (TAHALUF_API_BURST, TAHALUF_API_RATE). Each web
process has its own: with several, a token may ask that many times as often.
"""

import math
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.conf import settings

from tahaluf.web.api.faults import Refused

MOST = 4096


class Buckets:
    """The buckets of a process; those that were not used for the longest time are forgotten first."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, rate: float, burst: float) -> float:
        """Takes one request from a bucket; the seconds to wait where it is empty, else 0."""
        with self._lock:
            now = self._clock()
            level, since = self._levels.get(key, (burst, now))
            level = min(burst, level + (now - since) * rate)
            wait = (1 - level) / rate if level < 1 else 0.0
            self._levels[key] = (level if wait else level - 1, now)
            self._levels.move_to_end(key)
            while len(self._levels) > MOST:
                self._levels.popitem(last=False)
            return wait

    def clear(self) -> None:
        """All buckets are full."""
        with self._lock:
            self._levels.clear()


BUCKETS = Buckets()


def limit(key: str) -> None:
    """Counts a request; Refused (429) with the time to wait where there were too many."""
    rate, burst = float(settings.API_RATE), float(settings.API_BURST)
    if wait := BUCKETS.take(key, rate, burst):
        headers = {"Retry-After": str(math.ceil(wait))}
        raise Refused(429, "api.rate", expected=f"{rate:g}/s", headers=headers)
