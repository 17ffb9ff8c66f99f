"""Bundles: the files of the line in one file, for a stick or a courier, open or sealed. See `spec/exchange/bundle.md`.

`write_bundle` writes one to a file or a `Sealer`; `open_bundle` and `Verification` read it, damaged or not, and yield
what is verified; the `Report` says what to ask for again, which `parse_request` reads and `write_bundle` takes.
"""

from tahaluf.exchange.bundle.log import TakenEntry
from tahaluf.exchange.bundle.opening import TakenHead, TakenIndex
from tahaluf.exchange.bundle.payloads import Gap
from tahaluf.exchange.bundle.ports import HeldLog, Kept, ServedLog, Sink, Source
from tahaluf.exchange.bundle.ranges import Ranges, parse_request, write_request
from tahaluf.exchange.bundle.report import Report
from tahaluf.exchange.bundle.sealed import Sealer, Unsealer
from tahaluf.exchange.bundle.seen import SeenCheckpoint, TwoHistories
from tahaluf.exchange.bundle.source import open_bundle
from tahaluf.exchange.bundle.verify import Item, Verification
from tahaluf.exchange.bundle.write import Carried, Dispatch, Written, write_bundle

__all__ = [
    "Carried",
    "Dispatch",
    "Gap",
    "HeldLog",
    "Item",
    "Kept",
    "Ranges",
    "Report",
    "Sealer",
    "SeenCheckpoint",
    "ServedLog",
    "Sink",
    "Source",
    "TakenEntry",
    "TakenHead",
    "TakenIndex",
    "TwoHistories",
    "Unsealer",
    "Verification",
    "Written",
    "open_bundle",
    "parse_request",
    "write_bundle",
    "write_request",
]
