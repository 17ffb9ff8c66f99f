"""What the layers above put into the pages of this one when they start (AppConfig.ready): which purposes there are."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class PurposeChoice(NamedTuple):
    """A purpose that may be chosen now: its short name, and its title in the reader's language."""

    slug: str
    title: str


PURPOSES: list[Callable[[], Iterable[PurposeChoice]]] = []


def purposes() -> list[PurposeChoice]:
    """The purposes in use; none where nothing above knows of any, and then no token may screen."""
    return [choice for source in PURPOSES for choice in source()]
