"""What purposes tell the layers above: they put themselves here when they start (AppConfig.ready)."""

from collections.abc import Callable

from tahaluf.web.review.tables.purposes import Purpose

THRESHOLD_CHANGED: list[Callable[[Purpose], None]] = []
"""Each is called with a purpose whose threshold is another now, in the transaction that made it so; it locks nothing
that a screening locks before the purpose."""
