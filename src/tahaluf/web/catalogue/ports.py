"""What the catalogue tells the layers above: they put themselves here when they start (AppConfig.ready)."""

from typing import Protocol

from tahaluf.web.catalogue.models import Edition


class EditionListener(Protocol):
    def __call__(self, before: Edition | None, now: Edition) -> None:
        """`now` has become the current edition of its collection, in the transaction that made it so."""


LISTENERS: list[EditionListener] = []
