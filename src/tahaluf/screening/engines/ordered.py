"""Results in the order of their items, with a bounded number under way."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 2


def in_order(items: Iterable[Item], submit: Callable[[Item], Callable[[], Result]], under_way: int) -> Iterator[Result]:
    """`submit` starts the work and gives what waits for its result; at most `under_way` are started and not taken."""
    waiting: deque[Callable[[], Result]] = deque()
    for item in items:
        if len(waiting) >= under_way:
            yield waiting.popleft()()
        waiting.append(submit(item))
    while waiting:
        yield waiting.popleft()()
