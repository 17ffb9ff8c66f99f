"""What a dataset's name stands for: a collection, `default`, or one list of the default collection.

Which edition is current is looked up once a second at most: a request costs no query, and a new edition is answered
from within a second.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar

from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.entities import Written
from tahaluf.web.api.match.parameters import Filter
from tahaluf.web.catalogue.engine import Opened, current
from tahaluf.web.catalogue.queries import is_collection as look_up_collection

T = TypeVar("T")
DEFAULT = "default"
MOST_NAMES = 256


class Against(NamedTuple):
    """What is screened against: an opened edition, and of its lists the one that counts, where it is only one."""

    opened: Opened
    only: str | None = None

    def admits(self, entity: Written, asked: Filter) -> bool:
        """Whether a listing may be among the results."""
        lists_fit = self.only is None or entity.dataset == self.only
        if asked.lists is not None:
            lists_fit = lists_fit and entity.dataset in asked.lists
        return (
            lists_fit
            and entity.dataset not in asked.not_lists
            and (not asked.schemata or any(map(entity.within, asked.schemata)))
            and not any(map(entity.within, asked.not_schemata))
            and (not asked.own_schemata or entity.schema in asked.own_schemata)
            and _has(entity.topics, asked.topics, asked.every)
            and _has(entity.countries, asked.countries, asked.every)
            and all(_holds(entity, name, values, asked.every) for name, values in asked.facts)
            and entity.id not in asked.not_ids
            and entity.last_change >= asked.changed_since
        )


def _has(own: frozenset[str], wanted: frozenset[str], every: bool) -> bool:
    if not wanted:
        return True
    return wanted <= own if every else not wanted.isdisjoint(own)


def _holds(entity: Written, name: str, wanted: frozenset[str], every: bool) -> bool:
    fit = (f"\n{name}:{value}\n" in entity.facts for value in wanted)
    return all(fit) if every else any(fit)


class Soon(Generic[T]):
    """Values by name, each looked up anew when it is older than `seconds`."""

    def __init__(
        self, look_up: Callable[[str], T], seconds: float = 1.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._look_up, self._seconds, self._clock = look_up, seconds, clock
        self._known: dict[str, tuple[float, T]] = {}
        self._lock = Lock()

    def __call__(self, name: str) -> T:
        known = self._known.get(name)
        now = self._clock()
        if known is not None and now < known[0]:
            return known[1]
        value = self._look_up(name)
        with self._lock:
            if len(self._known) >= MOST_NAMES:
                self._known.clear()
            self._known[name] = now + self._seconds, value
        return value

    def clear(self) -> None:
        self._known.clear()


def _opened(collection: str) -> Opened:
    return current(collection)


opened_soon: Soon[Opened] = Soon(_opened)
is_collection: Soon[Any] = Soon(look_up_collection, 10.0)


def against(name: str) -> Against:
    """What a dataset's name stands for; Refused (404) where it is none, 503 where nothing is compiled."""
    if name == DEFAULT:
        return Against(opened_soon(DEFAULT))
    if is_collection(name):
        return Against(opened_soon(name))
    opened = opened_soon(DEFAULT)
    if name not in opened.edition.versions:
        raise Refused(404, "api.dataset", field="dataset", found=name)
    return Against(opened, name)


def forget() -> None:
    """Everything is looked up anew."""
    opened_soon.clear()
    is_collection.clear()
